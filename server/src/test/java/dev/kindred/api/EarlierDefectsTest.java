package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.api.TestKindred.Reply;
import dev.kindred.store.jdbc.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an earlier system got wrong about behaviour, over HTTP, on both databases. */
class EarlierDefectsTest {

  @Nested
  final class OnSqlite extends Contract {
    @TempDir private Path folder;

    @Override
    TestKindred start() {
      return TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"));
    }

    @Override
    void remove() {}

    @Override
    String database() {
      return "sqlite";
    }
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

    @Override
    String database() {
      return "postgresql";
    }
  }

  @SuppressWarnings("NullAway.Init") // JUnit fills the field before each test.
  abstract static class Contract {

    static final String BEHAVIOURS = "/api/v1/behaviors";

    TestKindred kindred;

    abstract TestKindred start();

    abstract void remove();

    abstract String database();

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
    void the_sample_of_the_earlier_system_gives_what_it_printed() throws Exception {
      JsonNode health = get("/api/v1/analytics/health");
      assertThat(health.at("/status").asString()).isEqualTo("healthy");
      assertThat(health.at("/recordCount").asInt(-1)).isZero();
      assertThat(health.at("/lastActivity").isNull()).isTrue();
      assertThat(health.at("/dbType").asString()).isEqualTo(database());

      var recorded =
          kindred.post(
              BEHAVIOURS,
              """
              {"userId": "user_123", "tmdbId": 550, "action": "viewed",
               "timestamp": %d, "sessionDuration": 7200, "rating": 9.2, "completionPercentage": 95,
               "contextualData": {"timeOfDay": "evening", "dayOfWeek": "friday", "device": "tv",
                 "location": "home", "experimentName": "recommendation_algorithm",
                 "experimentVariant": "enhanced_ml"}}
              """
                  .formatted(Instant.now().toEpochMilli()));
      assertThat(recorded.status()).as(recorded.response().body()).isEqualTo(201);
      var described =
          kindred.put(
              "/api/v1/content/550",
              "{\"mediaType\":\"movie\",\"title\":\"Fight Club\",\"genres\":[\"Drama\",\"Thriller\"]}");
      assertThat(described.status()).isIn(200, 201);

      JsonNode metrics = get("/api/v1/content/550/metrics");
      assertThat(metrics.at("/contentId").asString()).isEqualTo("550");
      assertThat(metrics.at("/mediaType").asString()).isEqualTo("movie");
      assertThat(metrics.at("/averageRating").asDouble()).isEqualTo(9.2);
      assertThat(metrics.at("/totalViews").asInt()).isEqualTo(1);
      assertThat(texts(metrics.at("/genres"))).containsExactly("Drama", "Thriller");

      JsonNode user = get("/api/v1/users/user_123/analytics");
      assertThat(texts(user.at("/favoriteGenres"))).containsExactly("Drama", "Thriller");
      assertThat(texts(user.at("/preferredTimeSlots"))).containsExactly("evening");
      assertThat(user.at("/totalViews").asInt()).isEqualTo(1);
    }

    @Test
    void defect_1_analytics_are_not_zero() throws Exception {
      describe("dune", "Science Fiction");
      behave("ann", "dune", "viewed", "\"sessionDuration\":600");
      behave("ann", "dune", "completed", "");
      behave("ann", "solaris", "viewed", "\"sessionDuration\":300");
      behave("ann", "dune", "rated", "\"rating\":8");
      JsonNode user = get("/api/v1/users/ann/analytics");
      assertThat(user.at("/totalViews").asInt()).isEqualTo(2);
      assertThat(user.at("/averageSessionDuration").asDouble()).isEqualTo(450);
      assertThat(user.at("/completionRate").asDouble()).isEqualTo(0.5);
      assertThat(user.at("/averageRating").asDouble()).isEqualTo(8);
      assertThat(user.at("/lastActiveDate").asString()).isNotEmpty();
      assertThat(user.at("/genreEmbedding/Science Fiction").asDouble()).isEqualTo(1);
    }

