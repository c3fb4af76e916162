package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.CachedRecommender.Served;
import dev.kindred.recommend.Lists;
import dev.kindred.recommend.Lists.Counts;
import dev.kindred.recommend.Recommendation;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommender.Named;
import dev.kindred.recommend.Request;
import dev.kindred.recommend.Variants;
import dev.kindred.recommend.Variants.Asked;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Lists as the widget and shop plugins ask for them: the path names the tenant, and answers are
 * bare arrays. {@code X-Kindred-Position} says what they are as of.
 */
final class ShopListsApi {
  private static final EntityType PRODUCT = new EntityType("product");
  private static final int TRENDING_COUNT = 20;

  private final Lists lists;

  ShopListsApi(Lists lists) {
    this.lists = lists;
  }

  List<Route> routes() {
    String all = "/api/v1/recommendations/{tenant}";
    return List.of(
        Route.get(all + "/similar/{entity_id}", PUBLISHABLE, "What is like it", this::similar),
        Route.get(all + "/trending", PUBLISHABLE, "What more is going on around", this::trending),
        Route.get(all + "/personalized/{user_id}", PUBLISHABLE, "For a user", this::forUser),
        Route.get(
            all + "/complement/{entity_id}", PUBLISHABLE, "Bought together", this::complement),
        Route.post(all + "/bundle", PUBLISHABLE, "Bought with several", this::bundle),
        Route.post(all + "/batch", PUBLISHABLE, "Those entities", this::those));
  }

  private Answer similar(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    return answer(lists.of(tenant, like(exchange, tenant)));
  }

  private Answer trending(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    int most = lists.counts(tenant).most();
    Request request =
        RecommendParameters.read(exchange.query(), new Counts(Math.min(TRENDING_COUNT, most), most))
            .algorithm(Algorithm.TRENDING)
            .build();
    return answer(lists.of(tenant, request));
  }

  private Answer forUser(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    String user = new UserId(exchange.path("user_id")).value();
    Request.Builder request =
        RecommendParameters.read(exchange.query(), lists.counts(tenant)).user(user);
    Asked asked = Variants.fill(lists, tenant, request, RecommendParameters.said(exchange.query()));
    return answer(lists.of(tenant, asked));
  }

  private Answer complement(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    Recommendation made = lists.complement(tenant, like(exchange, tenant));
    return answer(made.items(), made.position());
  }

  private Answer bundle(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    List<String> ids = null;
    OptionalInt count = OptionalInt.empty();
    TenantId tenant = tenant(exchange);
    Counts counts = lists.counts(tenant);
    var fields = reader.object();
    while (fields.next()) {
      switch (fields.name()) {
        case "product_ids" -> ids = RecommendBody.ids(reader);
        case "count" -> count = OptionalInt.of((int) reader.integer(1, counts.most()));
        default -> fields.unknown();
      }
    }
    reader.end();
    Request.Builder request = Request.builder(count.orElse(counts.usual()));
    request.like(fields.require("product_ids", ids));
    Recommendation made = lists.complement(tenant, request.build());
    return answer(made.items(), made.position());
  }

  private Answer those(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    List<String> ids = null;
    var fields = reader.object();
    while (fields.next()) {
      if (fields.name().equals("product_ids")) ids = RecommendBody.ids(reader);
      else fields.unknown();
    }
    reader.end();
    TenantId tenant = tenant(exchange);
    var writer = new JsonWriter(2_048).beginArray();
    for (Named one : lists.named(tenant, fields.require("product_ids", ids), PRODUCT)) {
      writer.beginObject();
      writer.field("entity_id", one.id()).field("entity_type", one.type().value());
      writer.field("score", 1).field("attributes", one.attributes()).endObject();
    }
    return Answer.ok(writer.endArray().toByteArray()).at(lists.position(tenant));
  }

  /** A request for what is like, or goes with, the entity that the path names. */
  private Request like(Exchange exchange, TenantId tenant) {
    var id = new EntityId(exchange.path("entity_id"));
    Optional<EntityType> said = exchange.query().one("entity_type").map(EntityType::new);
    return RecommendParameters.read(exchange.query(), lists.counts(tenant))
        .like(List.of(id.value()))
        .type(Optional.of(lists.typeOf(tenant, id, said)))
        .build();
  }

  private static Answer answer(Served served) {
    return answer(served.recommendation().items(), served.position());
  }

  private static Answer answer(List<Item> items, long position) {
    var writer = new JsonWriter(2_048).beginArray();
    for (Item item : items) {
      writer.beginObject();
      writer.field("entity_id", item.id()).field("entity_type", item.type().value());
      writer.name("score").number(item.score()).field("attributes", item.attributes());
      writer.endObject();
    }
    return Answer.ok(writer.endArray().toByteArray()).at(position);
  }

  private static TenantId tenant(Exchange exchange) {
    return exchange.tenant(Optional.of(exchange.path("tenant")));
  }
}
