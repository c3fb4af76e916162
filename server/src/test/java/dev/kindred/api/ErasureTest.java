package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.api.TestKindred.Reply;
import dev.kindred.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A user who was erased leaves nothing behind in what others see: a system that knew them and one
 * that never did say the same, before the next model and after it.
 */
class ErasureTest {

  /**
   * Decayed sums are kept while things happen; what was added to them and is taken away again
   * leaves what rounding leaves, far less than this. Of two items that are nearer to each other,
   * either may stand first.
   */
  private static final double ROUNDING = 1e-6;

  /** Differ from answer to answer, whoever was erased. */
  private static final Set<String> OF_THE_ANSWER =
      Set.of("recommendation_id", "position", "model", "cache_hit");

  private static final int USERS = 24;
  private static final int ITEMS = 30;
  private static final String GONE = "u11";
  private static final List<String> TYPES =
      List.of("view", "click", "like", "add_to_cart", "purchase", "dislike");

  @TempDir private Path knew;
  @TempDir private Path neverKnew;
  private final SettableClock clock = SettableClock.atNoon();

  @Test
  void lists_of_all_others_are_those_of_a_system_that_never_knew_the_erased_user()
      throws Exception {
    try (var one = TestKindred.onSqlite(knew, Map.of(), clock);
        var other = TestKindred.onSqlite(neverKnew, Map.of(), clock)) {
      fill(one, true);
      fill(other, false);
      List<String> paths = paths();
      // What is cached by now knows of the user.
      for (String path : paths) ask(one, path);
      Reply receipt = one.delete("/api/v1/users/" + GONE);
      assertThat(receipt.status()).isEqualTo(200);
      assertThat(receipt.json().at("/interactions_removed").asInt()).isPositive();

      // Lists that a model made with the user has a share in follow with the next one.
      for (String path : paths) {
        if (!path.contains("algorithm=") && !path.contains("/entity/")) {
          same("at once, ", path, one, other);
        }
      }
      rebuild(one);
      rebuild(other);
      for (String path : paths) same("with a model, ", path, one, other);
    }
  }

  @Test
  void nothing_learned_with_the_user_is_left_in_the_next_model() throws Exception {
    try (var one = TestKindred.onSqlite(knew, Map.of(), clock);
        var other = TestKindred.onSqlite(neverKnew, Map.of(), clock)) {
      fill(one, true);
      fill(other, false);
      rebuild(one);
      rebuild(other);
      assertThat(one.delete("/api/v1/users/" + GONE).status()).isEqualTo(200);
      rebuild(one);
      rebuild(other);
      for (String path : paths()) same("with the next model, ", path, one, other);
    }
  }

  /** Both hear the same of the others, in the same order. */
  private void fill(TestKindred kindred, boolean knows) throws Exception {
    var random = new SplittableRandom(11); // the same for both, so that chance is no difference
    for (int item = 0; item < ITEMS; item++) {
      String attributes =
          "{\"category\":\"c%d\",\"price\":%d,\"tags\":[\"t%d\",\"t%d\"]}"
              .formatted(item % 4, 10 + item, item % 3, item % 7);
      stored(
          kindred.post(
              "/api/v1/entities",
              "{\"entity_id\":\"i%d\",\"entity_type\":\"product\",\"attributes\":%s}"
                  .formatted(item, attributes)));
    }
    for (int user = 0; user < USERS; user++) {
      String id = "u" + user;
      if (id.equals(GONE) && !knows) continue;
      String attributes =
          "{\"gender\":\"%s\",\"age\":%d}".formatted(user % 2 == 0 ? "f" : "m", user);
      stored(kindred.put("/api/v1/users/" + id, "{\"attributes\":" + attributes + "}"));
    }
    var rows = new ArrayList<String>();
    for (int n = 0; n < 900; n++) {
      int user = random.nextInt(USERS);
      int item = (user % 3) * (ITEMS / 3) + random.nextInt(ITEMS * 2 / 3);
      String type = TYPES.get(random.nextInt(TYPES.size()));
      String at = clock.instant().minus(Duration.ofMinutes(random.nextInt(50_000))).toString();
      double weight = random.nextInt(1, 50) / 7.0;
      if (user == 11 && n % 5 == 0) type = "hum";
      String row =
          "{\"user_id\":\"u%d\",\"entity_id\":\"i%d\",\"entity_type\":\"product\",\"interaction_type\":\"%s\",\"timestamp\":\"%s\"%s}"
              .formatted(user, item % ITEMS, type, at, n % 4 == 0 ? ",\"weight\":" + weight : "");
      if (user != 11 || knows) rows.add(row);
    }
    // What happened last is theirs.
    if (knows) {
      rows.add(
          rows.size() / 2,
          "{\"user_id\":\"%s\",\"entity_id\":\"i3\",\"interaction_type\":\"like\"}"
              .formatted(GONE));
    }
    Reply kept =
        stored(
            kindred.post(
                "/api/v1/interactions/bulk",
                "{\"interactions\":[" + String.join(",", rows) + "]}"));
    assertThat(kept.json().at("/failed").asInt()).isZero();
  }