    @Test
    void defect_2_genres_are_not_lost() throws Exception {
      describe("dune", "Science Fiction", "Drama");
      behave("ann", "dune", "liked", "");
      assertThat(texts(get("/api/v1/content/dune/metrics").at("/genres")))
          .containsExactly("Science Fiction", "Drama");
      assertThat(texts(get("/api/v1/users/ann/analytics").at("/favoriteGenres")))
          .containsExactly("Drama", "Science Fiction");
    }

    @Test
    void defect_3_no_name_of_a_table_clashes_and_a_second_start_succeeds() throws Exception {
      behave("ann", "dune", "viewed", "");
      kindred.close();
      kindred = start();
      assertThat(get("/api/v1/users/ann/analytics").at("/totalViews").asInt()).isEqualTo(1);
      assertThat(get("/api/v1/content/dune/metrics").at("/totalViews").asInt()).isEqualTo(1);
    }

    @Test
    void defect_4_the_first_call_after_the_start_is_answered() throws Exception {
      assertThat(kindred.get("/api/v1/users/nobody/analytics").status()).isEqualTo(200);
      assertThat(kindred.get("/api/v1/users/nobody/similar").json().size()).isZero();
      assertThat(kindred.get("/api/v1/content/nothing/metrics").status()).isEqualTo(404);
      assertThat(kindred.get("/api/v1/analytics/overview").status()).isEqualTo(200);
    }

    @Test
    void defect_5_what_is_accepted_does_not_depend_on_the_database() throws Exception {
      List<String> refused =
          List.of(
              "\"rating\":-0.1",
              "\"rating\":10.01",
              "\"completionPercentage\":100.5",
              "\"completionPercentage\":-1",
              "\"sessionDuration\":-1",
              "\"rating\":\"9\"",
              "\"contextualData\":\"{broken\"",
              "\"contextualData\":{\"timeOfDay\":\"dawn\"}",
              "\"action\":\"not a word\"",
              "\"userId\":\"\"",
              "\"timestamp\":\"yesterday\"");
      for (String wrong : refused) {
        Reply reply = kindred.post(BEHAVIOURS, "{" + minimal(wrong) + wrong + "}");
        assertThat(reply.status()).as(wrong).isEqualTo(400);
        assertThat(reply.at("/error/message")).as(wrong).isNotEmpty();
      }
      List<String> accepted =
          List.of(
              "\"rating\":10",
              "\"completionPercentage\":100",
              "\"contextualData\":{\"device\":\"\\ud83d\\ude00 'tv' \\\"x\\\"\",\"deep\":{\"a\":[1]}}",
              "\"skipReason\":\"it's \\\"dull\\\"; drop table\"",
              "\"userId\":42",
              "\"action\":\"hummed\"");
      for (String right : accepted) {
        Reply reply = kindred.post(BEHAVIOURS, "{" + minimal(right) + right + "}");
        assertThat(reply.status()).as(right + reply.response().body()).isEqualTo(201);
      }
    }

    @Test
    void defect_6_similarity_is_the_same_cached_or_fresh() throws Exception {
      describe("a", "Drama");
      describe("b", "Comedy");
      for (String user : List.of("ann", "ben", "cem")) behave(user, "a", "viewed", "");
      behave("ann", "b", "liked", "");
      behave("ben", "b", "liked", "");
      String fresh = kindred.get("/api/v1/users/ann/similar").response().body();
      assertThat(kindred.get("/api/v1/users/ann/similar").response().body()).isEqualTo(fresh);
      kindred.close();
      kindred = start();
      assertThat(kindred.get("/api/v1/users/ann/similar").response().body()).isEqualTo(fresh);
      JsonNode similar = get("/api/v1/users/ann/similar");
      assertThat(similar.at("/0/userId").asString()).isEqualTo("ben");
      assertThat(similar.at("/0/similarity").asDouble()).isEqualTo(1.0);
      assertThat(similar.at("/0/sharedViews").asInt()).isEqualTo(2);
      assertThat(texts(similar.at("/0/commonInterests"))).containsExactly("Comedy", "Drama");
      assertThat(similar.at("/1/similarity"))
          .isEqualTo(get("/api/v1/users/cem/similar?limit=10").at("/0/similarity"));
      behave("cem", "b", "liked", "");
      assertThat(get("/api/v1/users/ann/similar").at("/1/similarity").asDouble()).isEqualTo(1.0);
    }

