package dev.kindred.recommend;

import static dev.kindred.recommend.LiveShop.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.learn.VectorsAtHand;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import dev.kindred.store.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL searches, with pgvector. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class VectorsInDatabaseTest extends VectorSearchContract {
  private TestDatabase.Postgres database;

  @Override
  Store open() {
    database = TestDatabase.postgresql();
    JdbcSettings settings =
        database.settings().withVectors(new JdbcSettings.Vectors(LiveShop.DIMENSION, true, true));
    return JdbcStore.open(settings, clock, new SplittableRandom());
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  private static Request.Builder alike() {
    return Request.builder(3).user("ann").algorithm(Algorithm.CONTENT_BASED);
  }

  private void fill() {
    shop.put("boots", "{\"category\":\"shoes\"}")
        .put("sandals", "{\"category\":\"shoes\"}")
        .put("coat", "{\"category\":\"jackets\"}")
        .put("hat", "{\"category\":\"hats\"}")
        .happens("ann", "like", "boots");
  }

  @Test
  void vectors_are_not_kept_in_the_process() {
    fill();
    assertThat(shop.tenant().hasVectorsAtHand()).isFalse();
    assertThat(VectorsAtHand.IN_PROCESS.of(shop.tenant().shelves().iterator().next()).contains(0))
        .isFalse();
    assertThat(ids(shop.recommend(alike()))).startsWith("sandals");
  }

  /** One of three thousand: the nearest are found by far too many others first. */
  @Test
  void few_that_pass_a_filter_are_found_among_many() {
    var all = new LinkedHashMap<String, String>();
    for (int n = 0; n < 3_000; n++) {
      all.put("p" + n, "{\"category\":\"shoes\",\"brand\":\"b%d\"}".formatted(n % 5));
    }
    for (int n = 0; n < 4; n++) all.put("r" + n, "{\"category\":\"rare\",\"n\":%d}".formatted(n));
    shop.putAll(all).happens("ann", "like", "p0");
    Recommendation list =
        shop.recommend(
            alike()
                .filter(
                    new AttributeFilter(
                        List.of(new Condition("category", Operator.IN, List.of("rare"))))));
    assertThat(list.isWhole()).isTrue();
    assertThat(ids(list)).hasSize(3).allMatch(id -> id.startsWith("r"));
  }

  @Test
  void a_slow_database_costs_a_bounded_time_and_the_list_says_what_it_lacks() throws Exception {
    fill();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table entity_vectors in access exclusive mode");
      Recommendation without = shop.recommend(alike());
      assertThat(without.isWhole()).isFalse();
      assertThat(without.items()).hasSize(3).noneMatch(it -> it.reason() == Reason.SIMILAR_CONTENT);
      // Whoever comes next does not even ask.
      long asked = shop.learning().vectorsAsked();
      assertThat(shop.recommend(alike()).isWhole()).isFalse();
      assertThat(shop.learning().vectorsAsked()).isEqualTo(asked);
      connection.rollback();
    }
    nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(ids(shop.recommend(alike()))).startsWith("sandals");
    assertThat(shop.recommend(alike()).isWhole()).isTrue();
  }

  @Test
  void a_dead_database_leaves_the_rest_of_a_list_as_it_is() throws SQLException {
    fill();
    shop.happens("bob", "like", "boots").happens("bob", "like", "hat");
    store.close();
    Recommendation list = shop.recommend(Request.builder(3).user("ann"));
    assertThat(list.isWhole()).isFalse();
    assertThat(ids(list)).hasSize(3).startsWith("hat");
    assertThat(shop.learning().vectorsUnanswered()).isEqualTo(1);
  }
}
