package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.EligibilityRule;
import dev.kindred.domain.EntityType;
import dev.kindred.http.StorefrontBody.Sizes;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.recommend.Storefront;
import dev.kindred.recommend.StorefrontAsk;
import dev.kindred.recommend.StorefrontPage;
import dev.kindred.recommend.Tier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The two calls of a shop: what is popular with visitors of a kind, and what suits one of them. */
final class StorefrontApi {

  private final Learning learning;
  private final Storefront storefront;
  private final Settings settings;
  private final InstantSource clock;

  /**
   * What the operator has chosen.
   *
   * @param items the type of what is shown; absent: the type of which there is most
   * @param rule what may be shown to whom
   */
  record Settings(Optional<EntityType> items, EligibilityRule rule, Sizes sizes) {}

  StorefrontApi(Learning learning, Storefront storefront, Settings settings, InstantSource clock) {
    this.learning = learning;
    this.storefront = storefront;
    this.settings = settings;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/popular", SERVER, "What visitors of a kind take", this::popular)
            .with(Route.Trait.WRONG_IS_422),
        Route.post("/personalized", SERVER, "What suits one visitor", this::personalized)
            .with(Route.Trait.WRONG_IS_422));
  }

  private Answer popular(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    StorefrontBody body = StorefrontBody.popular(reader, settings.sizes());
    reader.end();
    return page(exchange, body, false, reader.unknownFields());
  }

  private Answer personalized(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    StorefrontBody body = StorefrontBody.personalized(reader, settings.sizes());
    reader.end();
    return page(exchange, body, true, reader.unknownFields());
  }

  private Answer page(
      Exchange exchange, StorefrontBody body, boolean isPersonal, List<String> unknown) {
    long start = System.nanoTime();
    LiveTenant tenant = learning.tenant(exchange.tenant());
    var ask =
        new StorefrontAsk(body.user(), isPersonal, body.visitor(), body.category(), filter(body));
    StorefrontPage page =
        shelf(tenant)
            .map(shelf ->
                storefront.page(tenant, shelf, ask, body.page(), body.limit(), nowMicros()))
            .orElse(new StorefrontPage(List.of(), 0, Tier.POPULAR, List.of(), false));
    long nanos = System.nanoTime() - start;
    exchange.timed("recommend", nanos);
    return Answer.ok(write(page, body, nanos, unknown));
  }

  /** The shelf of what is shown. */
  private Optional<Shelf> shelf(LiveTenant tenant) {
    return tenant.read(() ->
        settings
            .items()
            .map(tenant::shelf)
            .orElseGet(
                () -> tenant.shelves().stream().max(Comparator.comparingInt(Shelf::liveItems))));
  }

  /** What the visitor asks for, and what the shop itself says. */
  private AttributeFilter filter(StorefrontBody body) {
    var all = new ArrayList<Condition>();
    for (EligibilityRule.Condition rule : settings.rule().conditions()) {
      // What the caller does not say is nothing that an item could have.
      String value =
          rule.isOfCaller() ? body.visitor().getOrDefault(rule.value(), "\u0000") : rule.value();
      all.add(new Condition(rule.attribute(), operator(rule.operator()), List.of(value)));
    }
    all.addAll(body.conditions());
    return new AttributeFilter(all);
  }

  private static Operator operator(EligibilityRule.Operator operator) {
    return switch (operator) {
      case EQUAL -> Operator.IN;
      case DIFFERENT -> Operator.NOT_IN;
      case AT_MOST -> Operator.AT_MOST;
      case AT_LEAST -> Operator.AT_LEAST;
    };
  }

  private byte[] write(StorefrontPage page, StorefrontBody body, long nanos, List<String> unknown) {
    var writer = new JsonWriter(512).beginObject().name("items").beginArray();
    for (String id : page.items()) writeId(writer, id);
    writer.endArray();
    int pages = (page.total() + body.limit() - 1) / body.limit();
    writer.name("pagination").beginObject();
    writer.field("page", body.page()).field("limit", body.limit());
    writer.field("total_count", page.total()).field("total_pages", pages);
    writer.field("has_next", body.page() < pages);
    writer.field("has_previous", body.page() > 1).endObject();
    writer.name("computation_time_ms").number(Math.round(nanos / 1e4) / 100.0);
    writer.field("algorithm_used", page.first().word());
    if (!page.toppedUpWith().isEmpty()) {
      writer.name("topped_up_with").strings(page.toppedUpWith().stream().map(Tier::word).toList());
    }
    writer.field("cache_hit", page.isHit());
    UnknownFields.write(writer, unknown);
    return writer.endObject().toByteArray();
  }

  /** Ids that are whole numbers come back as numbers, as the shop's own database has them. */
  static void writeId(JsonWriter writer, String id) {
    if (isWholeNumber(id)) writer.number(Long.parseLong(id));
    else writer.string(id);
  }

  /** Written as a number is, and exact in every reader of JSON. */
  private static boolean isWholeNumber(String id) {
    if (id.isEmpty() || id.length() > 15) return false;
    for (int n = 0; n < id.length(); n++) {
      if (id.charAt(n) < '0' || id.charAt(n) > '9') return false;
    }
    return id.length() == 1 || id.charAt(0) != '0';
  }

  private long nowMicros() {
    return clock.millis() * 1_000;
  }
}