    @Test
    void defect_7_rates_are_never_above_one() throws Exception {
      for (int i = 0; i < 3; i++) behave("ann", "dune", "completed", "");
      behave("ann", "dune", "viewed", "");
      behave("ben", "dune", "viewed", "\"completionPercentage\":100");
      behave("cem", "dune", "skipped", "\"skipReason\":\"long\"");
      behave("dan", "dune", "viewed", "\"completionPercentage\":99");
      JsonNode metrics = get("/api/v1/content/dune/metrics");
      assertThat(metrics.at("/completionRate").asDouble()).isEqualTo(0.5);
      assertThat(metrics.at("/skipRate").asDouble()).isEqualTo(0.25);
      assertThat(get("/api/v1/users/ann/analytics").at("/completionRate").asDouble())
          .isEqualTo(1.0);
    }

    @Test
    void defect_8_a_zero_stays_a_zero() throws Exception {
      var zeros = "\"rating\":0,\"sessionDuration\":0,\"completionPercentage\":0";
      Reply kept = behave("ann", "dune", "rated", zeros);
      for (String name : List.of("rating", "sessionDuration", "completionPercentage")) {
        assertThat(kept.json().at("/" + name).asDouble(-1)).as(name).isZero();
      }
      JsonNode user = get("/api/v1/users/ann/analytics");
      assertThat(user.at("/averageRating").isNumber()).isTrue();
      assertThat(user.at("/averageRating").asDouble(-1)).isZero();
      assertThat(user.at("/averageSessionDuration").asDouble(-1)).isZero();
      behave("ann", "dune", "rated", "\"rating\":10");
      assertThat(get("/api/v1/content/dune/metrics").at("/averageRating").asDouble()).isEqualTo(5);
      JsonNode history = get("/api/v1/interactions/user/ann");
      assertThat(history.at("/1/metadata/rating").asDouble(-1)).isZero();
    }

    @Test
    void defect_9_rows_of_experiments_make_nobody_similar() throws Exception {
      String context =
          "\"contextualData\":{\"experimentName\":\"banner\",\"experimentVariant\":\"blue\"}";
      behave("ann", "dune", "viewed", context);
      behave("ben", "dune", "viewed", context);
      assertThat(get("/api/v1/users/ann/similar").size()).isZero();
      assertThat(get("/api/v1/content/dune/metrics").at("/totalViews").asInt()).isEqualTo(2);
      behave("ann", "dune", "viewed", "");
      assertThat(get("/api/v1/users/ann/similar").size()).isZero();
      behave("ben", "dune", "viewed", "");
      assertThat(get("/api/v1/users/ann/similar").at("/0/userId").asString()).isEqualTo("ben");
    }

    @Test
    void defect_11_seconds_and_milliseconds_and_texts_are_the_same_moment() throws Exception {
      Instant then = Instant.now().minus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
      behave("ann", "a", "viewed", "\"timestamp\":" + then.getEpochSecond());
      behave("ben", "a", "viewed", "\"timestamp\":" + then.toEpochMilli());
      behave("cem", "a", "viewed", "\"timestamp\":\"" + then + "\"");
      List<String> last = new ArrayList<>();
      for (String user : List.of("ann", "ben", "cem")) {
        last.add(get("/api/v1/users/" + user + "/analytics").at("/lastActiveDate").asString());
      }
      assertThat(last).allMatch(one -> Instant.parse(one).equals(then), then.toString());
    }

