package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.GroupCommit;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Store;
import dev.kindred.store.Webhooks.DeadLetter;
import dev.kindred.store.Webhooks.Delivery;
import dev.kindred.webhooks.Addresses;
import dev.kindred.webhooks.Courier;
import dev.kindred.webhooks.Letters;
import dev.kindred.webhooks.Secrets;
import dev.kindred.webhooks.Sender;
import dev.kindred.webhooks.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Who is told what happens, and what became of telling them. */
public final class WebhooksApi {

  private static final int ID_BYTES = 8;
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MAX = 1_000;
  private static final int OVERLAP_HOURS_DEFAULT = 24;
  private static final int OVERLAP_HOURS_MAX = 7 * 24;

  private final Store store;
  private final Writes writes;
  private final Courier courier;
  private final Addresses addresses;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Handles webhooks.
   *
   * @param random one that nobody can guess
   */
  public WebhooksApi(
      Store store,
      GroupCommit commit,
      Courier courier,
      Addresses addresses,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.writes = new Writes(commit);
    this.courier = courier;
    this.addresses = addresses;
    this.clock = clock;
    this.random = random;
  }

  public List<Route> routes() {
    String all = "/api/v1/webhooks";
    String one = all + "/{webhook_id}";
    String dead = one + "/dead-letters";
    return List.of(
        Route.post(all, SERVER, "Creates a webhook", this::create),
        Route.get(all, SERVER, "Lists webhooks", this::list),
        Route.get(one, SERVER, "Reads a webhook", this::get),
        Route.delete(one, SERVER, "Deletes a webhook", this::delete),
        Route.post(one + "/rotate-secret", SERVER, "Puts another secret in force", this::rotate),
        Route.post(one + "/test", SERVER, "Sends a test message", this::test),
        Route.get(one + "/deliveries", SERVER, "What became of telling it", this::deliveries),
        Route.get(dead, SERVER, "What could not be told", this::deadLetters),
        Route.post(dead + "/replay", SERVER, "Tells all of that once more", this::replayAll),
        Route.post(
            dead + "/{message_id}/replay", SERVER, "Tells one of them once more", this::replay));
  }

