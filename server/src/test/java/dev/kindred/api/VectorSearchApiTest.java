package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.store.jdbc.TestDatabase;
import dev.kindred.testing.Patience;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists over HTTP while the database searches what is alike. */
@Tag(TestServices.TAG)
final class VectorSearchApiTest {

  private static final String ALIKE =
      "/api/v1/recommendations/entity/boots?algorithm=content_based&count=";

  @Test
  void lists_are_answered_from_pgvector_and_say_so_when_it_does_not_answer() throws Exception {
    try (var database = TestDatabase.postgresql();
        var kindred =
            TestKindred.start(
                Map.of("DATABASE_URL", database.url(), "VECTOR_SEARCH", "pgvector"))) {
      put(kindred, "boots", "shoes");
      put(kindred, "sandals", "shoes");
      put(kindred, "coat", "jackets");
      kindred.post(
          "/api/v1/interactions",
          """
          {"user_id": "ann", "entity_id": "boots", "interaction_type": "like"}\
          """);

      JsonNode alike = kindred.get(ALIKE + 1).json();
      assertThat(ids(alike)).containsExactly("sandals");
      assertThat(alike.at("/recommendations/0/reason").asString()).isEqualTo("similar_content");
      assertThat(alike.has("warnings")).isFalse();
      String forAnn = "/api/v1/recommendations/user/ann?algorithm=content_based&count=1";
      assertThat(ids(kindred.get(forAnn).json())).containsExactly("sandals");
      assertThat(kindred.get("/api/v1/content/boots/nearest?limit=1").at("/nearest/0/contentId"))
          .isEqualTo("sandals");

      put(kindred, "slippers", "shoes");
      assertThat(ids(kindred.get(ALIKE + 2).json()))
          .containsExactlyInAnyOrder("sandals", "slippers");
      kindred.delete("/api/v1/entities/slippers");
      assertThat(ids(kindred.get(ALIKE + 2).json())).containsExactly("sandals", "coat");

      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("lock table entity_vectors in access exclusive mode");
        var without = kindred.get(ALIKE + 3);
        assertThat(without.status()).isEqualTo(200);
        assertThat(ids(without.json())).hasSize(2);
        assertThat(without.at("/warnings/0")).contains("what is alike");
        assertThat(kindred.get("/api/v1/content/boots/nearest").at("/error/code"))
            .isEqualTo("DATABASE_UNAVAILABLE");
        connection.rollback();
      }
      // It was not remembered, and is whole as soon as somebody asks the database again.
      JsonNode whole =
          Patience.until(() -> kindred.get(ALIKE + 3).json(), list -> !list.has("warnings"));
      assertThat(ids(whole)).startsWith("sandals");
      assertThat(kindred.get("/metrics").response().body())
          .contains("vector_searches_total")
          .contains("vector_searches_unanswered_total");
    }
  }

  private static void put(TestKindred kindred, String id, String category) throws Exception {
    var made =
        kindred.post(
            "/api/v1/entities",
            """
            {"entity_id": "%s", "entity_type": "product", "attributes": {"category": "%s"}}\
            """
                .formatted(id, category));
    assertThat(made.status()).isEqualTo(201);
  }

  private static List<String> ids(JsonNode list) {
    return list.at("/recommendations")
        .valueStream()
        .map(it -> it.at("/entity_id").asString())
        .toList();
  }
}
