package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.api.TestKindred.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is popular with whom, asked over HTTP. */
final class SegmentsApiTest {
  private static final String POPULAR = "/api/v1/recommendations/popular";
  private static final String USER = "/api/v1/recommendations/user/";

  @TempDir private Path folder;

  /** Women buy boots, men hats; everybody in 213 likes gloves a little. */
  private TestKindred open(Map<String, String> variables) throws Exception {
    var all = new HashMap<>(Map.of("LOG_LEVEL", "error"));
    all.putAll(variables);
    TestKindred kindred = TestKindred.onSqlite(folder, all);
    for (String id : List.of("boots", "hat", "gloves", "coat")) {
      ok(
          kindred.post(
              "/api/v1/entities",
              "{\"entity_id\":\"%s\",\"entity_type\":\"product\",\"attributes\":{\"winter\":%s}}"
                  .formatted(id, !id.equals("hat"))));
    }
    for (int n = 0; n < 24; n++) {
      boolean isWoman = n % 3 == 0;
      String user = "user" + n;
      happens(kindred, user, "purchase", isWoman ? "boots" : "hat");
      // What is said of users counts for what they did before, too.
      ok(
          kindred.put(
              "/api/v1/users/" + user,
              "{\"attributes\":{\"geo_id\":%d,\"gender\":\"%s\",\"plan\":\"%s\"}}"
                  .formatted(
                      n < 12 ? 213 : 2, isWoman ? "female" : "m", isWoman ? "gold" : "free")));
      if (n < 12) happens(kindred, user, "click", "gloves");
    }
    return kindred;
  }

  private static void happens(TestKindred kindred, String user, String type, String id)
      throws Exception {
    ok(
        kindred.post(
            "/api/v1/interactions",
            "{\"user_id\":\"%s\",\"entity_id\":\"%s\",\"interaction_type\":\"%s\"}"
                .formatted(user, id, type)));
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.response().body()).isBetween(200, 299);
    return reply;
  }

  private static List<String> ids(Reply reply) {
    var ids = new ArrayList<String>();
    for (JsonNode item : ok(reply).json().at("/recommendations")) {
      ids.add(item.at("/entity_id").asString());
    }
    return ids;
  }

  private static String reason(Reply reply) {
    return reply.at("/recommendations/0/reason");
  }

  @Test
  void what_is_popular_depends_on_with_whom() throws Exception {
    try (var kindred = open(Map.of())) {
      assertThat(ids(kindred.get(POPULAR))).first().isEqualTo("hat");
      assertThat(reason(kindred.get(POPULAR))).isEqualTo("popular");

      Reply women = kindred.get(POPULAR + "?segment.geo_id=213&segment.gender=f");
      assertThat(ids(women)).first().isEqualTo("boots");
      assertThat(ids(women)).as("full all the same").hasSize(4);
      assertThat(reason(women)).isEqualTo("popular_in_segment");
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=female"))).first().isEqualTo("boots");
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=f&segment.geo_id=9999")))
          .as("a place that nobody is in")
          .first()
          .isEqualTo("boots");
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=m"))).first().isEqualTo("hat");
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=f&winter=false")))
          .containsExactly("hat");

      Reply again = kindred.get(POPULAR + "?segment.geo_id=213&segment.gender=f");
      assertThat(again.json().at("/recommendations").toString())
          .isEqualTo(women.json().at("/recommendations").toString());
    }
  }

  @Test
  void a_purchase_counts_in_the_next_answer_about_its_segment() throws Exception {
    try (var kindred = open(Map.of())) {
      ok(kindred.put("/api/v1/users/zoe", "{\"attributes\":{\"gender\":\"f\"}}"));
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=f"))).first().isEqualTo("boots");
      for (int n = 0; n < 10; n++) happens(kindred, "zoe", "purchase", "coat");
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=f"))).first().isEqualTo("coat");
      ok(kindred.put("/api/v1/users/zoe", "{\"attributes\":{\"gender\":\"m\"}}"));
      assertThat(ids(kindred.get(POPULAR + "?segment.gender=f")))
          .as("what she did has moved")
          .first()
          .isEqualTo("boots");
    }
  }

  @Test
  void somebody_unknown_gets_what_is_popular_with_people_like_them() throws Exception {
    try (var kindred = open(Map.of())) {
      ok(kindred.put("/api/v1/users/eve", "{\"attributes\":{\"gender\":\"f\",\"geo_id\":2}}"));
      Reply eve = kindred.get(USER + "eve?explain=true");
      assertThat(ids(eve)).first().isEqualTo("boots");
      assertThat(reason(eve)).isEqualTo("popular_in_segment");
      assertThat(eve.json().at("/cold_start").asBoolean()).isTrue();
      assertThat(eve.at("/recommendations/0/explanation/parts/0/source"))
          .isEqualTo("popular_in_segment");
      assertThat(ids(kindred.get(USER + "stranger?segment.gender=f"))).first().isEqualTo("boots");
      assertThat(
              ids(
                  kindred.post(
                      "/api/v1/recommendations",
                      "{\"user_id\":\"stranger\",\"context\":{\"gender\":\"f\"}}")))
          .first()
          .isEqualTo("boots");
      assertThat(reason(kindred.get(USER + "stranger"))).isNotEqualTo("popular_in_segment");
    }
  }

  @Test
  void somebody_of_whom_little_is_known_gets_both() throws Exception {
    try (var kindred = open(Map.of())) {
      ok(kindred.put("/api/v1/users/eve", "{\"attributes\":{\"gender\":\"f\"}}"));
      happens(kindred, "eve", "click", "gloves");
      Reply eve = kindred.get(USER + "eve?explain=true&algorithm=collaborative");
      assertThat(eve.json().at("/cold_start").asBoolean()).isFalse();
      var sources = new ArrayList<String>();
      for (JsonNode part : eve.json().at("/recommendations/0/explanation/parts")) {
        sources.add(part.at("/source").asString());
      }
      assertThat(sources).contains("popular_in_segment");
      assertThat(sources).anyMatch(source -> source.startsWith("similar_"));
    }
  }

  @Test
  void any_attributes_make_segments() throws Exception {
    try (var kindred = open(Map.of("SEGMENT_ATTRIBUTES", "plan"))) {
      assertThat(ids(kindred.get(POPULAR + "?segment.plan=gold"))).first().isEqualTo("boots");
      Reply refused = kindred.get(POPULAR + "?segment.gender=f");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.at("/error/message")).contains("plan", "segment.gender");
    }
  }
}
