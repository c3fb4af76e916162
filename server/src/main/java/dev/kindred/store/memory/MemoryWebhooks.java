package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Event;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Webhooks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The webhooks. Every access holds the store's lock. */
final class MemoryWebhooks implements Webhooks {

  /** What is known of one; replaced, never changed, but for what is written under its lease. */
  private static final class Desk {
    final int tenant;
    final Webhook webhook;
    Place place;
    String owner = "";
    final NavigableMap<Long, Delivery> deliveries;
    final NavigableMap<Long, DeadLetter> dead;

    Desk(int tenant, Webhook webhook) {
      this.tenant = tenant;
      this.webhook = webhook;
      this.place = new Place(webhook.since(), 0, Instant.EPOCH, 0, Optional.empty());
      this.deliveries = new TreeMap<>();
      this.dead = new TreeMap<>();
    }

    /** The same with another state of the webhook. */
    Desk(Desk before, Webhook webhook) {
      this.tenant = before.tenant;
      this.webhook = webhook;
      this.place = before.place;
      this.owner = before.owner;
      this.deliveries = before.deliveries;
      this.dead = before.dead;
    }
  }

  private record Told(TenantId tenant, Notice notice) {}

  private final Object lock;
  private final Journal journal;
  private final NavigableMap<Long, Event> events;
  private final Function<TenantId, @Nullable TenantData> data;

  /** Primary: the webhooks by the position of their creation. */
  private final NavigableMap<Long, Desk> desks = new TreeMap<>();

  /** Primary: the notices by position. */
  private final NavigableMap<Long, Told> notices = new TreeMap<>();

  MemoryWebhooks(
      Object lock,
      Journal journal,
      NavigableMap<Long, Event> events,
      Function<TenantId, @Nullable TenantData> data) {
    this.lock = lock;
    this.journal = journal;
    this.events = events;
    this.data = data;
  }

  /** A part of an append. */
  Outcome carryOut(TenantId tenant, int number, OfWebhooks change, long position) {
    return switch (change) {
      case OfWebhooks.Create(var webhook) -> create(tenant, number, webhook, position);
      case OfWebhooks.RotateSecret rotate -> rotate(tenant, number, rotate, position);
      case OfWebhooks.Delete(var id) -> {
        journal.remove(desks, desk(tenant, id).webhook.since());
        noteChange(number, position);
        yield new Outcome.WebhookDeleted(id, position);
      }
      case OfWebhooks.Replay(var id, var one) -> {
        int count = replay(desk(tenant, id), one);
        noteChange(number, position);
        yield new Outcome.DeadLettersWanted(count, position);
      }
      case OfWebhooks.Tell(var notice) -> tell(tenant, number, notice, position);
    };
  }

  private Outcome create(TenantId tenant, int number, Webhook said, long position) {
    if (desks.values().stream().anyMatch(desk -> desk.webhook.id().equals(said.id()))) {
      throw new Conflict("there is a webhook '" + said.id() + "' already");
    }
    if (deskOf(tenant).size() >= Webhook.PER_TENANT_MAX) throw Conflict.tooManyWebhooks();
    var webhook =
        new Webhook(
            said.id(),
            tenant,
            position,
            said.url(),
            said.topics(),
            said.secret(),
            Optional.empty(),
            said.createdAt().truncatedTo(MICROS));
    journal.put(desks, position, new Desk(number, webhook));
    noteChange(number, position);
    return new Outcome.WebhookStored(webhook, position);
  }

  private Outcome rotate(
      TenantId tenant, int number, OfWebhooks.RotateSecret rotate, long position) {
    Desk desk = desk(tenant, rotate.webhookId());
    Webhook before = desk.webhook;
    Instant until = rotate.previousUntil().truncatedTo(MICROS);
    var webhook =
        new Webhook(
            before.id(),
            tenant,
            before.since(),
            before.url(),
            before.topics(),
            rotate.secret(),
            Optional.of(new Webhook.Previous(before.secret(), until)),
            before.createdAt());
    journal.put(desks, before.since(), new Desk(desk, webhook));
    noteChange(number, position);
    return new Outcome.WebhookStored(webhook, position);
  }

  private int replay(Desk desk, OptionalLong one) {
    List<DeadLetter> asked =
        desk.dead.values().stream()
            .filter(dead -> one.isEmpty() || dead.position() == one.getAsLong())
            .toList();
    if (one.isPresent() && asked.isEmpty()) throw NotFound.deadLetter(one.getAsLong());
    for (DeadLetter dead : asked) {
      var wanted =
          new DeadLetter(
              dead.position(), dead.topic(), dead.at(), dead.attempts(), dead.problem(), true);
      journal.put(desk.dead, dead.position(), wanted);
    }
    return asked.size();
  }

  private Outcome tell(TenantId tenant, int number, Notice said, long position) {
    if (deskOf(tenant).stream().noneMatch(desk -> desk.webhook.wants(said.topic()))) {
      return new Outcome.Told(0);
    }
    var notice = new Notice(said.topic(), said.data(), said.at().truncatedTo(MICROS));
    journal.put(notices, position, new Told(tenant, notice));
    journal.put(events, position, new Event.Noticed(position, number, notice.topic()));
    return new Outcome.Told(position);
  }

  private void noteChange(int number, long position) {
    journal.put(events, position, new Event.WebhooksChanged(position, number));
  }

  private Desk desk(TenantId tenant, String webhookId) {
    return deskOf(tenant).stream()
        .filter(desk -> desk.webhook.id().equals(webhookId))
        .findFirst()
        .orElseThrow(() -> NotFound.of("webhook", webhookId));
  }

  private List<Desk> deskOf(TenantId tenant) {
    return desks.values().stream().filter(desk -> desk.webhook.tenant().equals(tenant)).toList();
  }

