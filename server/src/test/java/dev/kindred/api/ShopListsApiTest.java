package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.api.TestKindred.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The routes by which the widget and shop plugins read lists. */
class ShopListsApiTest {
  private static final String ACME = "/api/v1/recommendations/acme";

  @TempDir private static Path folder;
  private static TestKindred kindred;

  /** Cameras are bought with cards, everything with bags; phones are like cameras. */
  @BeforeAll
  static void start() throws Exception {
    kindred = TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"));
    put("camera", "{\"category\":\"devices\",\"price\":900}");
    put("phone", "{\"category\":\"devices\",\"price\":800}");
    put("card", "{\"category\":\"parts\",\"price\":30}");
    put("bag", "{\"category\":\"bags\",\"price\":50}");
    put("lamp", "{\"category\":\"home\",\"price\":40}");
    for (int n = 0; n < 6; n++) order("c" + n, "camera", "card", n % 2 == 0 ? "bag" : "lamp");
    for (int n = 0; n < 12; n++) order("b" + n, "bag", n % 2 == 0 ? "lamp" : "phone");
    for (int n = 0; n < 9; n++) view("v" + n, "camera", "phone");
    view("ann", "camera");
  }

  @AfterAll
  static void stop() {
    kindred.close();
  }

  private static void put(String id, String attributes) throws Exception {
    var stored =
        kindred.post(
            "/api/v1/products/acme",
            "{\"entity_id\":\"%s\",\"attributes\":%s}".formatted(id, attributes));
    assertThat(stored.status()).isEqualTo(201);
  }

  private static void order(String user, String... ids) throws Exception {
    var items = new ArrayList<String>();
    for (String id : ids) items.add("{\"entity_id\":\"" + id + "\",\"quantity\":1,\"price\":1}");
    var recorded =
        kindred.post(
            "/api/v1/interactions?tenant_id=acme",
            "{\"user_id\":\"%s\",\"order_id\":\"o-%s\",\"items\":%s,\"total\":3}"
                .formatted(user, user, items));
    assertThat(recorded.status()).as(recorded.response().body()).isEqualTo(201);
  }

  private static void view(String user, String... ids) throws Exception {
    for (String id : ids) {
      kindred.post(
          "/api/v1/interactions?tenant_id=acme",
          "{\"user_id\":\"%s\",\"interaction_type\":\"view\",\"entity_id\":\"%s\"}"
              .formatted(user, id));
    }
  }

  private static List<String> list(Reply reply) {
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.json().isArray()).isTrue();
    assertThat(reply.position()).isPositive();
    var ids = new ArrayList<String>();
    double last = 1;
    for (JsonNode item : reply.json()) {
      assertThat(item.propertyNames())
          .containsExactlyInAnyOrder("entity_id", "entity_type", "score", "attributes");
      assertThat(item.at("/score").asDouble()).isBetween(0.0, last);
      last = item.at("/score").asDouble();
      ids.add(item.at("/entity_id").asString());
    }
    return ids;
  }

  @Test
  void similar_ones_are_a_bare_array() throws Exception {
    var similar = kindred.get(ACME + "/similar/camera?algorithm=content_based&count=1");
    assertThat(list(similar)).containsExactly("phone");
    assertThat(similar.json().at("/0/attributes/price").asInt()).isEqualTo(800);
    assertThat(list(kindred.get(ACME + "/similar/camera?price.lte=45")))
        .containsExactlyInAnyOrder("card", "lamp");
    assertThat(kindred.get(ACME + "/similar/umbrella").status()).isEqualTo(404);
  }

  @Test
  void trending_ones_may_be_of_one_category() throws Exception {
    assertThat(list(kindred.get(ACME + "/trending?count=2"))).hasSize(2).contains("bag");
    assertThat(list(kindred.get(ACME + "/trending?category=devices")))
        .containsExactlyInAnyOrder("camera", "phone");
    assertThat(kindred.get(ACME + "/trending?count=0").status()).isEqualTo(400);
  }

  @Test
  void a_users_list_leaves_out_what_they_know() throws Exception {
    assertThat(list(kindred.get(ACME + "/personalized/ann"))).doesNotContain("camera").hasSize(4);
    assertThat(list(kindred.get(ACME + "/personalized/nobody%2Fknown?count=5"))).hasSize(5);
  }

  @Test
  void what_is_bought_together_comes_before_what_everybody_buys_or_looks_at() throws Exception {
    var complement = list(kindred.get(ACME + "/complement/camera"));
    assertThat(complement).startsWith("card").doesNotContain("camera").hasSize(4);
    assertThat(complement.indexOf("phone")).isGreaterThan(complement.indexOf("bag"));
    assertThat(list(kindred.get(ACME + "/complement/camera?count=1&exclude=card")))
        .doesNotContain("card")
        .hasSize(1);
    assertThat(kindred.get(ACME + "/complement/umbrella").status()).isEqualTo(404);
  }

  @Test
  void a_bundle_goes_with_all_of_them() throws Exception {
    var bundle =
        kindred.post(ACME + "/bundle", "{\"product_ids\":[\"camera\",\"bag\"],\"count\":3}");
    assertThat(list(bundle)).startsWith("card").doesNotContain("camera", "bag").hasSize(3);
    var without = kindred.post(ACME + "/bundle", "{\"count\":3}");
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.at("/error/details/0/pointer")).isEqualTo("/product_ids");
    assertThat(kindred.post(ACME + "/bundle", "{\"product_ids\":[],\"count\":101}").status())
        .isEqualTo(400);
  }

  @Test
  void a_batch_is_those_entities_in_that_order() throws Exception {
    var those =
        kindred.post(
            ACME + "/batch", "{\"product_ids\":[\"lamp\",\"umbrella\",\"camera\",\"lamp\"]}");
    assertThat(list(those)).containsExactly("lamp", "camera");
    assertThat(list(kindred.post(ACME + "/batch", "{\"product_ids\":[]}"))).isEmpty();
  }

  @Test
  void another_shop_sees_none_of_it_and_the_key_of_a_shop_opens_no_other() throws Exception {
    assertThat(kindred.get("/api/v1/recommendations/other/trending").json().size()).isZero();
    assertThat(kindred.get(ACME + "/trending?tenant_id=other").status()).isEqualTo(400);
    var key =
        kindred
            .post(
                "/api/v1/keys",
                "{\"name\":\"page\",\"kind\":\"publishable\",\"tenant_id\":\"acme\","
                    + "\"origins\":[\"https://shop.example\"]}")
            .at("/key");
    String[] page = {"X-API-Key", key, "Origin", "https://shop.example"};
    assertThat(list(kindred.get(ACME + "/trending", page))).contains("bag");
    assertThat(kindred.get("/api/v1/recommendations/other/trending", page).status()).isEqualTo(403);
  }
}
