package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.api.TestKindred.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The routes that answer lists, asked as callers ask them. */
class RecommendationsApiTest {
  private static final String ALL = "/api/v1/recommendations";
  private static final String ANN = ALL + "/user/ann";

  @TempDir private static Path folder;
  private static TestKindred server;
  private static int tenants;

  private Shop kindred;

  /** The server, asked on behalf of a tenant of its own. */
  private record Shop(String tenant) {
    Reply get(String path, String... headers) throws Exception {
      return send("GET", path, "", headers);
    }

    Reply post(String path, String body, String... headers) throws Exception {
      return send("POST", path, body, headers);
    }

    Reply send(String method, String path, String body, String... headers) throws Exception {
      var all = new ArrayList<>(List.of("X-Tenant-ID", tenant));
      all.addAll(List.of(headers));
      return server.send(method, path, body, all.toArray(String[]::new));
    }
  }

  @BeforeAll
  static void startServer() {
    server = TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /** Boots go with coats, by what bob and cleo did; sandals are shoes like boots. */
  @BeforeEach
  void fill() throws Exception {
    kindred = new Shop("shop" + ++tenants);
    put("product", "boots", "{\"category\":\"shoes\",\"price\":99,\"tags\":[\"warm\",\"brown\"]}");
    put("product", "sandals", "{\"category\":\"shoes\",\"price\":59,\"tags\":[\"light\"]}");
    put("product", "coat", "{\"category\":\"jackets\",\"price\":199,\"tags\":[\"warm\"]}");
    put("product", "hat", "{\"category\":\"hats\",\"price\":25,\"stock\":{\"here\":true}}");
    put("guide", "care", "{\"category\":\"shoes\",\"words\":900}");
    happens("bob", "purchase", "boots");
    happens("bob", "purchase", "coat");
    happens("cleo", "purchase", "boots");
    happens("cleo", "purchase", "coat");
    happens("ann", "click", "boots");
  }

  private void put(String type, String id, String attributes) throws Exception {
    var stored =
        kindred.post(
            "/api/v1/entities",
            "{\"entity_id\":\"%s\",\"entity_type\":\"%s\",\"attributes\":%s}"
                .formatted(id, type, attributes));
    assertThat(stored.status()).isEqualTo(201);
  }

  private Reply happens(String user, String type, String id) throws Exception {
    var recorded =
        kindred.post(
            "/api/v1/interactions",
            "{\"user_id\":\"%s\",\"interaction_type\":\"%s\",\"entity_id\":\"%s\"}"
                .formatted(user, type, id));
    assertThat(recorded.status()).isEqualTo(201);
    return recorded;
  }

  private Reply ask(String path, String... headers) throws Exception {
    Reply reply = kindred.get(path, headers);
    assertThat(reply.status()).as(path + ": " + reply.response().body()).isEqualTo(200);
    return reply;
  }

  private Reply askFor(String body) throws Exception {
    Reply reply = kindred.post(ALL, body);
    assertThat(reply.status()).as(body + ": " + reply.response().body()).isEqualTo(200);
    return reply;
  }

  private static List<String> ids(Reply reply) {
    return ids(reply.json().at("/recommendations"));
  }

  private static List<String> ids(JsonNode list) {
    var ids = new ArrayList<String>();
    for (JsonNode item : list) ids.add(item.at("/entity_id").asString());
    return ids;
  }

  private void refused(String path, String... sentence) throws Exception {
    Reply reply = kindred.get(path);
    assertThat(reply.status()).as(path).isEqualTo(400);
    assertThat(reply.at("/error/code")).as(path).isEqualTo("VALIDATION_ERROR");
    assertThat(reply.at("/error/message")).as(path).contains(sentence);
  }

  @Test
  void a_list_says_whom_it_is_for_how_it_was_made_and_as_of_when() throws Exception {
    long position = happens("ann", "view", "hat").position();
    var list = ask(ANN);
    assertThat(list.at("/user_id")).isEqualTo("ann");
    assertThat(list.at("/recommendation_id")).isNotEmpty();
    assertThat(list.at("/algorithm")).isEqualTo("hybrid");
    assertThat(list.json().at("/count").asInt()).isEqualTo(ids(list).size());
    assertThat(list.json().at("/cold_start").asBoolean()).isFalse();
    assertThat(list.at("/generated_at")).endsWith("Z");
    long asOf = list.json().at("/position").asLong();
    assertThat(asOf)
        .as("what the server does by itself has positions, too")
        .isBetween(position, position + 10);
    assertThat(list.at("/model")).isNotEmpty();
    assertThat(list.header("X-Kindred-Position")).isEqualTo(Long.toString(asOf));
    assertThat(list.json().at("/recommendations/0/attributes/price").isNumber()).isTrue();
    assertThat(ids(list)).first().isEqualTo("coat");
  }

  @Test
  void a_click_counts_in_the_very_next_answer() throws Exception {
    assertThat(ids(ask(ALL + "/user/dora"))).contains("boots");
    happens("dora", "click", "boots");
    var after = ask(ALL + "/user/dora?algorithm=collaborative&explain=true");
    assertThat(ids(after)).doesNotContain("boots").startsWith("coat");
    assertThat(after.at("/recommendations/0/explanation/because/0/entity_id")).isEqualTo("boots");
  }

  @Test
  void the_same_question_has_another_id_each_time_and_the_same_list() throws Exception {
    var first = ask(ANN);
    var second = ask(ANN);
    // The server counts some things anew soon after its start, which may fall in between, once.
    for (int n = 0; n < 3 && !second.json().at("/cache_hit").asBoolean(); n++) {
      first = second;
      second = ask(ANN);
    }
    assertThat(second.json().at("/cache_hit").asBoolean()).isTrue();
    assertThat(second.at("/recommendation_id")).isNotEqualTo(first.at("/recommendation_id"));
    assertThat(second.json().at("/recommendations")).isEqualTo(first.json().at("/recommendations"));
  }

  @Test
  void somebody_unknown_gets_the_best_for_anybody() throws Exception {
    var list = ask(ALL + "/user/nobody%2Fknown?count=5");
    assertThat(list.at("/user_id")).isEqualTo("nobody/known");
    assertThat(list.json().at("/cold_start").asBoolean()).isTrue();
    assertThat(ids(list)).hasSize(5);
  }

  @Test
  void count_says_how_many_and_has_bounds() throws Exception {
    assertThat(ids(ask(ANN + "?count=2"))).hasSize(2);
    var all = ask(ANN + "?count=100");
    assertThat(ids(all)).containsExactlyInAnyOrder("sandals", "coat", "hat", "care");
    assertThat(all.json().at("/shortfall/seen").asInt()).isEqualTo(1);
    refused(ANN + "?count=0", "count must be a whole number between 1 and 100, got '0'");
    refused(ANN + "?count=101", "count must be a whole number between 1 and 100, got '101'");
    refused(ANN + "?count=ten", "count", "got 'ten'");
  }

  @Test
  void every_algorithm_answers_by_any_spelling_of_its_name() throws Exception {
    for (String name : List.of("hybrid", "collaborative", "Content-Based", "TRENDING", "popular")) {
      var list = ask(ANN + "?algorithm=" + name);
      assertThat(list.at("/algorithm")).isEqualTo(name.toLowerCase(Locale.ROOT).replace('-', '_'));
      assertThat(ids(list)).as(name).doesNotContain("boots").hasSize(4);
    }
    refused(
        ANN + "?algorithm=magic",
        "algorithm must be hybrid, collaborative, content_based, trending or popular, got 'magic'");
  }

  @Test
  void weights_of_one_source_are_that_source() throws Exception {
    assertThat(ask(ANN + "?collaborative_weight=1").json().at("/recommendations"))
        .isEqualTo(ask(ANN + "?algorithm=collaborative").json().at("/recommendations"));
    var content = ask(ANN + "?algorithm=content_based").json().at("/recommendations");
    for (String name : List.of("content_based_weight=1", "content_weight=1")) {
      assertThat(ask(ANN + "?" + name).json().at("/recommendations")).isEqualTo(content);
    }
  }

  @Test
  void weights_that_make_no_sense_are_refused() throws Exception {
    String sentence = "collaborative_weight and content_based_weight must not be negative";
    refused(ANN + "?collaborative_weight=0.5&content_based_weight=0.6", sentence, "0.5 and 0.6");
    refused(ANN + "?collaborative_weight=1.5", sentence, "1.5 and none");
    refused(ANN + "?content_weight=-0.1", sentence);
    refused(ANN + "?collaborative_weight=much", "collaborative_weight must be a number");
    refused(ANN + "?collaborative_weight=NaN", "collaborative_weight must be a number");
    ask(ANN + "?collaborative_weight=0.3335&content_based_weight=0.6669");
  }

  @Test
  void an_entity_type_keeps_the_others_out() throws Exception {
    assertThat(ids(ask(ANN + "?entity_type=guide"))).containsExactly("care");
    assertThat(ids(ask(ANN + "?entity_type=product"))).doesNotContain("care").hasSize(3);
    assertThat(ids(ask(ANN + "?entity_type=unheard-of"))).isEmpty();
    refused(ANN + "?entity_type=not%20a%20type", "entity_type");
  }

  @Test
  void what_was_seen_comes_only_where_it_is_asked_for() throws Exception {
    assertThat(ids(ask(ANN))).doesNotContain("boots");
    assertThat(ids(ask(ANN + "?exclude_seen=true"))).doesNotContain("boots");
    assertThat(ids(ask(ANN + "?exclude_seen=false"))).contains("boots");
    refused(ANN + "?exclude_seen=maybe", "exclude_seen must be true or false, got 'maybe'");
  }

  @Test
  void excluded_ids_stay_out() throws Exception {
    assertThat(ids(ask(ANN + "?exclude=coat,hat,unheard-of")))
        .containsExactlyInAnyOrder("sandals", "care");
    refused(ANN + "?exclude=" + "x,".repeat(1_000), "exclude takes at most 1000 ids, got 1001");
  }

  @Test
  void a_least_score_shortens_the_list_and_says_so() throws Exception {
    var list = ask(ANN + "?min_score=0.99");
    assertThat(ids(list)).hasSizeLessThan(4);
    assertThat(list.json().at("/shortfall/min_score").asInt()).isPositive();
    refused(ANN + "?min_score=1.5", "min_score must be between 0 and 1, got 1.5");
    refused(ANN + "?min_score=-1", "min_score must be between 0 and 1");
  }

  @Test
  void diversity_keeps_the_length_and_has_bounds() throws Exception {
    assertThat(ids(ask(ANN + "?diversity=1&count=3"))).hasSize(3).doesNotHaveDuplicates();
    refused(ANN + "?diversity=2", "diversity must be between 0 and 1, got 2.0");
  }

  @Test
  void any_other_parameter_is_a_condition_on_an_attribute() throws Exception {
    assertThat(ids(ask(ANN + "?category=shoes"))).containsExactlyInAnyOrder("sandals", "care");
    assertThat(ids(ask(ANN + "?tags=warm"))).containsExactly("coat");
    assertThat(ids(ask(ANN + "?price.lte=59"))).containsExactlyInAnyOrder("sandals", "hat");
    assertThat(ids(ask(ANN + "?price.gte=100"))).containsExactly("coat");
    assertThat(ids(ask(ANN + "?price.gte=30&price.lte=100"))).containsExactly("sandals");
    assertThat(ids(ask(ANN + "?category.in=hats,jackets")))
        .containsExactlyInAnyOrder("hat", "coat");
    assertThat(ids(ask(ANN + "?category.ne=shoes"))).containsExactlyInAnyOrder("hat", "coat");
    assertThat(ids(ask(ANN + "?category=hats&category=jackets")))
        .containsExactlyInAnyOrder("hat", "coat");
    assertThat(ids(ask(ANN + "?stock.here=true"))).containsExactly("hat");
    assertThat(ids(ask(ANN + "?colour=none"))).isEmpty();
    refused(ANN + "?price.lte=cheap", "price.lte takes a number, got 'cheap'");
    refused(ANN + "?=x", "name of an attribute has 1 to 255 characters");
  }

  @Test
  void parameters_work_together() throws Exception {
    var list =
        ask(
            ANN
                + "?algorithm=popular&entity_type=product&exclude_seen=false&price.gte=50"
                + "&exclude=sandals&count=3&explain=true&diversity=0.3&min_score=0");
    assertThat(ids(list)).containsExactlyInAnyOrder("boots", "coat");
    assertThat(list.json().at("/shortfall/excluded").asInt()).isEqualTo(1);
    assertThat(list.json().at("/shortfall/filter").asInt()).isEqualTo(1);
  }

  @Test
  void an_explanation_adds_up_and_names_what_the_user_did() throws Exception {
    assertThat(ask(ANN).json().at("/recommendations/0/explanation").isMissingNode()).isTrue();
    var list = ask(ANN + "?explain=true");
    for (JsonNode item : list.json().at("/recommendations")) {
      float sum = 0;
      for (JsonNode part : item.at("/explanation/parts")) sum += part.at("/value").floatValue();
      float score = item.at("/score").floatValue();
      assertThat(Math.abs(sum - score)).as(item.toString()).isLessThanOrEqualTo(Math.ulp(score));
      assertThat(item.at("/explanation/sentence").asString()).isNotBlank();
    }
    JsonNode because = list.json().at("/recommendations/0/explanation/because/0");
    assertThat(because.at("/entity_id").asString()).isEqualTo("boots");
    assertThat(because.at("/interaction_type").asString()).isEqualTo("click");
    assertThat(list.json().at("/recommendations/0/explanation/neighbours").asInt()).isEqualTo(2);
    refused(ANN + "?explain=perhaps", "explain must be true or false");
  }

  @Test
  void a_sentence_calls_things_as_people_do() throws Exception {
    assertThat(sentence()).isEqualTo("It is like boots, which you chose.");
    rename("\"title\":\"Boot {0} 'n' all\"");
    assertThat(sentence()).isEqualTo("It is like Boot {0} 'n' all, which you chose.");
    rename("\"name\":\"%s\",\"title\":\"T\"".formatted("𝄞".repeat(81)));
    assertThat(sentence()).isEqualTo("It is like " + "𝄞".repeat(79) + "…, which you chose.");
    rename("\"name\":7,\"title\":\" \"");
    assertThat(sentence()).isEqualTo("It is like boots, which you chose.");
  }

  @Test
  void a_list_that_is_like_something_says_like_what() throws Exception {
    rename("\"name\":\"Winter boots\"");
    var alike = ask(ALL + "/entity/boots?entity_type=product&explain=true").json();
    for (JsonNode item : alike.at("/recommendations")) {
      String why = item.at("/explanation/sentence").asString();
      if (!item.at("/reason").asString().startsWith("similar")) continue;
      assertThat(why).contains("Winter boots").doesNotContain("you");
    }
    assertThat(alike.at("/recommendations/0/reason").asString()).startsWith("similar");
  }

  private void rename(String members) throws Exception {
    var stored =
        kindred.send(
            "PUT",
            "/api/v1/entities/boots?entity_type=product",
            "{\"attributes\":{\"category\":\"shoes\",\"tags\":[\"light\"],%s}}".formatted(members));
    assertThat(stored.status()).isEqualTo(200);
  }

  /** Why Ann, who chose boots, is shown sandals. */
  private String sentence() throws Exception {
    var list = ask(ANN + "?algorithm=content_based&explain=true").json().at("/recommendations");
    for (JsonNode item : list) {
      if (item.at("/entity_id").asString().equals("sandals")) {
        return item.at("/explanation/sentence").asString();
      }
    }
    throw new AssertionError("no sandals in " + list);
  }

  @Test
  void what_is_deleted_or_unavailable_is_in_no_list_from_the_next_answer_on() throws Exception {
    ask(ANN);
    assertThat(kindred.send("DELETE", "/api/v1/entities/coat", "").status()).isEqualTo(204);
    kindred.send(
        "PATCH",
        "/api/v1/entities/hat?entity_type=product",
        "{\"available_until\":\"2020-01-01T00:00:00Z\"}");
    assertThat(ids(ask(ANN))).containsExactlyInAnyOrder("sandals", "care");
    for (String path : List.of("/trending", "/popular", "/entity/boots")) {
      assertThat(ask(ALL + path).response().body()).as(path).doesNotContain("\"coat\"", "\"hat\"");
    }
  }

  @Test
  void similar_entities_are_by_who_took_them_or_by_what_they_are_like() throws Exception {
    var together = ask(ALL + "/entity/boots?algorithm=collaborative&count=1");
    assertThat(together.at("/entity_id")).isEqualTo("boots");
    assertThat(ids(together)).containsExactly("coat");
    assertThat(together.at("/recommendations/0/reason")).isEqualTo("similar_items");
    var alike = ask(ALL + "/entity/boots?algorithm=content_based&count=1");
    assertThat(ids(alike)).containsExactly("sandals");
    assertThat(alike.at("/recommendations/0/reason")).isEqualTo("similar_content");
    assertThat(ids(ask(ALL + "/entity/boots"))).doesNotContain("boots", "care").hasSize(3);
    assertThat(ids(ask(ALL + "/entity/boots?price.lte=30"))).containsExactly("hat");
  }

  @Test
  void an_id_that_several_types_have_wants_the_type_and_an_unknown_one_is_not_found()
      throws Exception {
    put("guide", "boots", "{\"category\":\"shoes\"}");
    var ambiguous = kindred.get(ALL + "/entity/boots");
    assertThat(ambiguous.status()).isEqualTo(409);
    assertThat(ambiguous.at("/error/code")).isEqualTo("AMBIGUOUS_ENTITY");
    assertThat(ambiguous.at("/error/message")).contains("guide", "product");
    assertThat(ids(ask(ALL + "/entity/boots?entity_type=guide"))).containsExactly("care");
    var unknown = kindred.get(ALL + "/entity/umbrella");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.at("/error/code")).isEqualTo("ENTITY_NOT_FOUND");
  }