    @Test
    void defect_11_old_rows_are_taken_out_and_what_they_add_up_to_stays() throws Exception {
      String config = "/api/v1/tenants/default/config";
      assertThat(kindred.put(config, "{\"RETENTION_DAYS\":0}").status()).isEqualTo(200);
      describe("a", "Drama");
      String old = "\"timestamp\":" + Instant.now().minus(91, ChronoUnit.DAYS).getEpochSecond();
      for (int i = 0; i < 3; i++) behave("ann", "a", "viewed", "");
      behave("ann", "a", "completed", old + ",\"rating\":7,\"sessionDuration\":60");
      behave("ben", "a", "viewed", old + ",\"completionPercentage\":100");
      behave("ben", "b", "liked", old);
      kindred.post(
          "/api/v1/interactions",
          "{\"user_id\":\"ann\",\"entity_id\":\"b\",\"interaction_type\":\"like\"," + old + "}");
      List<String> paths =
          List.of(
              "/api/v1/users/ann/analytics",
              "/api/v1/users/ben/analytics",
              "/api/v1/users/ann/similar",
              "/api/v1/content/b/metrics");
      List<String> before = bodies(paths);
      assertThat(get("/api/v1/analytics/health").at("/recordCount").asInt()).isEqualTo(7);

      assertThat(kindred.put(config, "{\"RETENTION_DAYS\":90}").status()).isEqualTo(200);
      Reply accepted = kindred.post("/api/v1/admin/cleanup", "{}");
      assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
      String job = accepted.header("Location");
      // The job that runs once a day may be quicker.
      for (int tries = 0; tries < 20_000; tries++) {
        boolean isGone = get("/api/v1/interactions/user/ben").isEmpty();
        if (isGone && get(job).at("/status").asString().equals("completed")) break;
      }
      assertThat(get(job).at("/status").asString()).as(get(job).toString()).isEqualTo("completed");
      assertThat(get("/api/v1/interactions/user/ben").size()).isZero();
      assertThat(get("/api/v1/interactions/user/ann").size()).isEqualTo(4);
      assertThat(get("/api/v1/analytics/health").at("/recordCount").asInt()).isEqualTo(4);
      assertThat(withoutLastUpdated(bodies(paths))).isEqualTo(withoutLastUpdated(before));
      kindred.close();
      kindred = start();
      assertThat(withoutLastUpdated(bodies(paths))).isEqualTo(withoutLastUpdated(before));
      assertThat(get("/api/v1/analytics/health").at("/recordCount").asInt()).isEqualTo(4);
      assertThat(kindred.delete("/api/v1/users/ben").status()).isEqualTo(200);
      assertThat(get("/api/v1/users/ann/similar").size()).isZero();
      assertThat(get("/api/v1/content/b/metrics").at("/totalViews").asInt()).isZero();
    }

    private List<String> bodies(List<String> paths) throws Exception {
      var bodies = new ArrayList<String>();
      for (String path : paths) bodies.add(get(path).toString());
      return bodies;
    }

    /** It is that of the newest interaction that is still kept. */
    private static List<String> withoutLastUpdated(List<String> bodies) {
      return bodies.stream().map(body -> body.replaceAll("\"lastUpdated\":[^,}]*", "")).toList();
    }

    @Test
    void defect_12_an_update_of_content_resets_nothing() throws Exception {
      describe("dune", "Drama");
      behave("ann", "dune", "viewed", "\"rating\":7.3");
      behave("ann", "dune", "completed", "");
      JsonNode before = get("/api/v1/content/dune/metrics");
      kindred.put(
          "/api/v1/content/dune",
          "{\"mediaType\":\"movie\",\"title\":\"Dune II\",\"genres\":[\"Epic\"]}");
      JsonNode after = get("/api/v1/content/dune/metrics");
      assertThat(after.at("/title").asString()).isEqualTo("Dune II");
      assertThat(texts(after.at("/genres"))).containsExactly("Epic");
      for (String name :
          List.of("averageRating", "totalViews", "completionRate", "skipRate", "popularityIndex")) {
        assertThat(after.at("/" + name)).as(name).isEqualTo(before.at("/" + name));
      }
      assertThat(after.at("/averageRating").asDouble()).isEqualTo(7.3);
      assertThat(texts(get("/api/v1/users/ann/analytics").at("/favoriteGenres")))
          .containsExactly("Epic");
    }

    @Test
    void defect_14_genres_are_an_open_vocabulary() throws Exception {
      describe("a", "Nordic noir", "Анимэ");
      describe("b", "Nordic noir", "Slow television");
      behave("ann", "a", "liked", "");
      behave("ben", "b", "liked", "");
      behave("ben", "a", "viewed", "");
      JsonNode similar = get("/api/v1/users/ann/similar");
      assertThat(texts(similar.at("/0/commonInterests"))).containsExactly("Nordic noir", "Анимэ");
      JsonNode sets = get("/api/v1/users/ann/similar?genreTerm=jaccard");
      // One of two titles; two of three genres.
      assertThat(sets.at("/0/similarity").asDouble()).isEqualTo(0.7 * 0.5 + 0.3 * (2.0 / 3));
      assertThat(kindred.get("/api/v1/users/ann/similar?genreTerm=x").status()).isEqualTo(400);
    }

