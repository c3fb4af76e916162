package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.api.TestKindred.Reply;
import dev.kindred.store.jdbc.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Experiments that change what users are recommended, on both databases. */
class ServedExperimentsTest {

  @Nested
  final class OnSqlite extends Contract {
    @TempDir private Path folder;

    @Override
    TestKindred start() {
      return TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"));
    }

    @Override
    void remove() {}
  }

  @Nested
  @Tag(TestServices.TAG)
  final class OnPostgresql extends Contract {
    private final TestDatabase.Postgres database = TestDatabase.postgresql();

    @Override
    TestKindred start() {
      return TestKindred.start(Map.of("LOG_LEVEL", "error", "DATABASE_URL", database.url()));
    }

    @Override
    void remove() {
      database.close();
    }
  }

  @SuppressWarnings("NullAway.Init") // JUnit fills the field before each test.
  abstract static class Contract {

    private static final String EXPERIMENT = "/api/v1/experiments/lists";
    private static final int USERS = 24;

    TestKindred kindred;

    abstract TestKindred start();

    abstract void remove();

    @BeforeEach
    void begin() throws Exception {
      kindred = start();
      var entities = new StringBuilder();
      var deeds = new StringBuilder();
      for (int e = 0; e < 12; e++) {
        entities.append(e == 0 ? "" : ",");
        entities.append(
            "{\"entity_id\":\"e%d\",\"entity_type\":\"film\",\"attributes\":{\"genre\":\"g%d\"}}"
                .formatted(e, e % 3));
        for (int u = 0; u <= e; u++) {
          deeds.append(deeds.isEmpty() ? "" : ",");
          deeds.append(
              ("{\"user_id\":\"other%d\",\"entity_id\":\"e%d\",\"entity_type\":\"film\","
                      + "\"interaction_type\":\"view\"}")
                  .formatted(u, e));
        }
      }
      kindred.post("/api/v1/entities/bulk", "{\"entities\":[" + entities + "]}");
      kindred.post("/api/v1/interactions/bulk", "{\"interactions\":[" + deeds + "]}");
    }

    @AfterEach
    void end() {
      kindred.close();
      remove();
    }

    @Test
    void a_variants_config_changes_the_list_and_the_answer_says_so() throws Exception {
      create(
          "{\"name\":\"usual\",\"weight\":50},"
              + "{\"name\":\"short\",\"weight\":50,"
              + "\"config\":{\"algorithm\":\"popular\",\"count\":3,\"layout\":\"wide\"}}");
      var variants = new HashMap<String, String>();
      for (int u = 0; u < USERS; u++) {
        Reply list = recommend("user" + u, "");
        String variant = list.at("/experiment/variant");
        variants.put("user" + u, variant);
        assertThat(list.at("/experiment/name")).isEqualTo("lists");
        boolean isShort = variant.equals("short");
        assertThat(list.at("/algorithm")).isEqualTo(isShort ? "popular" : "hybrid");
        assertThat(list.json().at("/count").asInt()).isEqualTo(isShort ? 3 : 10);
      }
      assertThat(new TreeSet<>(variants.values())).containsExactly("short", "usual");
      for (int u = 0; u < USERS; u++) {
        Reply assigned = kindred.post(EXPERIMENT + "/assign", "{\"userId\":\"user" + u + "\"}");
        assertThat(assigned.at("/variant")).isEqualTo(variants.get("user" + u));
      }
    }

    @Test
    void what_a_request_says_itself_counts_more_than_the_variant() throws Exception {
      createShort();
      assertThat(recommend("ann", "?count=5").json().at("/count").asInt()).isEqualTo(5);
      assertThat(recommend("ann", "?count=5").at("/algorithm")).isEqualTo("popular");
      assertThat(recommend("ann", "?algorithm=trending").at("/algorithm")).isEqualTo("trending");
      Reply body = kindred.post("/api/v1/recommendations", "{\"user_id\":\"ann\",\"count\":4}");
      assertThat(body.json().at("/count").asInt()).isEqualTo(4);
      assertThat(body.at("/algorithm")).isEqualTo("popular");
      assertThat(body.at("/experiment/name")).isEqualTo("lists");
      Reply batch =
          kindred.post(
              "/api/v1/recommendations/batch",
              "{\"requests\":[{\"user_id\":\"ann\"},{\"algorithm\":\"popular\"}]}");
      assertThat(batch.json().at("/results/0/count").asInt()).isEqualTo(3);
      assertThat(batch.at("/results/0/experiment/name")).isEqualTo("lists");
      assertThat(batch.json().at("/results/1").has("experiment")).isFalse();
    }