  @Test
  void trending_and_popular_say_by_which_window() throws Exception {
    var trending = ask(ALL + "/trending?entity_type=product");
    assertThat(trending.json().at("/window_days").asInt()).isEqualTo(7);
    assertThat(ids(trending.json().at("/trending"))).startsWith("boots", "coat");
    assertThat(trending.at("/trending/0/reason")).isEqualTo("trending");
    assertThat(ask(ALL + "/trending?window_days=30").json().at("/window_days").asInt())
        .isEqualTo(30);
    refused(ALL + "/trending?window_days=0", "window_days must be between 1 and 90");
    refused(ALL + "/trending?window_days=91", "window_days must be between 1 and 90, got 91");
    var popular = ask(ALL + "/popular?entity_type=product&count=2&window_days=7");
    assertThat(ids(popular)).containsExactly("boots", "coat");
    assertThat(popular.at("/recommendations/0/reason")).isEqualTo("popular");
  }

  @Test
  void a_list_asked_for_as_json_takes_every_member() throws Exception {
    var list =
        askFor(
            """
            {"user_id": "ann", "count": 3, "algorithm": "hybrid", "collaborative_weight": 0.5,
             "entity_type": "product", "exclude_seen": false, "exclude": ["hat"],
             "filter": {"price": {"gte": 50, "lte": 150}, "category": ["shoes", "hats"]},
             "boost": [{"filter": {"category": "shoes"}, "factor": 1.5}], "min_score": 0,
             "diversity": 0.1, "explain": true, "context": {"age": 31}, "session": ["coat"],
             "explain_missing": ["coat", "hat", "umbrella"], "unheard": 1}
            """);
    assertThat(ids(list)).containsExactlyInAnyOrder("boots", "sandals");
    var rules = new HashSet<String>();
    for (JsonNode missing : list.json().at("/missing")) {
      rules.add(missing.at("/entity_id").asString() + " " + missing.at("/rule").asString());
    }
    assertThat(rules)
        .containsExactlyInAnyOrder("coat filter", "hat excluded", "umbrella not_there");
    assertThat(list.json().at("/warnings").toString()).contains("unheard");
  }