  private Answer create(Exchange exchange) {
    @Nullable String url = null;
    @Nullable String secret = null;
    @Nullable String tenantName = null;
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    var reader = JsonReader.of(exchange.body());
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "url" -> url = reader.string();
        case "secret" -> secret = reader.string(Secrets::require);
        case "tenant_id" -> tenantName = reader.string();
        case "events" -> {
          for (var events = reader.array(); events.next(); ) topics.add(reader.string(Topic::of));
        }
        default -> fields.unknown();
      }
    }
    if (url == null) throw InvalidRequest.at("/url", "url is required");
    if (topics.isEmpty()) {
      throw InvalidRequest.at("/events", "events is required and must name at least one event");
    }
    addresses.requireAllowed(Target.of(url));
    TenantId tenant = exchange.tenant(Optional.ofNullable(tenantName));
    var webhook =
        new Webhook(
            "wh_" + randomHex(),
            tenant,
            0,
            url,
            topics,
            secret == null ? Secrets.make(random) : secret,
            Optional.empty(),
            clock.instant());
    return keepSecret(
        exchange, tenant, new OfWebhooks.Create(webhook), 201, reader.unknownFields());
  }

  private Answer rotate(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    String secret = Secrets.make(random);
    long overlapHours = OVERLAP_HOURS_DEFAULT;
    List<String> unknownFields = List.of();
    if (exchange.body().length > 0) {
      var reader = JsonReader.of(exchange.body());
      for (var fields = reader.object(); fields.next(); ) {
        switch (fields.name()) {
          case "secret" -> secret = reader.string(Secrets::require);
          case "overlap_hours" -> overlapHours = reader.integer(0, OVERLAP_HOURS_MAX);
          default -> fields.unknown();
        }
      }
      unknownFields = reader.unknownFields();
    }
    Instant until = clock.instant().plus(Duration.ofHours(overlapHours));
    var change = new OfWebhooks.RotateSecret(exchange.path("webhook_id"), secret, until);
    return keepSecret(exchange, tenant, change, 200, unknownFields);
  }

  /** Answers with the secret, once: a repetition of the request is answered without it. */
  private Answer keepSecret(
      Exchange exchange, TenantId tenant, Change change, int status, List<String> unknownFields) {
    return writes.keepAll(
        exchange,
        tenant,
        List.of(change),
        outcomes -> stored(outcomes, status, true, unknownFields),
        // Remembered answers are stored, and the secret need not stand there again.
        outcomes -> stored(outcomes, status, false, unknownFields));
  }

  private Answer stored(
      List<Outcome> outcomes, int status, boolean showsSecret, List<String> unknownFields) {
    var stored = (Outcome.WebhookStored) outcomes.getFirst();
    Webhook webhook = stored.webhook();
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, webhook);
    writer.name("secret");
    if (showsSecret) writer.string(webhook.secret());
    else writer.nothing();
    writer.field("position", stored.position());
    UnknownFields.write(writer, unknownFields);
    return Answer.json(status, writer.endObject().toByteArray()).at(stored.position());
  }

  private Answer list(Exchange exchange) {
    var writer = new JsonWriter(4 << 10).beginObject().name("webhooks").beginArray();
    for (Webhook webhook : store.webhooks().of(exchange.tenant())) write(writer, webhook);
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private Answer get(Exchange exchange) {
    var writer = new JsonWriter();
    write(writer, webhook(exchange));
    return Answer.ok(writer.toByteArray());
  }

  private Answer delete(Exchange exchange) {
    var change = new OfWebhooks.Delete(exchange.path("webhook_id"));
    return writes.keep(exchange, exchange.tenant(), change, _ -> Answer.noContent());
  }

  private Answer test(Exchange exchange) throws InterruptedException {
    Sender.Result result = courier.test(webhook(exchange));
    var writer = new JsonWriter().beginObject();
    writer.field("delivered", result.succeeded());
    writeStatus(writer, result.status());
    writer.field("took_ms", result.took().toMillis());
    if (!result.succeeded()) writer.field("problem", result.problem());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer deliveries(Exchange exchange) {
    Webhook webhook = webhook(exchange);
    int limit = exchange.query().number("limit", PAGE_DEFAULT, 1, PAGE_MAX);
    long before = cursor(exchange, Long.MAX_VALUE);
    List<Delivery> page = store.webhooks().deliveries(webhook, before, limit);
    var writer = new JsonWriter(8 << 10).beginObject().name("deliveries").beginArray();
    for (Delivery each : page) {
      writer.beginObject();
      writer.field("message_id", Letters.id(each.position()));
      writer.field("event", each.topic().word());
      writer.field("attempt", each.attempt());
      writer.field("at", each.at());
      writer.field("delivered", each.succeeded());
      writeStatus(writer, each.status());
      writer.field("took_ms", each.tookMillis());
      if (!each.succeeded()) writer.field("problem", each.problem());
      writer.endObject();
    }
    writeCursor(writer.endArray(), page.size() == limit, () -> page.getLast().number());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer deadLetters(Exchange exchange) {
    Webhook webhook = webhook(exchange);
    int limit = exchange.query().number("limit", PAGE_DEFAULT, 1, PAGE_MAX);
    List<DeadLetter> page = store.webhooks().deadLetters(webhook, cursor(exchange, 0), limit);
    var writer = new JsonWriter(8 << 10).beginObject().name("dead_letters").beginArray();
    for (DeadLetter dead : page) {
      writer.beginObject();
      writer.field("message_id", Letters.id(dead.position()));
      writer.field("event", dead.topic().word());
      writer.field("attempts", dead.attempts());
      writer.field("last_attempt_at", dead.at());
      writer.field("problem", dead.problem());
      writer.field("replaying", dead.wanted());
      writer.endObject();
    }
    writeCursor(writer.endArray(), page.size() == limit, () -> page.getLast().position());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer replayAll(Exchange exchange) {
    return replay(exchange, OptionalLong.empty());
  }

  private Answer replay(Exchange exchange) {
    String id = exchange.path("message_id");
    long position = Letters.position(id);
    if (position < 0) throw NotFound.of("dead letter", id);
    return replay(exchange, OptionalLong.of(position));
  }

  private Answer replay(Exchange exchange, OptionalLong position) {
    var change = new OfWebhooks.Replay(exchange.path("webhook_id"), position);
    return writes.keep(
        exchange,
        exchange.tenant(),
        change,
        outcome -> {
          var wanted = (Outcome.DeadLettersWanted) outcome;
          var writer = new JsonWriter().beginObject();
          writer.field("replaying", wanted.count());
          writer.field("position", wanted.position());
          return Answer.json(202, writer.endObject().toByteArray()).at(wanted.position());
        });
  }

  private Webhook webhook(Exchange exchange) {
    String id = exchange.path("webhook_id");
    return store
        .webhooks()
        .find(exchange.tenant(), id)
        .orElseThrow(() -> NotFound.of("webhook", id));
  }

  private void write(JsonWriter writer, Webhook webhook) {
    writer.beginObject();
    writeMembers(writer, webhook);
    store
        .webhooks()
        .place(webhook)
        .ifPresent(place -> {
          writer.field("told_up_to", place.position());
          writer.field("failed_attempts", place.tries());
          if (place.tries() > 0) writer.field("next_attempt_at", place.nextTry());
        });
    writer.endObject();
  }

  private void writeMembers(JsonWriter writer, Webhook webhook) {
    writer.field("webhook_id", webhook.id());
    writer.field("tenant_id", webhook.tenant().value());
    writer.field("url", webhook.url());
    writer.name("events").strings(webhook.topicsInOrder().stream().map(Topic::word).toList());
    writer.field("created_at", webhook.createdAt());
    webhook
        .previous()
        .filter(previous -> clock.instant().isBefore(previous.until()))
        .ifPresent(previous -> writer.field("previous_secret_until", previous.until()));
  }

  private static void writeStatus(JsonWriter writer, OptionalInt status) {
    if (status.isPresent()) writer.field("status", status.getAsInt());
  }

  private static long cursor(Exchange exchange, long start) {
    Optional<String> cursor = exchange.query().one("cursor");
    if (cursor.isEmpty()) return start;
    if (!cursor.get().matches("[0-9]{1,18}")) {
      throw InvalidRequest.at("cursor", "cursor must be the next_cursor of an earlier answer");
    }
    return Long.parseLong(cursor.get());
  }

  private static void writeCursor(JsonWriter writer, boolean hasMore, LongSupplier last) {
    writer.name("next_cursor");
    if (hasMore) writer.string(Long.toString(last.getAsLong()));
    else writer.nothing();
  }

  private String randomHex() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
