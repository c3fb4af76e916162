package dev.kindred.store.memory;

import static dev.kindred.store.memory.KeptInteraction.inEvents;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Change.RemoveInteraction;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserId;
import dev.kindred.store.Experiments;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Between;
import dev.kindred.store.Interactions.Kept;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Interactions.Scanned;
import dev.kindred.store.memory.KeptInteraction.Sameness;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a tenant's users did. Every access holds the store's lock. */
final class MemoryInteractions {

  private static final Comparator<After> NEWEST_FIRST =
      Comparator.comparingLong(After::atMicros).thenComparingLong(After::position).reversed();

  private final TenantLog log;
  private final Journal journal;
  private final MemoryEntities entities;
  private final MemoryUsers users;
  private final MemoryTypes types;

  /** Primary: the interactions by position. */
  private final NavigableMap<Long, KeptInteraction> rows = new TreeMap<>();

  /** Derived: where the interactions of a user are. */
  private final Map<Integer, NavigableSet<After>> ofUser = new HashMap<>();

  /** Derived: where the interactions with an entity are; with deleted ones of that key, too. */
  private final Map<EntityKey, NavigableSet<After>> ofEntity = new HashMap<>();

  /** Derived: the position of the one of its kind. */
  private final Map<Sameness, Long> bySameness = new HashMap<>();

  /** Derived: positions by the callers' own names for events. */
  private final Map<String, Long> byEventId = new HashMap<>();

  MemoryInteractions(
      TenantLog log,
      Journal journal,
      MemoryEntities entities,
      MemoryUsers users,
      MemoryTypes types) {
    this.log = log;
    this.journal = journal;
    this.entities = entities;
    this.users = users;
    this.types = types;
  }

  Outcome record(Interaction said, long position, Instant now) {
    if (said.eventId().isPresent()) {
      Long first = byEventId.get(said.eventId().get());
      if (first != null) return stored(row(first), first, true);
    }
    EntityKey key = entities.keyOf(said.entity());
    int type = types.numberOf(said.type());
    var same =
        new Sameness(
            users.numberOf(said.user(), now),
            entities.numberOf(key),
            said.type(),
            said.at().truncatedTo(MICROS));
    if (said.atGiven()) {
      Long there = bySameness.get(same);
      if (there != null) return reweigh(row(there), said, position, type);
    }
    while (bySameness.containsKey(same)) same = same.aMicrosecondLater();

    var row =
        new KeptInteraction(
            position,
            same.user(),
            same.entity(),
            same.type(),
            said.weight(),
            said.metadata(),
            same.at(),
            said.eventId(),
            said.recommendationId(),
            said.measures());
    journal.put(rows, position, row);
    journal.add(ofUser.computeIfAbsent(row.user(), _ -> new TreeSet<>(NEWEST_FIRST)), row.place());
    journal.add(ofEntity.computeIfAbsent(key, _ -> new TreeSet<>(NEWEST_FIRST)), row.place());
    journal.put(bySameness, same, position);
    if (row.eventId().isPresent()) journal.put(byEventId, row.eventId().get(), position);
    log.tell(
        new Event.Interacted(
            position,
            log.number,
            row.user(),
            row.entity(),
            type,
            inEvents(row.weight()),
            row.place().atMicros(),
            row.measures()));
    return stored(row, position, false);
  }

  private Outcome reweigh(KeptInteraction first, Interaction said, long position, int type) {
    KeptInteraction changed = first.sentAgainAs(said);
    journal.put(rows, first.position(), changed);
    log.tell(
        new Event.Reweighed(
            position,
            log.number,
            first.position(),
            first.user(),
            first.entity(),
            type,
            inEvents(said.weight()),
            said.measures(),
            first.counted()));
    return stored(changed, position, false);
  }

  Outcome remove(RemoveInteraction said, long position) {
    KeptInteraction row = find(said).orElseThrow(() -> NotFound.interaction(said));
    forget(row);
    log.tell(
        new Event.InteractionRemoved(
            position,
            log.number,
            row.user(),
            row.entity(),
            types.numberOf(row.type()),
            inEvents(row.weight()),
            row.place().atMicros(),
            row.measures()));
    return new Outcome.InteractionRemoved(row.position(), position);
  }

  /** The newest one, where the entity was deleted and came again. */
  private Optional<KeptInteraction> find(RemoveInteraction said) {
    OptionalInt user = users.number(said.user());
    if (user.isEmpty()) return Optional.empty();
    Instant at = said.at().truncatedTo(MICROS);
    return ofEntity.getOrDefault(said.entity(), Collections.emptyNavigableSet()).stream()
        .map(place -> row(place.position()))
        .filter(row ->
            row.user() == user.getAsInt() && row.type().equals(said.type()) && row.at().equals(at))
        .findFirst();
  }

  /** Takes a row out of everything but its user's list. */
  private void takeAway(KeptInteraction row) {
    journal.remove(rows, row.position());
    journal.remove(bySameness, row.sameness());
    row.eventId().ifPresent(eventId -> journal.remove(byEventId, eventId));
    EntityKey key = entities.keyOf(row.entity());
    journal.remove(requireNonNull(ofEntity.get(key)), row.place());
  }