  private static List<String> paths() {
    String lists = "/api/v1/recommendations/";
    var paths =
        new ArrayList<>(
            List.of(
                lists + "trending?count=30",
                lists + "popular?count=30",
                lists + "popular?count=30&segment.gender=m",
                lists + "user/stranger?count=30&explain=true"));
    for (int user = 0; user < USERS; user++) {
      if (("u" + user).equals(GONE)) continue;
      for (String algorithm : List.of("hybrid", "collaborative", "content_based")) {
        paths.add(lists + "user/u" + user + "?count=30&explain=true&algorithm=" + algorithm);
      }
      paths.add("/api/v1/users/u" + user + "/similar");
      paths.add("/api/v1/users/u" + user + "/analytics");
    }
    for (int item = 0; item < ITEMS; item++) {
      paths.add(lists + "entity/i" + item + "?count=30");
      paths.add("/api/v1/content/i" + item + "/metrics");
    }
    return paths;
  }

  private static void rebuild(TestKindred kindred) throws Exception {
    Reply made = kindred.post("/api/v1/admin/rebuild?wait=true", "{}");
    assertThat(made.status()).as(made.response().body()).isEqualTo(200);
  }

  private static Reply stored(Reply reply) {
    assertThat(reply.status()).as(reply.response().body()).isBetween(200, 201);
    return reply;
  }

  private static JsonNode ask(TestKindred kindred, String path) throws Exception {
    Reply reply = kindred.get(path);
    assertThat(reply.status()).as(path + ": " + reply.response().body()).isEqualTo(200);
    return reply.json();
  }

  private static void same(String when, String path, TestKindred one, TestKindred other)
      throws Exception {
    JsonNode expected = ask(other, path);
    JsonNode actual = ask(one, path);
    same(when + path + "\n" + actual + "\n" + expected + "\n", actual, expected);
  }

  private static void same(String where, JsonNode actual, JsonNode expected) {
    if (expected.isObject()) {
      assertThat(List.copyOf(actual.propertyNames()))
          .as(where)
          .containsExactlyElementsOf(expected.propertyNames());
      for (String name : expected.propertyNames()) {
        if (OF_THE_ANSWER.contains(name)) continue;
        same(where + "/" + name, actual.path(name), expected.path(name));
      }
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(where).isEqualTo(expected.size());
      List<JsonNode> expectedNow = inOrder(expected);
      List<JsonNode> actualNow = inOrder(actual);
      for (int n = 0; n < expected.size(); n++) {
        same(where + "/" + n, actualNow.get(n), expectedNow.get(n));
      }
    } else if (expected.isNumber()) {
      assertThat(actual.asDouble()).as(where).isCloseTo(expected.asDouble(), within(ROUNDING));
    } else {
      assertThat(actual).as(where).isEqualTo(expected);
    }
  }

  /** Lists are whole, so that their order follows from the scores, which are compared. */
  private static List<JsonNode> inOrder(JsonNode list) {
    var all = new ArrayList<JsonNode>();
    for (JsonNode each : list) all.add(each);
    all.sort(Comparator.comparing(each -> each.at("/entity_id").asString("")));
    return all;
  }
}