    @Test
    void defect_15_candidates_come_in_order_and_those_who_share_most_first() throws Exception {
      var rows = new ArrayList<String>();
      for (int user = 0; user < 30; user++) {
        for (int title = 0; title <= user; title++) {
          rows.add(row("u%02d".formatted(user), "t" + title));
        }
      }
      for (int title = 0; title < 30; title++) rows.add(row("ann", "t" + title));
      keep(rows);
      JsonNode similar = get("/api/v1/users/ann/similar?limit=5");
      assertThat(similar.valueStream().map(one -> one.at("/userId").asString()))
          .containsExactly("u29", "u28", "u27", "u26", "u25");
      assertThat(similar.valueStream().map(one -> one.at("/sharedViews").asInt()))
          .containsExactly(30, 29, 28, 27, 26);
    }

    @Test
    void defect_16_what_goes_wrong_is_an_error_and_not_an_empty_answer() throws Exception {
      assertThat(kindred.get("/api/v1/content/unknown/metrics").at("/error/code"))
          .isEqualTo("ENTITY_NOT_FOUND");
      assertThat(kindred.get("/api/v1/users/ann/similar?limit=0").status()).isEqualTo(400);
      assertThat(kindred.get("/api/v1/analytics/overview?from=never").status()).isEqualTo(400);
      assertThat(kindred.post(BEHAVIOURS, "{broken").status()).isEqualTo(400);
      Reply many =
          kindred.post(
              BEHAVIOURS,
              row("ann", "a") + "\nnot json\n" + row("ann", "b"),
              "Content-Type",
              "application/x-ndjson");
      assertThat(many.json().at("/successful").asInt()).isEqualTo(2);
      assertThat(many.json().at("/failed").asInt()).isEqualTo(1);
    }

    @Test
    void defect_17_what_is_grouped_does_not_depend_on_how_json_was_written() throws Exception {
      behave(
          "ann", "a", "viewed", "\"contextualData\":{\"timeOfDay\":\"evening\",\"device\":\"tv\"}");
      behave(
          "ann",
          "b",
          "viewed",
          "\"contextualData\": { \"device\":\"tv\" , \"timeOfDay\":\"evening\"}");
      behave("ann", "c", "viewed", "\"contextualData\":{\"timeOfDay\":\"EVENING\"}");
      behave("ann", "d", "viewed", "\"contextualData\":{\"timeOfDay\":\"morning\"}");
      assertThat(texts(get("/api/v1/users/ann/analytics").at("/preferredTimeSlots")))
          .containsExactly("evening", "morning");
    }

    @Test
    void the_time_of_the_day_is_that_of_where_the_tenants_users_live() throws Exception {
      String at = "\"timestamp\":\"2026-01-02T03:30:00Z\"";
      behave("ann", "a", "viewed", at);
      kindred.put("/api/v1/tenants/default/config", "{\"TIME_ZONE\":\"Asia/Tokyo\"}");
      behave("ben", "a", "viewed", at);
      assertThat(texts(get("/api/v1/users/ann/analytics").at("/preferredTimeSlots")))
          .containsExactly("night");
      assertThat(texts(get("/api/v1/users/ben/analytics").at("/preferredTimeSlots")))
          .containsExactly("afternoon");
    }