  @Override
  public List<Numbered> all() {
    synchronized (lock) {
      return desks.values().stream().map(desk -> new Numbered(desk.tenant, desk.webhook)).toList();
    }
  }

  @Override
  public List<Webhook> of(TenantId tenant) {
    synchronized (lock) {
      return deskOf(tenant).stream().map(desk -> desk.webhook).toList();
    }
  }

  @Override
  public Optional<Webhook> find(TenantId tenant, String webhookId) {
    return of(tenant).stream().filter(webhook -> webhook.id().equals(webhookId)).findFirst();
  }

  @Override
  public Messages messages(Webhook webhook, long after, long upTo, int limit) {
    synchronized (lock) {
      long end = Math.max(after, Math.min(upTo, events.isEmpty() ? 0 : events.lastKey()));
      var messages = new ArrayList<Message>();
      for (Event event : events.subMap(after, false, end, true).values()) {
        message(webhook, event).ifPresent(messages::add);
        if (messages.size() == limit) return new Messages(messages, event.position());
      }
      return new Messages(messages, end);
    }
  }

  private Optional<Message> message(Webhook webhook, Event event) {
    TenantData tenant = data.apply(webhook.tenant());
    if (tenant == null || event.tenant() != tenant.number) return Optional.empty();
    boolean wantsInteractions = webhook.wants(Topic.INTERACTION_RECORDED);
    long position = event.position();
    return switch (event) {
      case Event.Interacted _ when wantsInteractions -> interaction(tenant, position, position);
      case Event.Reweighed reweighed when wantsInteractions ->
          interaction(tenant, position, reweighed.original());
      case Event.Noticed noticed when webhook.wants(noticed.topic()) ->
          Optional.ofNullable(notices.get(position))
              .map(told -> new Message.OfNotice(position, told.notice()));
      default -> Optional.empty();
    };
  }

  private static Optional<Message> interaction(TenantData tenant, long position, long original) {
    return tenant
        .interactions
        .at(original)
        .map(interaction -> new Message.OfInteraction(position, interaction));
  }

  @Override
  public Optional<Place> place(Webhook webhook) {
    synchronized (lock) {
      return Optional.ofNullable(desks.get(webhook.since())).map(desk -> desk.place);
    }
  }

  @Override
  public Optional<Place> take(Webhook webhook, String owner, Instant now, Instant leaseUntil) {
    synchronized (lock) {
      Desk desk = desks.get(webhook.since());
      if (desk == null || desk.place.nextTry().isAfter(now)) return Optional.empty();
      boolean isFree = desk.place.leasedUntil().map(until -> !until.isAfter(now)).orElse(true);
      if (!isFree && !desk.owner.equals(owner)) return Optional.empty();
      desk.owner = owner;
      desk.place = leased(desk.place, Optional.of(leaseUntil));
      return Optional.of(desk.place);
    }
  }

  @Override
  public boolean report(Webhook webhook, String owner, Report report) {
    synchronized (lock) {
      Desk desk = desks.get(webhook.since());
      if (desk == null || !desk.owner.equals(owner)) return false;
      desk.place = leased(report.place(), report.leaseUntil());
      if (report.leaseUntil().isEmpty()) desk.owner = "";
      for (Delivery each : report.deliveries()) desk.deliveries.put(each.number(), toMicros(each));
      desk.deliveries.headMap(desk.place.deliveries() - DELIVERIES_KEPT, true).clear();
      report.revived().forEach(desk.dead::remove);
      for (DeadLetter dead : report.died()) desk.dead.put(dead.position(), toMicros(dead));
      while (desk.dead.size() > DEAD_LETTERS_KEPT) desk.dead.pollFirstEntry();
      return true;
    }
  }

  private static Place leased(Place place, Optional<Instant> until) {
    return new Place(
        place.position(),
        place.tries(),
        place.nextTry().truncatedTo(MICROS),
        place.deliveries(),
        until.map(at -> at.truncatedTo(MICROS)));
  }

  private static Delivery toMicros(Delivery each) {
    return new Delivery(
        each.number(),
        each.position(),
        each.topic(),
        each.attempt(),
        each.at().truncatedTo(MICROS),
        each.status(),
        each.tookMillis(),
        each.problem());
  }

  private static DeadLetter toMicros(DeadLetter dead) {
    return new DeadLetter(
        dead.position(),
        dead.topic(),
        dead.at().truncatedTo(MICROS),
        dead.attempts(),
        dead.problem(),
        dead.wanted());
  }

  @Override
  public List<DeadLetter> wanted(Webhook webhook, int limit) {
    return deadLetters(webhook, 0, DEAD_LETTERS_KEPT).stream()
        .filter(DeadLetter::wanted)
        .limit(limit)
        .toList();
  }

  @Override
  public List<DeadLetter> deadLetters(Webhook webhook, long after, int limit) {
    synchronized (lock) {
      Desk desk = desks.get(webhook.since());
      if (desk == null) return List.of();
      return desk.dead.tailMap(after, false).values().stream().limit(limit).toList();
    }
  }

  @Override
  public List<Delivery> deliveries(Webhook webhook, long before, int limit) {
    synchronized (lock) {
      Desk desk = desks.get(webhook.since());
      if (desk == null) return List.of();
      Map<Long, Delivery> older = desk.deliveries.headMap(before, false).descendingMap();
      return older.values().stream().limit(limit).toList();
    }
  }

  @Override
  public int pruneNotices(Instant olderThan) {
    synchronized (lock) {
      int before = notices.size();
      notices.values().removeIf(told -> told.notice().at().isBefore(olderThan));
      return before - notices.size();
    }
  }
}
