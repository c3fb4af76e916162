package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.TestServices;
import dev.kindred.api.TestKindred.Reply;
import dev.kindred.store.jdbc.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Experiments over HTTP, and what an earlier system got wrong about them, on both databases. */
class ExperimentsApiTest {

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

    @Test
    void every_replica_gives_a_user_the_same_variant_and_counts_them_once() throws Exception {
      try (TestKindred other = start()) {
        create("e", "\"start\":true");
        var here = new HashMap<String, String>();
        for (int u = 0; u < 40; u++) here.put("u" + u, assign("e", "u" + u).at("/variant"));
        for (int u = 0; u < 40; u++) {
          Reply there = other.post(EXPERIMENTS + "/e/assign", "{\"userId\":\"u" + u + "\"}");
          assertThat(there.at("/variant")).isEqualTo(here.get("u" + u));
          assertThat(there.json().at("/exposed").asBoolean()).isFalse();
        }
        assertThat(other.get(EXPERIMENTS + "/e/results").json())
            .isEqualTo(kindred.get(EXPERIMENTS + "/e/results").json());
        assertThat(results("e").at("/users").asInt()).isEqualTo(40);
      }
    }
  }

  @SuppressWarnings("NullAway.Init") // JUnit fills the field before each test.
  abstract static class Contract {

    static final String EXPERIMENTS = "/api/v1/experiments";

    TestKindred kindred;

    abstract TestKindred start();

    abstract void remove();

    @BeforeEach
    void begin() {
      kindred = start();
    }

    @AfterEach
    void end() {
      kindred.close();
      remove();
    }

    @Test
    void an_experiment_goes_from_draft_to_its_conclusion_and_keeps_every_version()
        throws Exception {
      Reply made = create("e", "\"description\":\"Which?\"");
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.at("/state")).isEqualTo("draft");
      assertThat(assign("e", "ann").status()).isEqualTo(409);
      assertThat(step("e", "stop", "").status()).isEqualTo(409);
      assertThat(step("e", "start", "").at("/state")).isEqualTo("running");
      assertThat(step("e", "start", "").status()).isEqualTo(409);
      assertThat(step("e", "conclude", "{\"variant\":\"b\"}").status()).isEqualTo(409);
      assertThat(step("e", "stop", "").at("/state")).isEqualTo("stopped");
      assertThat(step("e", "conclude", "{\"variant\":\"z\"}").status()).isEqualTo(400);
      assertThat(step("e", "conclude", "{\"variant\":\"b\"}").at("/winner")).isEqualTo("b");
      assertThat(kindred.get(EXPERIMENTS + "/e/versions").json().at("/experiments"))
          .extracting(version -> version.at("/state").asString())
          .containsExactly("concluded", "stopped", "running", "draft");
      Reply won = assign("e", "somebody new");
      assertThat(won.at("/variant")).isEqualTo("b");
      assertThat(won.json().at("/concluded").asBoolean()).isTrue();
    }

    @Test
    void a_wrong_design_is_refused_with_what_would_be_right() throws Exception {
      Map<String, String> wrong =
          Map.of(
              "[{\"name\":\"a\",\"weight\":100}]",
              "2 to 20 variants, got 1",
              "[{\"name\":\"a\",\"weight\":50},{\"name\":\"b\",\"weight\":49.9}]",
              "sum to 100",
              "[{\"name\":\"a\",\"weight\":50},{\"name\":\"a\",\"weight\":50}]",
              "different names",
              "[{\"name\":\"a\",\"weight\":0},{\"name\":\"b\",\"weight\":100}]",
              "more than 0",
              "[{\"name\":\"a\",\"weight\":50},"
                  + "{\"name\":\"b\",\"weight\":50,\"config\":{\"algorithm\":\"magic\"}}]",
              "one of [collaborative,",
              "[{\"name\":\"a\",\"weight\":50},"
                  + "{\"name\":\"b\",\"weight\":50,\"config\":{\"diversity\":2}}]",
              "between 0 and 1");
      for (var entry : wrong.entrySet()) {
        Reply reply =
            kindred.post(
                EXPERIMENTS,
                "{\"name\":\"e\",\"targetMetrics\":[\"bought\"],\"variants\":%s}"
                    .formatted(entry.getKey()));
        assertThat(reply.status()).as(entry.getKey()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains(entry.getValue());
      }
      assertThat(create("e", "\"targetMetrics\":[]").status()).isEqualTo(400);
      assertThat(create("e", "\"endDate\":\"2001-01-01T00:00:00Z\"").status()).isEqualTo(400);
      assertThat(create("e", "").status()).isEqualTo(201);
      assertThat(create("e", "").status()).isEqualTo(409);
    }

    @Test
    void experiments_and_everybody_in_them_survive_a_restart() throws Exception {
      create("e", "\"start\":true");
      var before = new ArrayList<String>();
      for (int u = 0; u < 50; u++) before.add(assign("e", "u" + u).at("/variant"));
      convert("e", "u1", "bought", 3);
      JsonNode results = results("e");
      kindred.close();
      kindred = start();
      assertThat(kindred.get(EXPERIMENTS + "/e").at("/state")).isEqualTo("running");
      for (int u = 0; u < 50; u++) {
        assertThat(assign("e", "u" + u).at("/variant")).isEqualTo(before.get(u));
      }
      assertThat(results("e").at("/metrics")).isEqualTo(results.at("/metrics"));
      assertThat(before).contains("a", "b");
    }

    @Test
    void assignments_in_two_experiments_have_nothing_to_do_with_each_other() throws Exception {
      create("e", "\"start\":true");
      create("f", "\"start\":true");
      int same = 0;
      for (int u = 0; u < 200; u++) {
        if (assign("e", "u" + u).at("/variant").equals(assign("f", "u" + u).at("/variant"))) same++;
      }
      assertThat(same).isBetween(70, 130);
    }

    @Test
    void a_conversion_is_counted_or_refused_but_never_dropped_as_a_success() throws Exception {
      create("e", "\"start\":true");
      assertThat(convert("e", "nobody", "bought", 1).status()).isEqualTo(404);
      assertThat(convert("e", "nobody", "bought", 1).at("/error/code")).isEqualTo("USER_NOT_FOUND");
      assign("e", "ann");
      assertThat(convert("e", "ann", "sold", 1).status()).isEqualTo(400);
      assertThat(convert("e", "ann", "sold", 1).at("/error/message")).contains("[bought, seen]");
      assertThat(convert("f", "ann", "bought", 1).status()).isEqualTo(404);
      Reply counted = convert("e", "ann", "bought", 2.5);
      assertThat(counted.status()).isEqualTo(201);
      assertThat(counted.json().at("/counted").asBoolean()).isTrue();
      assertThat(counted.position()).isPositive();
      assertThat(variant(results("e"), 0, counted.at("/variant")).at("/conversions").asInt())
          .isEqualTo(1);
      assertThat(variant(results("e"), 0, counted.at("/variant")).at("/value").asDouble())
          .isEqualTo(2.5);
    }

    @Test
    void the_same_user_is_exposed_once_however_often_they_come() throws Exception {
      create("e", "\"start\":true");
      for (int i = 0; i < 5; i++) assign("e", "ann");
      assertThat(results("e").at("/users").asInt()).isEqualTo(1);
    }

    @Test
    void one_and_the_same_number_of_users_does_not_make_a_difference_surer() throws Exception {
      create("e", "\"start\":true,\"minimumSampleSize\":20");
      for (int u = 0; u < 120; u++) {
        assign("e", "u" + u);
        if (u % 4 == 0) convert("e", "u" + u, "bought", 1);
      }
      JsonNode results = results("e");
      assertThat(results.at("/minimumSampleReached").asBoolean()).isTrue();
      assertThat(results.at("/winner").isNull()).isTrue();
      assertThat(results.at("/metrics/0/comparisons/0/rate/alwaysValidPValue").asDouble())
          .isGreaterThan(0.05);
    }

    @Test
    void results_hold_every_statistic_and_agree_with_what_happened() throws Exception {
      Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
      for (int u = 0; u < 30; u++) {
        for (int i = 0; i < u % 5; i++) {
          kindred.post(
              "/api/v1/interactions",
              ("{\"user_id\":\"u%d\",\"entity_id\":\"x%d\",\"interaction_type\":\"view\","
                      + "\"timestamp\":\"%s\"}")
                  .formatted(u, i, yesterday.minus(i, ChronoUnit.HOURS)));
        }
      }
      create("e", "\"start\":true,\"minimumSampleSize\":5,\"assignedBy\":\"client\"");
      for (int u = 0; u < 60; u++) {
        String variant = u % 2 == 0 ? "a" : "b";
        kindred.post(
            EXPERIMENTS + "/e/assign",
            "{\"userId\":\"u%d\",\"variant\":\"%s\"}".formatted(u, variant));
        boolean converts = variant.equals("b") ? u % 20 != 1 : u % 10 == 0;
        if (converts) convert("e", "u" + u, "bought", 10 + u % 5);
      }
      JsonNode results = results("e");
      JsonNode a = variant(results, 0, "a");
      JsonNode b = variant(results, 0, "b");
      assertThat(a.at("/users").asInt()).isEqualTo(30);
      assertThat(a.at("/converted").asInt()).isEqualTo(6);
      assertThat(a.at("/control").asBoolean()).isTrue();
      assertThat(b.at("/converted").asInt()).isEqualTo(27);
      // Wilson's interval for 6 of 30.
      assertThat(a.at("/rateInterval/low").asDouble()).isCloseTo(0.0951, within(1e-4));
      assertThat(a.at("/rateInterval/high").asDouble()).isCloseTo(0.3731, within(1e-4));
      JsonNode comparison = results.at("/metrics/0/comparisons/0");
      assertThat(comparison.at("/rate/difference").asDouble()).isCloseTo(0.7, within(1e-12));
      assertThat(comparison.at("/rate/lift").asDouble()).isCloseTo(3.5, within(1e-12));
      assertThat(comparison.at("/rate/test").asString()).isEqualTo("z");
      assertThat(comparison.at("/rate/pValue").asDouble()).isLessThan(1e-6);
      assertThat(comparison.at("/value/test").asString()).isEqualTo("welch");
      assertThat(comparison.at("/rate/power").asDouble()).isGreaterThan(0.99);
      assertThat(comparison.at("/usersNeeded").asInt()).isBetween(2, 30);
      assertThat(comparison.at("/daysNeeded").asDouble()).isZero();
      assertThat(comparison.at("/cuped/varianceTaken").asDouble()).isBetween(0.0, 1.0);
      assertThat(comparison.at("/cuped/difference").asDouble())
          .isCloseTo(comparison.at("/value/difference").asDouble(), within(3.0));
      assertThat(results.at("/sampleRatio/mismatch").asBoolean()).isFalse();
      assertThat(results.at("/winner").asString()).isEqualTo("b");
      assertThat(results.at("/why").asString()).isNotEmpty();
    }

    @Test
    void results_of_days_on_which_nobody_came_are_empty() throws Exception {
      create("e", "\"start\":true");
      assign("e", "ann");
      String query = "/e/results?startDate=2001-01-01&endDate=2001-02-01";
      assertThat(kindred.get(EXPERIMENTS + query).json().at("/users").asInt()).isZero();
      assertThat(kindred.get(EXPERIMENTS + "/e/results?startDate=soon").status()).isEqualTo(400);
      assertThat(
              kindred
                  .get(EXPERIMENTS + "/e/results?startDate=2001-02-01&endDate=2001-01-01")
                  .status())
          .isEqualTo(400);
    }

    @Test
    void a_holdout_shows_what_recommending_brings_at_all() throws Exception {
      String variants =
          "\"assignedBy\":\"client\",\"start\":true,\"variants\":["
              + "{\"name\":\"usual\",\"weight\":45},"
              + "{\"name\":\"new\",\"weight\":45,\"config\":{\"diversity\":0.5}},"
              + "{\"name\":\"without\",\"weight\":10,\"holdout\":\"nothing\"}]";
      assertThat(create("e", variants).status()).isEqualTo(201);
      for (int u = 0; u < 90; u++) {
        String variant = u % 3 == 0 ? "usual" : u % 3 == 1 ? "new" : "without";
        kindred.post(
            EXPERIMENTS + "/e/assign",
            "{\"userId\":\"u%d\",\"variant\":\"%s\"}".formatted(u, variant));
        if (u % 3 != 2 || u % 9 == 2) convert("e", "u" + u, "bought", 1);
      }
      JsonNode metric = results("e").at("/metrics/0");
      assertThat(metric.at("/comparisons").size()).isEqualTo(1);
      JsonNode incremental = metric.at("/incremental/0");
      assertThat(incremental.at("/against").asString()).isEqualTo("without");
      assertThat(incremental.at("/variants").size()).isEqualTo(2);
      assertThat(incremental.at("/rate/difference").asDouble()).isCloseTo(2 / 3.0, within(1e-9));
      assertThat(incremental.at("/rate/lift").asDouble()).isCloseTo(2.0, within(1e-9));
    }

    @Test
    void an_erased_user_is_in_no_result() throws Exception {
      create("e", "\"start\":true");
      assign("e", "ann");
      convert("e", "ann", "bought", 5);
      assertThat(results("e").at("/users").asInt()).isEqualTo(1);
      assertThat(kindred.delete("/api/v1/users/ann").status()).isEqualTo(200);
      JsonNode results = results("e");
      assertThat(results.at("/users").asInt()).isZero();
      assertThat(results.at("/metrics/0/variants"))
          .allSatisfy(variant -> assertThat(variant.at("/value").asDouble()).isZero());
      assertThat(convert("e", "ann", "bought", 5).status()).isEqualTo(404);
    }

    @Test
    void concluding_can_make_the_winning_config_the_tenants_own() throws Exception {
      kindred.put("/api/v1/tenants/default/config", "{\"TRENDING_WINDOW_DAYS\":3}");
      String variants =
          "\"start\":true,\"variants\":[{\"name\":\"a\",\"weight\":50},"
              + "{\"name\":\"b\",\"weight\":50,\"config\":{\"collaborative_weight\":0.8}}]";
      create("e", variants);
      step("e", "stop", "");
      assertThat(step("e", "conclude", "{\"variant\":\"b\",\"makeDefault\":true}").status())
          .isEqualTo(200);
      JsonNode config = kindred.get("/api/v1/tenants/default/config").json().at("/config");
      assertThat(config.at("/COLLABORATIVE_WEIGHT").asDouble()).isEqualTo(0.8);
      assertThat(config.at("/CONTENT_BASED_WEIGHT").asDouble()).isCloseTo(0.2, within(1e-9));
      assertThat(config.at("/TRENDING_WINDOW_DAYS").asInt()).isEqualTo(3);
    }

    @Test
    void a_tenant_sees_no_experiment_of_another() throws Exception {
      create("e", "\"start\":true");
      String[] other = {"X-Tenant-ID", "other"};
      assertThat(kindred.get(EXPERIMENTS, other).json().at("/total").asInt()).isZero();
      assertThat(kindred.get(EXPERIMENTS + "/e", other).status()).isEqualTo(404);
      assertThat(kindred.post(EXPERIMENTS + "/e/assign", "{\"userId\":\"ann\"}", other).status())
          .isEqualTo(404);
    }

    @Test
    void presets_make_experiments_to_begin_with() throws Exception {
      assertThat(kindred.get("/api/v1/experiment-presets").json().at("/presets").size())
          .isEqualTo(2);
      Reply made = kindred.post("/api/v1/experiment-presets/algorithm", "{\"name\":\"first\"}");
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.at("/name")).isEqualTo("first");
      assertThat(made.at("/variants/1/config/algorithm")).isEqualTo("hybrid");
      assertThat(kindred.post("/api/v1/experiment-presets/magic", "{}").status()).isEqualTo(404);
    }

    @Test
    void earlier_routes_answer_in_their_own_shapes() throws Exception {
      String base = "/api/ab-testing";
      Reply made = kindred.post(base + "/experiments", design("old", ""));
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.json().at("/success").asBoolean()).isTrue();
      assertThat(made.at("/experiment/state")).isEqualTo("running");
      String ann = "{\"experimentName\":\"old\",\"userId\":\"ann\"}";
      assertThat(kindred.post(base + "/conversion", ann).status()).isEqualTo(404);
      String variant = kindred.post(base + "/assign", ann).at("/variant");
      assertThat(variant).isIn("a", "b");
      assertThat(kindred.post(base + "/conversion", ann).json().at("/success").asBoolean())
          .isTrue();
      assertThat(kindred.get(base + "/experiments/old/results").json().toString())
          .isEqualTo(
              "{\"success\":true,\"results\":[{\"variant\":\"%s\",\"conversions\":1,\"views\":1}]}"
                  .formatted(variant));
      assertThat(kindred.post(base + "/experiments/ml-preset", "{}").status()).isEqualTo(201);
      assertThat(kindred.post(base + "/experiments/ui-preset", "{}").status()).isEqualTo(201);
      assertThat(kindred.get(base + "/experiments").json().at("/experiments").size()).isEqualTo(3);
      assertThat(kindred.get(base + "/experiments", "X-API-Key", "wrong").status()).isEqualTo(401);
    }

    @Test
    void a_shops_own_test_tells_its_events_and_one_bad_event_is_refused_alone() throws Exception {
      create("e", "\"start\":true,\"assignedBy\":\"client\"");
      Reply reply =
          kindred.post(
              "/api/v1/ab-events",
              "{\"events\":["
                  + "{\"experiment\":\"e\",\"user_id\":\"ann\",\"variant\":\"b\","
                  + "\"event\":\"impression\"},"
                  + "{\"test\":\"e\",\"session_id\":\"ann\",\"event\":\"bought\",\"value\":3},"
                  + "{\"experiment\":\"e\",\"user_id\":\"bob\",\"event\":\"bought\"},"
                  + "{\"experiment\":\"e\",\"user_id\":\"ann\",\"event\":\"conversion\","
                  + "\"metric\":\"seen\"}]}");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().at("/accepted").asInt()).isEqualTo(3);
      assertThat(reply.json().at("/errors/0/index").asInt()).isEqualTo(2);
      assertThat(reply.at("/errors/0/code")).isEqualTo("USER_NOT_FOUND");
      assertThat(kindred.get(EXPERIMENTS + "/e/results?short=true").json().toString())
          .isEqualTo("[{\"variant\":\"b\",\"conversions\":1,\"views\":1}]");
      assertThat(kindred.post("/api/v1/ab-events", "[]").status()).isEqualTo(400);
    }

    @Test
    void the_sample_of_the_earlier_system_gives_the_results_that_it_printed() throws Exception {
      create(
          "recommendation_algorithm",
          "\"start\":true,\"assignedBy\":\"client\",\"variants\":["
              + "{\"name\":\"control\",\"weight\":50},{\"name\":\"enhanced_ml\",\"weight\":50}]");
      Reply recorded = behave("user_123", "recommendation_algorithm", "enhanced_ml");
      assertThat(recorded.status()).as(recorded.response().body()).isEqualTo(201);
      assertThat(
              kindred
                  .get(EXPERIMENTS + "/recommendation_algorithm/results?short=true")
                  .json()
                  .toString())
          .isEqualTo("[{\"variant\":\"enhanced_ml\",\"conversions\":0,\"views\":1}]");
    }

    @Test
    void a_behaviour_in_an_unknown_experiment_is_kept_with_a_warning() throws Exception {
      Reply recorded = behave("ann", "nowhere", "b");
      assertThat(recorded.status()).isEqualTo(201);
      assertThat(recorded.json().at("/warnings").toString()).contains("'nowhere'");
      Reply many =
          kindred.post(
              "/api/v1/behaviors/bulk",
              "{\"behaviors\":[" + behaviour("bob", "nowhere", "b") + "]}");
      assertThat(many.json().at("/successful").asInt()).isEqualTo(1);
      assertThat(many.json().toString()).contains("'nowhere'");
    }

    private Reply behave(String user, String experiment, String variant) throws Exception {
      return kindred.post("/api/v1/behaviors", behaviour(user, experiment, variant));
    }

    private static String behaviour(String user, String experiment, String variant) {
      return ("{\"userId\":\"%s\",\"tmdbId\":550,\"action\":\"viewed\",\"contextualData\":"
              + "{\"experimentName\":\"%s\",\"experimentVariant\":\"%s\"}}")
          .formatted(user, experiment, variant);
    }

    // What is asked

    Reply create(String name, String more) throws Exception {
      return kindred.post(EXPERIMENTS, design(name, more));
    }

    static String design(String name, String more) {
      String metrics =
          more.contains("targetMetrics") ? "" : "\"targetMetrics\":[\"bought\",\"seen\"]";
      String variants =
          more.contains("variants")
              ? ""
              : "\"variants\":[{\"name\":\"a\",\"weight\":50},{\"name\":\"b\",\"weight\":50}]";
      List<String> members =
          List.of("\"name\":\"" + name + "\"", metrics, variants, more).stream()
              .filter(member -> !member.isEmpty())
              .toList();
      return "{" + String.join(",", members) + "}";
    }

    Reply step(String name, String step, String body) throws Exception {
      return kindred.post(EXPERIMENTS + "/" + name + "/" + step, body);
    }

    Reply assign(String experiment, String user) throws Exception {
      return step(experiment, "assign", "{\"userId\":\"" + user + "\"}");
    }

    Reply convert(String experiment, String user, String metric, double value) throws Exception {
      return step(
          experiment,
          "conversion",
          "{\"userId\":\"%s\",\"metricName\":\"%s\",\"value\":%s}".formatted(user, metric, value));
    }

    JsonNode results(String experiment) throws Exception {
      Reply reply = kindred.get(EXPERIMENTS + "/" + experiment + "/results");
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
      return reply.json();
    }

    static JsonNode variant(JsonNode results, int metric, String name) {
      for (JsonNode variant : results.at("/metrics/" + metric + "/variants")) {
        if (variant.at("/variant").asString().equals(name)) return variant;
      }
      throw new AssertionError("no variant " + name + " in " + results);
    }
  }
}