    @Test
    void an_embedding_has_the_name_of_its_model_and_finds_what_is_near() throws Exception {
      for (String content : List.of("a", "b", "c")) describe(content, "Drama");
      assertThat(get("/api/v1/content/a/embedding").at("/model").asString()).startsWith("kindred");
      embed("a", 1, 0);
      embed("b", 0, 1);
      embed("c", 1, 0.5f);
      JsonNode kept = get("/api/v1/content/c/embedding");
      assertThat(kept.at("/model").asString()).isEqualTo("clip-7");
      assertThat(kept.at("/vector/1").asDouble()).isEqualTo(0.5);
      JsonNode near = get("/api/v1/content/a/nearest?limit=2").at("/nearest");
      assertThat(near.valueStream().map(one -> one.at("/contentId").asString()))
          .containsExactly("c", "b");
      assertThat(near.at("/0/similarity").asDouble()).isEqualTo(1 / Math.sqrt(1.25));
      assertThat(texts(get("/api/v1/content/a/metrics").at("/genres"))).containsExactly("Drama");
      assertThat(kindred.put("/api/v1/content/a/embedding", "{\"model\":\"x\"}").status())
          .isEqualTo(400);
      assertThat(kindred.get("/api/v1/content/unknown/nearest").status()).isEqualTo(404);
    }

    private void embed(String content, float first, float second) throws Exception {
      String vector = first + "," + second + ",0".repeat(510);
      Reply reply =
          kindred.put(
              "/api/v1/content/" + content + "/embedding",
              "{\"model\":\"clip-7\",\"vector\":[" + vector + "]}");
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    }

    @Test
    void the_overview_tells_what_happened_when() throws Exception {
      Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
      Instant yesterday = today.minus(1, ChronoUnit.DAYS);
      for (String user : List.of("ann", "ben")) {
        behave(user, "a", "viewed", "\"timestamp\":\"" + yesterday.plusSeconds(60) + "\"");
      }
      behave("ann", "a", "liked", "\"timestamp\":\"" + yesterday.plusSeconds(3_700) + "\"");
      JsonNode overview =
          get("/api/v1/analytics/overview?from=" + yesterday + "&to=" + today + "&bucket=hour");
      assertThat(overview.at("/series").size()).isEqualTo(24);
      assertThat(overview.at("/series/0/events/view").asInt()).isEqualTo(2);
      assertThat(overview.at("/series/0/activeUsers").asInt()).isEqualTo(2);
      assertThat(overview.at("/series/1/events/like").asInt()).isEqualTo(1);
      assertThat(overview.at("/activeUsers").asInt()).isEqualTo(2);
      assertThat(overview.at("/topContent/0/events").asInt()).isEqualTo(3);
    }

    private Reply behave(String user, String content, String action, String more) throws Exception {
      String body =
          "{\"userId\":\"%s\",\"contentId\":\"%s\",\"action\":\"%s\"%s}"
              .formatted(user, content, action, more.isEmpty() ? "" : "," + more);
      Reply reply = kindred.post(BEHAVIOURS, body);
      assertThat(reply.status()).as(body + reply.response().body()).isEqualTo(201);
      return reply;
    }

    private static String row(String user, String content) {
      return "{\"userId\":\"%s\",\"contentId\":\"%s\",\"action\":\"viewed\"}"
          .formatted(user, content);
    }

    private void keep(List<String> rows) throws Exception {
      Reply report = kindred.post(BEHAVIOURS, "{\"behaviors\":[" + String.join(",", rows) + "]}");
      assertThat(report.json().at("/successful").asInt()).isEqualTo(rows.size());
    }

    private void describe(String content, String... genres) throws Exception {
      Reply reply =
          kindred.put(
              "/api/v1/content/" + content,
              "{\"mediaType\":\"movie\",\"title\":\"%s\",\"genres\":[\"%s\"]}"
                  .formatted(content, String.join("\",\"", genres)));
      assertThat(reply.status()).as(reply.response().body()).isIn(200, 201);
    }

    /** What a behaviour needs besides these members. */
    private static String minimal(String given) {
      String all = "";
      if (!given.contains("\"userId\"")) all += "\"userId\":\"ann\",";
      if (!given.contains("\"action\"")) all += "\"action\":\"viewed\",";
      return all + "\"contentId\":\"dune\",";
    }

    private JsonNode get(String path) throws Exception {
      Reply reply = kindred.get(path);
      assertThat(reply.status()).as(path + " " + reply.response().body()).isEqualTo(200);
      return reply.json();
    }

    private static List<String> texts(JsonNode array) {
      return array.valueStream().map(JsonNode::asString).toList();
    }
  }
}
