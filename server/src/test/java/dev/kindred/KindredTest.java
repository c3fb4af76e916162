package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.config.ConfigError;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Variant.Holdout;
import dev.kindred.embedded.Design;
import dev.kindred.embedded.NewBehaviour;
import dev.kindred.embedded.NewEntity;
import dev.kindred.embedded.NewInteraction;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.store.jdbc.TestDatabase;
import dev.kindred.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindredTest {

  private final SettableClock clock = SettableClock.atNoon();

  @TempDir private Path folder;

  private Kindred open() {
    return Kindred.open(folder, Map.of("FEATURE_VECTOR_DIMENSION", "16"), clock);
  }

  private static void fill(Kindred kindred, int films) {
    kindred
        .entities()
        .putAll(
            IntStream.range(0, films)
                .mapToObj(i ->
                    NewEntity.of(
                        "film", "f" + i, Map.of("genres", List.of("g" + i % 3), "year", 1990 + i)))
                .toList());
  }

  private static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }

  @Test
  void what_was_kept_is_there_when_it_is_opened_again() {
    try (var kindred = open()) {
      fill(kindred, 10);
      kindred.interactions().add("ann", "f1", "purchase");
      kindred.interactions().add(NewBehaviour.of("ann", "f2", "rated").rating(7).completion(100));
      kindred.experiments().start("e", design());
      kindred.experiments().assign("e", "ann");
    }
    try (var kindred = open()) {
      assertThat(kindred.entities().list("film", Optional.empty(), 100)).hasSize(10);
      assertThat(kindred.interactions().ofUser("ann", 10)).hasSize(2);
      assertThat(kindred.analytics().user("ann").averageRating()).hasValue(7);
      assertThat(kindred.experiments().results("e").users()).isEqualTo(1);
      assertThat(ids(kindred.recommend("ann").count(10).list())).hasSize(8);
    }
  }

  @Test
  void a_click_counts_in_the_very_next_list_and_so_does_a_deletion() {
    try (var kindred = open()) {
      fill(kindred, 10);
      List<String> before = ids(kindred.recommend("ann").count(10).list());
      assertThat(before).hasSize(10);
      kindred.interactions().add("ann", before.getFirst(), "click");
      kindred.entities().delete("film", before.get(1));
      assertThat(ids(kindred.recommend("ann").count(10).list()))
          .containsExactlyInAnyOrderElementsOf(before.subList(2, 10));
    }
  }

  @Test
  void a_list_obeys_what_was_asked_for() {
    try (var kindred = open()) {
      fill(kindred, 12);
      List<Item> items =
          kindred
              .popular()
              .ofType("film")
              .where("genres", "g1")
              .whereAtLeast("year", 1992)
              .exclude("f4")
              .count(10)
              .list();
      assertThat(ids(items)).containsExactlyInAnyOrder("f7", "f10");
    }
  }

  @Test
  void a_mistake_is_the_exception_that_the_server_would_answer_with() {
    try (var kindred = open()) {
      assertThatThrownBy(() -> kindred.recommend("ann").count(0))
          .isInstanceOfSatisfying(
              KindredException.class,
              wrong -> {
                assertThat(wrong.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
                assertThat(wrong.sentence()).contains("count must be between 1 and 100, got 0");
              });
      assertThatThrownBy(() -> kindred.entities().delete("film", "nobody"))
          .isInstanceOfSatisfying(
              KindredException.class,
              wrong -> assertThat(wrong.code()).isEqualTo(ErrorCode.ENTITY_NOT_FOUND));
      assertThatThrownBy(
              () -> kindred.interactions().add(NewBehaviour.of("a", "f", "rated").rating(11)))
          .hasMessageContaining("rating");
      assertThatThrownBy(() -> kindred.entities().put("film", "f", Map.of("x", new Object())))
          .hasMessageContaining("got java.lang.Object");
      assertThatThrownBy(() -> kindred.entities().put("film", "f", Map.of("x", Double.NaN)))
          .hasMessageContaining("numbers must be finite, got NaN");
      Map<String, Object> endless = new HashMap<>();
      endless.put("self", endless);
      assertThatThrownBy(() -> kindred.entities().put("film", "f", endless))
          .isInstanceOf(KindredException.class);
    }
    assertThatThrownBy(() -> Kindred.open(folder, Map.of("NO_SUCH_KEY", "1")))
        .isInstanceOf(ConfigError.class);
  }

  @Test
  void an_event_with_an_id_of_its_own_is_kept_once() {
    try (var kindred = open()) {
      fill(kindred, 1);
      var said = NewInteraction.of("ann", "f0", "purchase").eventId("order-7").weight(3);
      long first = kindred.interactions().add(said).position();
      assertThat(kindred.interactions().add(said).position()).isEqualTo(first);
      assertThat(kindred.interactions().ofUser("ann", 10)).hasSize(1);
    }
  }

  @Test
  void an_experiment_changes_lists_and_is_measured() {
    try (var kindred = open()) {
      fill(kindred, 5);
      kindred
          .experiments()
          .start(
              "none",
              Design.measuring("click")
                  .variant("lists", 50, Map.of("algorithm", "popular"))
                  .holdout("nothing", 50, Holdout.NOTHING)
                  .minimumSample(1)
                  .attributedFor(Duration.ofDays(1)));
      int held = 0;
      for (int user = 0; user < 40; user++) {
        var answer = kindred.recommend("u" + user).answer();
        String variant = answer.experiment().orElseThrow().variant();
        assertThat(kindred.experiments().assign("none", "u" + user).name()).isEqualTo(variant);
        boolean isHeld = variant.equals("nothing");
        assertThat(answer.recommendation().items().isEmpty()).isEqualTo(isHeld);
        if (isHeld) held++;
        else assertThat(kindred.experiments().convert("none", "u" + user, "click")).isTrue();
      }
      var report = kindred.experiments().results("none");
      assertThat(report.users()).isEqualTo(40);
      var lists = report.metrics().getFirst().variants().getFirst();
      assertThat(lists.users()).isEqualTo(40 - held);
      assertThat(lists.converted()).isEqualTo(40 - held);
      assertThatThrownBy(() -> kindred.experiments().convert("none", "stranger", "click"))
          .isInstanceOf(KindredException.class);
    }
  }

  @Test
  void what_has_won_is_what_everybody_gets() {
    try (var kindred = open()) {
      fill(kindred, 5);
      kindred.experiments().draft("e", design());
      kindred.experiments().start("e");
      kindred.experiments().stop("e");
      kindred.experiments().concludeForAll("e", "trend");
      assertThat(kindred.experiments().assign("e", "anybody").name()).isEqualTo("trend");
      assertThat(kindred.recommend("ann").answer().recommendation().items()).isNotEmpty();
      assertThat(kindred.recommend("ann").algorithm(Algorithm.POPULAR).list()).isNotEmpty();
    }
  }

  @Test
  void an_erased_user_is_gone_and_a_merged_one_is_somebody_else() {
    try (var kindred = open()) {
      fill(kindred, 5);
      kindred.users().put("ann", Map.of("country", "FR"));
      kindred.interactions().add("anonymous", "f1", "view");
      var merge = kindred.users().merge("anonymous", "ann");
      assertThat(kindred.analytics().user("ann").totalViews()).isEqualTo(1);
      kindred.users().undoMerge(merge.id());
      assertThat(kindred.analytics().user("ann").totalViews()).isZero();
      kindred.users().erase("ann");
      assertThat(kindred.users().find("ann")).isEmpty();
    }
  }

  @Test
  void models_are_made_when_asked_for() throws InterruptedException {
    try (var kindred = open()) {
      fill(kindred, 30);
      kindred
          .interactions()
          .addAll(
              IntStream.range(0, 600)
                  .mapToObj(i -> NewInteraction.of("u" + i / 6, "f" + (i * 7 + i / 6) % 30, "view"))
                  .toList());
      kindred.learn();
      assertThat(kindred.recommend("u1").answer().recommendation().model()).isNotEmpty();
      assertThat(kindred.like("f1").count(5).list()).hasSize(5);
    }
  }

  @Test
  @Tag(TestServices.TAG)
  void it_works_on_postgresql_as_well() {
    try (var postgres = TestDatabase.postgresql();
        var kindred = Kindred.open(folder, Map.of("DATABASE_URL", postgres.url()))) {
      fill(kindred, 5);
      kindred.interactions().add("ann", "f0", "view");
      assertThat(ids(kindred.recommend("ann").list())).hasSize(4).doesNotContain("f0");
      assertThat(kindred.analytics().user("ann").totalViews()).isEqualTo(1);
    }
  }

  private static Design design() {
    return Design.measuring("click")
        .variant("control", 50, Map.of("algorithm", "popular"))
        .variant("trend", 50, Map.of("algorithm", "trending", "diversity", 0.5));
  }
}
