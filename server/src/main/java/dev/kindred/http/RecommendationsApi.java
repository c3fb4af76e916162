package dev.kindred.http;

import static dev.kindred.http.Access.PUBLISHABLE;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.http.RecommendBody.Read;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.CachedRecommender.Served;
import dev.kindred.recommend.Lists;
import dev.kindred.recommend.Lists.Counts;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Request;
import dev.kindred.recommend.Variants;
import dev.kindred.recommend.Variants.Asked;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Lists: for users, like entities, trending, popular, and any mix of these. */
final class RecommendationsApi {
  private static final int TRENDING_COUNT = 20;
  private static final int REQUESTS_MAX = 100;

  private final Lists lists;

  RecommendationsApi(Lists lists) {
    this.lists = lists;
  }

  List<Route> routes() {
    String all = "/api/v1/recommendations";
    return List.of(
        Route.get(all + "/user/{user_id}", PUBLISHABLE, "What a user should see", this::forUser),
        Route.get(all + "/entity/{entity_id}", PUBLISHABLE, "What is like an entity", this::like),
        Route.get(all + "/trending", PUBLISHABLE, "What more is going on around", this::trending),
        Route.get(all + "/popular", PUBLISHABLE, "What most is going on around", this::popular),
        Route.post(all, PUBLISHABLE, "Any list, asked for as JSON", this::any),
        Route.post(all + "/batch", PUBLISHABLE, "Many lists at once", this::batch),
        Route.post("/api/v1/rank", PUBLISHABLE, "Entities in a user's order", this::rank));
  }

  private Answer forUser(Exchange exchange) {
    String user = new UserId(exchange.path("user_id")).value();
    TenantId tenant = exchange.tenant();
    RecommendParameters.requireSegments(exchange.query(), lists.segmentPlan(tenant));
    Request.Builder request =
        RecommendParameters.read(exchange.query(), lists.counts(tenant)).user(user);
    var said = RecommendParameters.said(exchange.query());
    return answer(exchange, tenant, Variants.fill(lists, tenant, request, said), List.of());
  }

  private Answer like(Exchange exchange) {
    var id = new EntityId(exchange.path("entity_id"));
    TenantId tenant = exchange.tenant();
    Request.Builder request =
        RecommendParameters.read(exchange.query(), lists.counts(tenant)).like(List.of(id.value()));
    Optional<EntityType> said = exchange.query().one("entity_type").map(EntityType::new);
    return answer(
        exchange, tenant, request.type(Optional.of(lists.typeOf(tenant, id, said))).build());
  }

  private Answer trending(Exchange exchange) {
    Counts counts = lists.counts(exchange.tenant());
    int usual = Math.min(TRENDING_COUNT, counts.most());
    Request request =
        RecommendParameters.read(exchange.query(), new Counts(usual, counts.most()))
            .algorithm(Algorithm.TRENDING)
            .build();
    Served served = lists.of(exchange.tenant(), request);
    var writer = new JsonWriter(RecommendShape.USUAL_BYTES).beginObject();
    RecommendShape.writeItems(writer, "trending", served);
    writer.field("count", served.recommendation().items().size());
    double days = lists.windowDays(exchange.tenant(), request);
    writer.name("window_days");
    if (days == Math.rint(days)) writer.number((long) days);
    else writer.number(days);
    writer.field("position", served.position());
    writer.field("cache_hit", served.isHit());
    return Answer.ok(writer.endObject().toByteArray()).at(served.position());
  }

  private Answer popular(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    RecommendParameters.requireSegments(exchange.query(), lists.segmentPlan(tenant));
    Request request =
        RecommendParameters.read(exchange.query(), lists.counts(tenant))
            .algorithm(Algorithm.POPULAR)
            .build();
    return answer(exchange, tenant, request);
  }

  private Answer any(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    var read = RecommendBody.read(reader);
    reader.end();
    TenantId tenant = exchange.tenant(read.tenant());
    Asked asked = Variants.fill(lists, tenant, read.under(lists.counts(tenant)), read.said());
    return answer(exchange, tenant, asked, reader.unknownFields());
  }

