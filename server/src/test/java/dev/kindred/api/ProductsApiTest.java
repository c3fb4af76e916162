package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes by which shop plugins keep their catalogue here. */
class ProductsApiTest {

  private static final String MUG = "{\"entity_id\":\"mug\",\"attributes\":{\"price\":9.5}}";

  @TempDir private Path folder;
  private TestKindred kindred;

  @BeforeEach
  void start() {
    kindred = TestKindred.onSqlite(folder, Map.of());
  }

  @AfterEach
  void stop() {
    kindred.close();
  }

  @Test
  void a_product_is_created_then_replaced_and_is_an_entity_of_the_tenant_in_the_path()
      throws Exception {
    var created = kindred.post("/api/v1/products/acme", MUG);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/entity_type")).isEqualTo("product");
    assertThat(created.at("/tenant_id")).isEqualTo("acme");
    var replaced =
        kindred.post("/api/v1/products/acme/", "{\"entity_id\":\"mug\",\"attributes\":{}}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.position()).isGreaterThan(created.position());

    var stored = kindred.get("/api/v1/entities/mug?tenant_id=acme");
    assertThat(stored.json().at("/attributes").toString()).isEqualTo("{}");
    assertThat(kindred.get("/api/v1/entities/mug").status()).isEqualTo(404);
  }

  @Test
  void a_product_may_have_another_type() throws Exception {
    kindred.post("/api/v1/products/acme", "{\"entity_id\":7,\"entity_type\":\"voucher\"}");

    var stored = kindred.get("/api/v1/entities/7?tenant_id=acme");
    assertThat(stored.at("/entity_type")).isEqualTo("voucher");
    assertThat(kindred.delete("/api/v1/products/acme/7").status()).isEqualTo(404);
    assertThat(kindred.delete("/api/v1/products/acme/7?entity_type=voucher").status())
        .isEqualTo(204);
  }

  @Test
  void a_deleted_product_is_gone() throws Exception {
    kindred.post("/api/v1/products/acme", MUG);

    assertThat(kindred.delete("/api/v1/products/acme/mug").status()).isEqualTo(204);

    assertThat(kindred.get("/api/v1/entities/mug?tenant_id=acme").status()).isEqualTo(404);
    var again = kindred.delete("/api/v1/products/acme/mug");
    assertThat(again.at("/error/code")).isEqualTo("ENTITY_NOT_FOUND");
  }

  @Test
  void what_is_missing_or_contradicts_the_path_is_told() throws Exception {
    var withoutId = kindred.post("/api/v1/products/acme", "{\"attributes\":{}}");
    assertThat(withoutId.status()).isEqualTo(400);
    assertThat(withoutId.at("/error/details/0/pointer")).isEqualTo("/entity_id");
    var other =
        kindred.post("/api/v1/products/acme", "{\"entity_id\":\"a\",\"tenant_id\":\"other\"}");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.at("/error/details/0/pointer")).isEqualTo("/tenant_id");
    assertThat(kindred.post("/api/v1/products/acme?tenant_id=other", MUG).status()).isEqualTo(400);
  }

  @Test
  void a_key_that_lives_in_a_browser_does_not_change_the_catalogue() throws Exception {
    String secret =
        kindred
            .post(
                "/api/v1/keys",
                "{\"kind\":\"publishable\",\"tenant_id\":\"acme\","
                    + "\"origins\":[\"https://shop.example\"]}")
            .at("/key");

    var refused =
        kindred.post(
            "/api/v1/products/acme", MUG, "X-API-Key", secret, "Origin", "https://shop.example");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
  }
}
