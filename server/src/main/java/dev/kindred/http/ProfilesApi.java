package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.Json;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.recommend.BuyerProfile;
import dev.kindred.recommend.BuyerProfiles;
import dev.kindred.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shop's visitors: what they say of themselves, and what their deeds say of them. */
final class ProfilesApi {

  private final Store store;
  private final Writes writes;
  private final Learning learning;
  private final Optional<EntityType> items;
  private final BuyerProfiles profiles;
  private final InstantSource clock;

  ProfilesApi(
      Store store,
      Writes writes,
      Learning learning,
      Optional<EntityType> items,
      BuyerProfiles profiles,
      InstantSource clock) {
    this.store = store;
    this.writes = writes;
    this.learning = learning;
    this.items = items;
    this.profiles = profiles;
    this.clock = clock;
  }

  List<Route> routes() {
    String one = "/user-profile/{user_id}";
    return List.of(
        Route.get(one, SERVER, "What is known of a visitor", this::get)
            .with(Route.Trait.WRONG_IS_422),
        Route.put(one, SERVER, "Says something of a visitor", this::put)
            .with(Route.Trait.WRONG_IS_422),
        Route.post(one + "/refresh", SERVER, "Reads a visitor's deeds again", this::refresh)
            .with(Route.Trait.WRONG_IS_422));
  }

  private Answer get(Exchange exchange) {
    return known(exchange, profiles::of);
  }

  private Answer refresh(Exchange exchange) {
    return known(exchange, profiles::refresh);
  }

  /** Makes or remembers a profile. */
  private interface Source {
    BuyerProfile of(LiveTenant tenant, Shelf shelf, int user);
  }

  private Answer known(Exchange exchange, Source source) {
    UserId user = new UserId(exchange.path("user_id"));
    LiveTenant tenant = learning.tenant(exchange.tenant());
    return Answer.ok(
        tenant.read(() -> {
          int number = tenant.user(user.value());
          if (number < 0) throw NotFound.user(user);
          return write(tenant, user, number, source);
        }));
  }

  private Answer put(Exchange exchange) {
    UserId user = new UserId(exchange.path("user_id"));
    TenantId tenant = exchange.tenant();
    var said = new JsonWriter(128).beginObject();
    var reader = JsonReader.of(exchange.body());
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "gender" -> said.field("gender", StorefrontBody.gender(reader));
        case "age_group" -> said.field("age_group", StorefrontBody.ageGroup(reader));
        case "locale" -> said.field("locale", locale(reader));
        case "geo_id" -> {
          said.name("geo_id");
          StorefrontApi.writeId(said, reader.id());
        }
        default -> fields.unknown();
      }
    }
    reader.end();
    JsonObject patch = Json.object(said.endObject().toByteArray(), Limits.ATTRIBUTES);
    JsonObject known =
        store
            .tenant(tenant)
            .users()
            .find(user)
            .map(UserProfile::attributes)
            .orElse(JsonObject.EMPTY);
    var change = new Change.PutUser(user, Json.merge(known, patch, Limits.ATTRIBUTES));
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> {
          LiveTenant live = learning.tenant(tenant);
          return Answer.ok(
              live.read(() -> write(live, user, live.user(user.value()), profiles::of)));
        });
  }

  private static String locale(JsonReader reader) {
    String locale = reader.string();
    if (locale.matches("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")) return locale;
    throw reader.invalid("must be a locale such as ru or en-GB, got " + Shown.value(locale));
  }

  private byte[] write(LiveTenant tenant, UserId user, int number, Source source) {
    var writer = new JsonWriter(512).beginObject().name("user_id");
    StorefrontApi.writeId(writer, user.value());
    Map<String, String> values =
        number < 0
            ? Map.of()
            : tenant.segmentPlan().values(tenant.userAttributes(number), clock.instant());
    text(writer, "gender", values.get("gender"));
    text(writer, "age_group", values.get("age"));
    text(writer, "locale", values.get("locale"));
    writer.name("geo_id");
    if (values.containsKey("geo_id")) StorefrontApi.writeId(writer, values.get("geo_id"));
    else writer.nothing();
    Optional<Shelf> shelf =
        items
            .map(tenant::shelf)
            .orElseGet(
                () -> tenant.shelves().stream().max(Comparator.comparingInt(Shelf::liveItems)));
    shelf.ifPresent(it -> write(writer, source.of(tenant, it, number)));
    return writer.endObject().toByteArray();
  }

  private static void text(JsonWriter writer, String name, @Nullable String value) {
    writer.name(name);
    if (value == null) writer.nothing();
    else writer.string(value);
  }

  private static void write(JsonWriter writer, BuyerProfile profile) {
    shares(writer, "preferred_categories", profile.categories());
    shares(writer, "preferred_platforms", profile.platforms());
    price(writer, "avg_price", profile.prices(), 1);
    price(writer, "price_range_min", profile.prices(), 0);
    price(writer, "price_range_max", profile.prices(), 2);
    writer.field("interaction_count", profile.interactions());
    writer.name("last_interaction_at");
    if (profile.lastMicros() == 0) writer.nothing();
    else writer.time(Instant.EPOCH.plus(profile.lastMicros(), ChronoUnit.MICROS));
    writer.name("buying_patterns").beginObject().name("by_kind").beginObject();
    profile.byKind().forEach((kind, count) -> writer.field(kind, (long) count));
    writer.endObject().name("weekend_share");
    if (profile.weekendShare().isPresent()) writer.number(profile.weekendShare().getAsDouble());
    else writer.nothing();
    writer.endObject();
  }

  private static void shares(JsonWriter writer, String name, Map<String, Double> shares) {
    writer.name(name).beginObject();
    shares.forEach((value, share) -> writer.field(value, Math.round(share * 1e4) / 1e4));
    writer.endObject();
  }

  private static void price(JsonWriter writer, String name, List<Double> prices, int which) {
    writer.name(name);
    if (prices.isEmpty()) writer.nothing();
    else writer.number(Math.round(prices.get(which) * 100) / 100.0);
  }
}