  @Test
  void a_session_speaks_for_somebody_unknown() throws Exception {
    var list = askFor("{\"session\":[\"boots\"],\"algorithm\":\"collaborative\",\"count\":1}");
    assertThat(ids(list)).containsExactly("coat");
    assertThat(list.json().at("/cold_start").asBoolean()).isFalse();
  }

  @Test
  void several_entities_may_be_what_a_list_is_like() throws Exception {
    var list = askFor("{\"entity_ids\":[\"boots\",\"hat\"],\"entity_type\":\"product\"}");
    assertThat(list.json().at("/entity_ids").size()).isEqualTo(2);
    assertThat(ids(list)).containsExactlyInAnyOrder("coat", "sandals");
  }

  @Test
  void bad_members_are_refused_where_they_stand() throws Exception {
    for (var bad :
        Map.of(
                "{\"count\":0}", "/count",
                "{\"algorithm\":\"magic\"}", "/algorithm",
                "{\"filter\":{\"price\":{\"above\":1}}}", "/filter/price/above",
                "{\"boost\":[{\"factor\":2}]}", "/boost/0/filter",
                "{\"boost\":[{\"filter\":{},\"factor\":-1}]}", "/boost/0/factor",
                "{\"session\":[{}]}", "/session/0",
                "{\"diversity\":7}", "/diversity",
                "{\"min_score\":\"x\"}", "/min_score")
            .entrySet()) {
      var refused = kindred.post(ALL, bad.getKey());
      assertThat(refused.status()).as(bad.getKey()).isEqualTo(400);
      assertThat(refused.at("/error/details/0/pointer"))
          .as(bad.getKey() + refused.response().body())
          .isEqualTo(bad.getValue());
    }
  }