  /** The interactions of a type that are stored after a position, in order. */
  List<Scanned> scan(String type, long after) {
    return rows.tailMap(after, false).values().stream()
        .filter(row -> row.type().equals(type))
        .map(row ->
            new Scanned(
                row.position(), users.get(row.user()).id(), entities.keyOf(row.entity()), row.at()))
        .toList();
  }

  List<Kept> inOrder(Between between, long after, int limit) {
    return rows.tailMap(after, false).values().stream()
        .filter(row -> between.from().map(from -> !row.at().isBefore(from)).orElse(true))
        .filter(row -> between.until().map(row.at()::isBefore).orElse(true))
        .limit(limit)
        .map(row -> new Kept(recorded(row), row.weight().isPresent(), isOfDeleted(row)))
        .toList();
  }

  /** What a user did with entities that are still there, after a position, the oldest first. */
  NavigableMap<Long, Interaction> said(UserId user, long after) {
    var said = new TreeMap<Long, Interaction>();
    OptionalInt theirs = users.number(user);
    if (theirs.isEmpty()) return said;
    for (KeptInteraction row : rows.tailMap(after, false).values()) {
      if (row.user() == theirs.getAsInt() && !isOfDeleted(row))
        said.put(row.position(), said(user, row));
    }
    return said;
  }

  private Interaction said(UserId user, KeptInteraction row) {
    return new Interaction(
        user,
        entities.keyOf(row.entity()).asRef(),
        row.type(),
        row.weight(),
        row.metadata(),
        row.at(),
        true,
        row.eventId(),
        row.recommendationId(),
        row.measures());
  }

  private boolean isOfDeleted(KeptInteraction row) {
    return entities.isDeleted(row.entity());
  }

  private Outcome stored(KeptInteraction row, long position, boolean duplicate) {
    return new Outcome.InteractionStored(
        recorded(row), position, duplicate, types.now(row.type()).registered());
  }

  /** The interaction at a position, as it is now. */
  Optional<RecordedInteraction> at(long position) {
    return Optional.ofNullable(rows.get(position)).map(this::recorded);
  }

  List<RecordedInteraction> of(UserId user, Page page) {
    OptionalInt number = users.number(user);
    return number.isEmpty() ? List.of() : part(ofUser.get(number.getAsInt()), page);
  }

  List<RecordedInteraction> of(EntityKey entity, Page page) {
    return part(ofEntity.get(entity), page);
  }

  private List<RecordedInteraction> part(@Nullable NavigableSet<After> places, Page page) {
    if (places == null) return List.of();
    NavigableSet<After> wanted =
        page.after().isEmpty() ? places : places.tailSet(page.after().get(), false);
    return wanted.stream()
        .skip(page.offset())
        .limit(page.limit())
        .map(place -> recorded(row(place.position())))
        .toList();
  }

  private KeptInteraction row(long position) {
    return requireNonNull(rows.get(position));
  }

  private RecordedInteraction recorded(KeptInteraction row) {
    return new RecordedInteraction(
        row.position(),
        users.get(row.user()).id(),
        entities.keyOf(row.entity()),
        row.type(),
        row.weight().orElseGet(() -> types.now(row.type()).weight()),
        row.metadata(),
        row.at(),
        row.eventId(),
        row.recommendationId());
  }

  int count(int user) {
    NavigableSet<After> places = ofUser.get(user);
    return places == null ? 0 : places.size();
  }

  /** Everything that a user did, the oldest first. */
  List<KeptInteraction> of(int user) {
    return rows.values().stream().filter(row -> row.user() == user).toList();
  }

  /** The behaviours of a stretch of the log that happened before then. */
  List<KeptInteraction> behaviours(long beforeMicros, long after, long upTo) {
    return rows.subMap(after, false, upTo, true).values().stream()
        .filter(row -> row.measures().isBehaviour() && row.place().atMicros() < beforeMicros)
        .toList();
  }

  /** Takes one out, as if it had never been. */
  void forget(KeptInteraction row) {
    takeAway(row);
    journal.remove(requireNonNull(ofUser.get(row.user())), row.place());
  }

  /** Takes all out that a user did; returns how many they were. */
  int erase(int user) {
    List<KeptInteraction> theirs = of(user);
    theirs.forEach(this::takeAway);
    journal.remove(ofUser, user);
    return theirs.size();
  }

  /** How much a user did in the days before that of an instant, as far as experiments care. */
  long countBefore(int user, Instant at) {
    Instant until = at.truncatedTo(ChronoUnit.DAYS);
    Instant from = until.minus(Experiments.DAYS_BEFORE, ChronoUnit.DAYS);
    return of(user).stream()
        .filter(row -> !row.at().isBefore(from) && row.at().isBefore(until))
        .limit(Experiments.BEFORE_MAX)
        .count();
  }

  /** The lists that they came of. */
  Set<String> recommendationIds() {
    return rows.values().stream()
        .flatMap(row -> row.recommendationId().stream())
        .collect(Collectors.toSet());
  }
}