    @Test
    void everybody_who_is_served_counts_once_and_may_convert_at_once() throws Exception {
      createShort();
      for (int u = 0; u < USERS; u++) {
        recommend("user" + u, "");
        recommend("user" + u, "?count=2");
        Reply converted =
            kindred.post(
                EXPERIMENT + "/conversion",
                "{\"userId\":\"user" + u + "\",\"metricName\":\"click\"}");
        assertThat(converted.status()).isEqualTo(201);
      }
      JsonNode results = kindred.get(EXPERIMENT + "/results").json();
      assertThat(results.at("/users").asInt()).isEqualTo(USERS);
      assertThat(
              results.at("/metrics/0/variants/0/conversions").asInt()
                  + results.at("/metrics/0/variants/1/conversions").asInt())
          .isEqualTo(USERS);
    }

    @Test
    void those_held_out_get_nothing_or_what_is_popular() throws Exception {
      create(
          "{\"name\":\"served\",\"weight\":40},"
              + "{\"name\":\"nothing\",\"weight\":30,\"holdout\":\"nothing\"},"
              + "{\"name\":\"popular\",\"weight\":30,\"holdout\":\"popular\"}");
      var seen = new TreeSet<String>();
      for (int u = 0; u < USERS; u++) {
        Reply list = recommend("user" + u, "?algorithm=collaborative");
        String variant = list.at("/experiment/variant");
        seen.add(variant);
        int count = list.json().at("/recommendations").size();
        switch (variant) {
          case "served" -> assertThat(list.at("/algorithm")).isEqualTo("collaborative");
          case "popular" -> assertThat(list.at("/algorithm")).isEqualTo("popular");
          default -> assertThat(list.json().at("/shortfall/holdout").asInt()).isEqualTo(10);
        }
        assertThat(count).isEqualTo(variant.equals("nothing") ? 0 : 10);
      }
      assertThat(seen).containsExactly("nothing", "popular", "served");
    }

    @Test
    void after_its_conclusion_everybody_gets_what_has_won() throws Exception {
      createShort();
      kindred.post(EXPERIMENT + "/stop", "");
      Reply stopped = recommend("ann", "");
      assertThat(stopped.json().has("experiment")).isFalse();
      assertThat(stopped.at("/algorithm")).isEqualTo("hybrid");
      Reply done =
          kindred.post(EXPERIMENT + "/conclude", "{\"variant\":\"short\",\"makeDefault\":true}");
      assertThat(done.at("/state")).isEqualTo("concluded");
      Reply list = recommend("anybody", "");
      assertThat(list.at("/algorithm")).isEqualTo("popular");
      assertThat(list.json().at("/count").asInt()).isEqualTo(3);
    }

    @Test
    void a_running_experiment_goes_on_after_a_restart() throws Exception {
      createShort();
      String before = recommend("ann", "").at("/experiment/variant");
      kindred.close();
      kindred = start();
      assertThat(recommend("ann", "").at("/experiment/variant")).isEqualTo(before);
      recommend("bob", "");
      assertThat(kindred.get(EXPERIMENT + "/results").json().at("/users").asInt()).isEqualTo(2);
    }

    @Test
    void an_experiment_of_the_clients_own_changes_no_list() throws Exception {
      create(
          "{\"name\":\"a\",\"weight\":50,\"config\":{\"layout\":\"grid\"}},"
              + "{\"name\":\"b\",\"weight\":50,\"config\":{\"layout\":\"carousel\"}}");
      assertThat(recommend("ann", "").json().has("experiment")).isFalse();
      assertThat(recommend("ann", "").json().at("/count").asInt()).isEqualTo(10);
    }

    private void createShort() throws Exception {
      create(
          "{\"name\":\"short\",\"weight\":50,"
              + "\"config\":{\"algorithm\":\"popular\",\"count\":3}},"
              + "{\"name\":\"shorter\",\"weight\":50,"
              + "\"config\":{\"algorithm\":\"popular\",\"count\":3,\"diversity\":0.1}}");
    }

    private void create(String variants) throws Exception {
      Reply made =
          kindred.post(
              "/api/v1/experiments",
              "{\"name\":\"lists\",\"start\":true,\"targetMetrics\":[\"click\"],\"variants\":[%s]}"
                  .formatted(variants));
      assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    }

    private Reply recommend(String user, String query) throws Exception {
      Reply reply = kindred.get("/api/v1/recommendations/user/" + user + query);
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
      return reply;
    }
  }
}
