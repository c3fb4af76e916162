package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Rfc3339;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.Overview;
import dev.kindred.measure.behaviour.SimilarUser;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.measure.behaviour.UserAnalytics;
import dev.kindred.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What users did, summed up: for one user, and for all of them over a time. */
final class AnalyticsApi {

  private static final int SIMILAR_DEFAULT = 10;
  private static final Duration OVERVIEW_DEFAULT = Duration.ofDays(7);
  private static final int BUCKETS_MAX = 1_000;

  private final Store store;
  private final Behaviours behaviours;
  private final InstantSource clock;

  AnalyticsApi(Store store, Behaviours behaviours, InstantSource clock) {
    this.store = store;
    this.behaviours = behaviours;
    this.clock = clock;
  }

  List<Route> routes() {
    String user = "/api/v1/users/{user_id}";
    String analytics = "/api/v1/analytics";
    return List.of(
        Route.get(user + "/analytics", SERVER, "What a user did, summed up", this::user),
        Route.get(user + "/similar", SERVER, "Who is like a user", this::similar),
        Route.get(analytics + "/overview", SERVER, "The course of events", this::overview),
        Route.get(analytics + "/health", SERVER, "Whether behaviour is counted", this::health));
  }

  private Answer user(Exchange exchange) {
    var user = new UserId(exchange.path("user_id"));
    UserAnalytics counted = behaviours.user(exchange.tenant(), user);
    var writer = new JsonWriter(1 << 10).beginObject();
    writer.field("userId", user.value());
    writer.field("totalViews", counted.totalViews());
    write(writer, "averageSessionDuration", counted.averageSessionDuration());
    writer.name("favoriteGenres").strings(counted.favoriteGenres());
    writer.name("preferredTimeSlots").strings(counted.preferredTimeSlots());
    writer.field("completionRate", counted.completionRate());
    write(writer, "averageRating", counted.averageRating());
    write(writer, "lastActiveDate", counted.lastActive());
    writer.name("genreEmbedding").beginObject();
    for (var liked : counted.genreEmbedding()) writer.field(liked.genre(), liked.weight());
    return Answer.ok(writer.endObject().endObject().toByteArray());
  }

  private Answer similar(Exchange exchange) {
    var user = new UserId(exchange.path("user_id"));
    int limit = exchange.query().number("limit", SIMILAR_DEFAULT, 1, Behaviours.SIMILAR_MAX);
    GenreTerm term = genreTerm(exchange.query().one("genreTerm"));
    var writer = new JsonWriter(2 << 10).beginArray();
    for (SimilarUser other : behaviours.similar(exchange.tenant(), user, term, limit)) {
      writer.beginObject();
      writer.field("userId", other.user().value());
      writer.field("similarity", other.similarity());
      writer.name("commonInterests").strings(other.commonInterests());
      writer.field("sharedViews", other.sharedViews());
      writer.endObject();
    }
    return Answer.ok(writer.endArray().toByteArray());
  }

  private static GenreTerm genreTerm(Optional<String> given) {
    return switch (given.orElse("cosine")) {
      case "cosine" -> GenreTerm.COSINE;
      case "jaccard" -> GenreTerm.JACCARD;
      case String other ->
          throw InvalidRequest.at(
              "genreTerm", "genreTerm must be cosine or jaccard, got " + Shown.value(other));
    };
  }

  private Answer overview(Exchange exchange) {
    Query query = exchange.query();
    Duration bucket = bucket(query.one("bucket"));
    Instant now = clock.instant();
    Instant until = time(query, "to").orElse(now.plus(Duration.ofHours(1)));
    Instant from = time(query, "from").orElse(until.minus(OVERVIEW_DEFAULT));
    Instant first = from.truncatedTo(ChronoUnit.HOURS);
    Instant end = until.truncatedTo(ChronoUnit.HOURS);
    if (end.isBefore(until) && query.one("to").isPresent()) end = end.plus(Duration.ofHours(1));
    if (!first.isBefore(end)) {
      throw InvalidRequest.at("from", "from must be before to, got " + from + " and " + until);
    }
    long buckets = Math.ceilDiv(Duration.between(first, end).toHours(), bucket.toHours());
    if (buckets > BUCKETS_MAX) {
      throw InvalidRequest.at(
          "bucket",
          "at most " + BUCKETS_MAX + " buckets are shown, got " + buckets + "; use a longer one");
    }
    return Answer.ok(write(behaviours.overview(exchange.tenant(), first, end, bucket)));
  }

  private static Duration bucket(Optional<String> given) {
    return switch (given.orElse("day")) {
      case "hour" -> Duration.ofHours(1);
      case "day" -> Duration.ofDays(1);
      case "week" -> Duration.ofDays(7);
      case String other ->
          throw InvalidRequest.at(
              "bucket", "bucket must be hour, day or week, got " + Shown.value(other));
    };
  }

  private static Optional<Instant> time(Query query, String name) {
    try {
      return query.one(name).map(AnalyticsApi::time);
    } catch (InvalidRequest wrong) {
      throw wrong.at(name);
    }
  }

  private static Instant time(String text) {
    if (!text.matches("-?[0-9]{1,16}")) return Rfc3339.parse(text);
    return Rfc3339.ofEpoch(Double.parseDouble(text));
  }

  private static byte[] write(Overview overview) {
    var writer = new JsonWriter(8 << 10).beginObject();
    writer.field("from", overview.from()).field("to", overview.until());
    writer.name("series").beginArray();
    for (Overview.Bucket bucket : overview.buckets()) {
      writer.beginObject().field("start", bucket.start());
      writer.name("events").beginObject();
      for (Map.Entry<String, Long> type : bucket.events().entrySet()) {
        writer.field(type.getKey(), type.getValue());
      }
      writer.endObject().field("activeUsers", bucket.activeUsers()).endObject();
    }
    writer.endArray().field("activeUsers", overview.activeUsers());
    writer.name("topContent").beginArray();
    for (Overview.Top top : overview.top()) {
      writer.beginObject();
      writer.field("contentId", top.key().id().value());
      writer.field("mediaType", top.key().type().value());
      writer.field("title", top.title()).field("events", top.events()).endObject();
    }
    writer.endArray().name("recommendations").beginObject();
    writer.field("shown", overview.recommended().shown());
    writer.field("acted", overview.recommended().acted());
    writer.field("clickThroughRate", overview.recommended().clickThrough());
    writer.field("coverage", overview.recommended().coverage());
    return writer.endObject().endObject().toByteArray();
  }

  private Answer health(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    Behaviours.Extent extent = behaviours.extent(tenant);
    boolean isWell = isDatabaseWell();
    var writer = new JsonWriter().beginObject();
    writer.field("status", isWell ? "healthy" : "degraded");
    if (!isWell) writer.field("degraded", true);
    writer.field("recordCount", extent.raw());
    write(writer, "lastActivity", extent.lastActivity());
    writer.field("dbType", store.kind());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private boolean isDatabaseWell() {
    try {
      store.check();
      return true;
    } catch (KindredException outage) {
      return false;
    }
  }

  static void write(JsonWriter writer, String name, OptionalDouble value) {
    writer.name(name);
    if (value.isPresent()) writer.number(value.getAsDouble());
    else writer.nothing();
  }

  static void write(JsonWriter writer, String name, Optional<Instant> value) {
    writer.name(name);
    if (value.isPresent()) writer.time(value.get());
    else writer.nothing();
  }
}