  private Answer batch(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    List<Read> requests = null;
    boolean distinct = false;
    Optional<String> said = Optional.empty();
    var fields = reader.object();
    while (fields.next()) {
      switch (fields.name()) {
        case "requests" -> requests = requests(reader);
        case "distinct" -> distinct = reader.bool();
        case "tenant_id" -> said = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    requests = fields.require("requests", requests);
    TenantId tenant = exchange.tenant(said);
    var shown = new LinkedHashSet<String>();
    var writer =
        new JsonWriter(RecommendShape.USUAL_BYTES).beginObject().name("results").beginArray();
    Counts counts = lists.counts(tenant);
    for (Read read : requests) {
      read.requireTenant(tenant);
      Asked asked = Variants.fill(lists, tenant, read.under(counts), read.said());
      Request request = distinct ? lists.without(asked.request(), shown) : asked.request();
      var distinctly = new Asked(request, asked.by());
      Served served = lists.of(tenant, distinctly);
      writer.beginObject();
      writeSubject(writer, request);
      RecommendShape.write(
          writer, request, served, lists.shown(tenant, distinctly, served), lists.now());
      asked.write(writer);
      UnknownFields.write(writer, List.of(), warnings(served));
      writer.endObject();
      for (Item item : served.recommendation().items()) shown.add(item.id());
    }
    writer.endArray();
    UnknownFields.write(writer, reader.unknownFields());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private static List<Read> requests(JsonReader reader) {
    var requests = new ArrayList<Read>();
    for (var elements = reader.array(); elements.next(); ) {
      if (requests.size() == REQUESTS_MAX) {
        throw reader.invalid("at most " + REQUESTS_MAX + " requests are taken at once");
      }
      requests.add(RecommendBody.read(reader));
    }
    return requests;
  }

  private Answer rank(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    String user = null;
    List<String> ids = null;
    Request.Builder request = Request.builder(1);
    Optional<String> said = Optional.empty();
    var fields = reader.object();
    while (fields.next()) {
      switch (fields.name()) {
        case "user_id" -> user = reader.id(UserId::new).value();
        case "entity_ids" -> ids = RecommendBody.ids(reader);
        case "algorithm" -> request.algorithm(reader.string(Algorithm::named));
        case "session" -> request.session(RecommendBody.ids(reader));
        case "tenant_id" -> said = Optional.of(reader.string());
        default -> fields.unknown();
      }
    }
    user = fields.require("user_id", user);
    ids = fields.require("entity_ids", ids);
    TenantId tenant = exchange.tenant(said);
    var ranking = lists.rank(tenant, request.user(user).seen(true).build(), ids);
    var writer = new JsonWriter().beginObject().field("user_id", user);
    writer.field("position", ranking.position()).field("model", ranking.model());
    writer.name("entity_ids").beginArray();
    for (var item : ranking.items()) writer.string(item.id());
    writer.endArray().name("ranking").beginArray();
    for (var item : ranking.items()) {
      writer.beginObject().field("entity_id", item.id());
      item.type().ifPresent(type -> writer.field("entity_type", type.value()));
      writer.name("score").number(item.score()).endObject();
    }
    writer.endArray();
    UnknownFields.write(writer, reader.unknownFields(), RecommendShape.warnings(ranking.isWhole()));
    return Answer.ok(writer.endObject().toByteArray());
  }

  private static List<String> warnings(Served served) {
    return RecommendShape.warnings(served.recommendation().isWhole());
  }

  private Answer answer(Exchange exchange, TenantId tenant, Request request) {
    return answer(exchange, tenant, new Asked(request, Optional.empty()), List.of());
  }

  private Answer answer(Exchange exchange, TenantId tenant, Asked asked, List<String> unknown) {
    Request request = asked.request();
    long start = System.nanoTime();
    Served served = lists.of(tenant, asked);
    exchange.timed("recommend", System.nanoTime() - start);
    var writer = new JsonWriter(RecommendShape.USUAL_BYTES).beginObject();
    writeSubject(writer, request);
    RecommendShape.write(writer, request, served, lists.shown(tenant, asked, served), lists.now());
    asked.write(writer);
    UnknownFields.write(writer, unknown, warnings(served));
    return Answer.ok(writer.endObject().toByteArray()).at(served.position());
  }

  private static void writeSubject(JsonWriter writer, Request request) {
    request.user().ifPresent(user -> writer.field("user_id", user));
    if (request.like().size() == 1) {
      writer.field("entity_id", request.like().getFirst());
    } else if (!request.like().isEmpty()) {
      writer.name("entity_ids").strings(request.like());
    }
  }
}