  @Test
  void a_batch_answers_each_and_may_repeat_nothing() throws Exception {
    String requests =
        "\"requests\":[{\"user_id\":\"ann\",\"count\":2},{\"user_id\":\"x\",\"count\":3},"
            + "{\"algorithm\":\"popular\",\"count\":1}]";
    var plain = kindred.post(ALL + "/batch", "{" + requests + "}");
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.json().at("/results").size()).isEqualTo(3);
    assertThat(plain.at("/results/1/user_id")).isEqualTo("x");
    var distinct = kindred.post(ALL + "/batch", "{\"distinct\":true," + requests + "}");
    var all = new ArrayList<String>();
    for (JsonNode one : distinct.json().at("/results")) all.addAll(ids(one.at("/recommendations")));
    assertThat(all).hasSize(5).doesNotHaveDuplicates();
    var none = kindred.post(ALL + "/batch", "{}");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.at("/error/details/0/pointer")).isEqualTo("/requests");
    var many = "{\"requests\":[" + "{},".repeat(100) + "{}]}";
    assertThat(kindred.post(ALL + "/batch", many).at("/error/message"))
        .contains("at most 100 requests");
  }

  @Test
  void ranking_keeps_every_id_and_puts_the_best_first() throws Exception {
    var ranked =
        kindred.post(
            "/api/v1/rank",
            "{\"user_id\":\"ann\",\"entity_ids\":[\"umbrella\",\"hat\",\"coat\",\"boots\"]}");
    assertThat(ranked.status()).isEqualTo(200);
    var order = new ArrayList<String>();
    for (JsonNode id : ranked.json().at("/entity_ids")) order.add(id.asString());
    assertThat(order).containsExactlyInAnyOrder("umbrella", "hat", "coat", "boots");
    assertThat(order).last().isEqualTo("umbrella");
    assertThat(order.indexOf("coat")).isLessThan(order.indexOf("hat"));
    assertThat(ranked.json().at("/ranking/3/entity_type").isMissingNode()).isTrue();
    var missing = kindred.post("/api/v1/rank", "{\"entity_ids\":[]}");
    assertThat(missing.at("/error/details/0/pointer")).isEqualTo("/user_id");
  }

  @Test
  void a_reader_that_knows_a_position_is_answered_as_of_it_or_told_to_come_back() throws Exception {
    long position = happens("ann", "click", "hat").position();
    var list = ask(ANN, "X-Kindred-Min-Position", Long.toString(position));
    assertThat(list.json().at("/position").asLong()).isGreaterThanOrEqualTo(position);
    assertThat(ids(list)).doesNotContain("hat");
    var early = kindred.get(ANN, "X-Kindred-Min-Position", Long.toString(position + 1_000));
    assertThat(early.status()).isEqualTo(503);
    assertThat(early.at("/error/code")).isEqualTo("NOT_YET_VISIBLE");
  }

  @Test
  void tenants_see_nothing_of_each_other() throws Exception {
    ask(ANN);
    assertThat(ids(ask(ANN, "X-Tenant-ID", "other"))).isEmpty();
    server.post(
        "/api/v1/entities?tenant_id=other",
        "{\"entity_id\":\"boots\",\"entity_type\":\"product\",\"attributes\":{\"mine\":1}}");
    var theirs = ask(ANN, "X-Tenant-ID", "other");
    assertThat(ids(theirs)).containsExactly("boots");
    assertThat(theirs.json().at("/cold_start").asBoolean()).isTrue();
    assertThat(theirs.at("/recommendations/0/attributes/mine")).isEqualTo("1");
    var named = server.post(ALL, "{\"user_id\":\"ann\",\"tenant_id\":\"other\"}");
    assertThat(ids(named)).containsExactly("boots");
    var twice = kindred.post(ALL, "{\"user_id\":\"ann\",\"tenant_id\":\"other\"}");
    assertThat(twice.at("/error/message")).contains("names two tenants");
    var inside = server.post(ALL + "/batch", "{\"requests\":[{\"tenant_id\":\"other\"}]}");
    assertThat(inside.at("/error/message"))
        .contains("/requests/0/tenant_id: must be that of the whole batch, 'default', got 'other'");
    assertThat(ids(ask(ANN))).doesNotContain("boots");
  }

  @Test
  void the_bounds_are_those_of_the_tenant_that_the_body_names() throws Exception {
    var set =
        server.put(
            "/api/v1/tenants/small/config",
            "{\"MAX_RECOMMENDATION_COUNT\":3,\"DEFAULT_RECOMMENDATION_COUNT\":3}");
    assertThat(set.status()).as(set.response().body()).isLessThan(300);
    var refused = server.post(ALL, "{\"count\":4,\"tenant_id\":\"small\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/error/message")).contains("between 1 and 3");
    var batch =
        server.post(ALL + "/batch", "{\"requests\":[{},{\"count\":4}],\"tenant_id\":\"small\"}");
    assertThat(batch.at("/error/details/0/pointer")).isEqualTo("/requests/1/count");
    askFor("{\"count\":4}");
  }

  @Test
  void head_answers_without_a_body() throws Exception {
    for (String path : List.of(ANN, ALL + "/trending", ALL + "/popular", ALL + "/entity/boots")) {
      var head = kindred.send("HEAD", path, "");
      assertThat(head.status()).as(path).isEqualTo(200);
      assertThat(head.response().body()).as(path).isEmpty();
      assertThat(Integer.parseInt(head.header("Content-Length"))).as(path).isPositive();
    }
    var wrong = kindred.send("DELETE", ANN, "");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("Allow")).contains("GET", "HEAD");
  }

  @Test
  void a_publishable_key_reads_lists_from_the_pages_that_it_is_bound_to() throws Exception {
    var made =
        kindred.post(
            "/api/v1/keys",
            "{\"name\":\"page\",\"kind\":\"publishable\",\"tenant_id\":\""
                + kindred.tenant()
                + "\","
                + "\"origins\":[\"https://shop.example\"]}");
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    String key = made.at("/key");
    var list = ask(ANN, "X-API-Key", key, "Origin", "https://shop.example");
    assertThat(ids(list)).contains("coat");
    assertThat(kindred.get(ANN, "X-API-Key", key, "Origin", "https://elsewhere.example").status())
        .isEqualTo(403);
  }

  @Test
  void lists_are_timed_by_algorithm_and_both_caches_counted() throws Exception {
    ask(ANN + "?algorithm=popular");
    ask(ALL + "/trending");
    ask(ALL + "/trending");
    String metrics = server.get("/metrics").response().body();
    assertThat(metrics)
        .contains(
            "recommendation_duration_seconds_bucket{algorithm=\"popular\"",
            "redis_cache_hits_total",
            "redis_cache_misses_total",
            "recommendation_cache_hits_total",
            "recommendation_cache_misses_total",
            "model_age_seconds");
    var health = server.get("/health");
    assertThat(health.at("/status")).isEqualTo("healthy");
    assertThat(health.json().at("/components").propertyNames())
        .contains("database", "cache", "model");
  }
}
