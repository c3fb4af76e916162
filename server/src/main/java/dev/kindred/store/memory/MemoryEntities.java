package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A tenant's entities. Every access holds the store's lock. */
final class MemoryEntities {

  /** An entity by its number; without a state while it was only named, and after its deletion. */
  record Numbered(EntityKey key, Optional<Entity> entity) {}

  private final TenantLog log;
  private final Journal journal;

  /** Primary: every entity that was ever stored or named. */
  private final NavigableMap<Integer, Numbered> byNumber = new TreeMap<>();

  /** Derived: the numbers of those that are not deleted. */
  private final NavigableMap<EntityKey, Integer> numbers = new TreeMap<>(Order.OF_ENTITIES);

  /** Derived: the types under which an entity of that id is stored. */
  private final Map<EntityId, NavigableSet<String>> typesOf = new HashMap<>();

  /** Numbers are never given twice, so this only grows, even where a change is taken back. */
  private int last;

  MemoryEntities(TenantLog log, Journal journal) {
    this.log = log;
    this.journal = journal;
  }

  Outcome put(EntityDraft draft, PutMode mode, long position, Instant now) {
    boolean known = find(draft.key()).isPresent();
    if (known && mode == PutMode.CREATE) throw Conflict.exists(draft.key());
    if (!known && mode == PutMode.REPLACE) throw NotFound.entity(draft.key().asRef());
    return store(draft.key(), draft, position, now);
  }

  Outcome edit(EntityKey key, Function<Entity, EntityDraft> edit, long position, Instant now) {
    Entity stored = find(key).orElseThrow(() -> NotFound.entity(key.asRef()));
    return store(key, edit.apply(stored), position, now);
  }

  private Outcome store(EntityKey key, EntityDraft draft, long position, Instant now) {
    Optional<Entity> before = find(key);
    var entity =
        new Entity(
            key,
            draft.attributes(),
            draft.vector(),
            toMicros(draft.availability()),
            before.map(Entity::createdAt).orElse(now),
            now);
    int entityNumber = numberOf(key);
    journal.put(byNumber, entityNumber, new Numbered(key, Optional.of(entity)));
    journal.add(typesOf.computeIfAbsent(key.id(), _ -> new TreeSet<>()), key.type().value());
    log.tell(new Event.EntityPut(position, log.number, entityNumber));
    return new Outcome.EntityStored(entity, position, before.isEmpty());
  }

  /** The number retires with the entity: one that comes under the same key is another. */
  Outcome delete(EntityKey key, long position) {
    if (find(key).isEmpty()) throw NotFound.entity(key.asRef());
    int entityNumber = numberOf(key);
    journal.put(byNumber, entityNumber, new Numbered(key, Optional.empty()));
    journal.remove(numbers, key);
    journal.remove(typesOf(key.id()), key.type().value());
    log.tell(new Event.EntityDeleted(position, log.number, entityNumber));
    return new Outcome.EntityDeleted(key, position);
  }

  /** Takes over the vector, unless the entity has changed since it was read. Outside the log. */
  void refreshVector(int entityNumber, Entity read) {
    Numbered now = byNumber.get(entityNumber);
    if (now == null || now.entity().isEmpty()) return;
    Entity entity = now.entity().get();
    if (entity.vector().isGiven() || !entity.updatedAt().equals(read.updatedAt())) return;
    var refreshed =
        new Entity(
            entity.key(),
            entity.attributes(),
            read.vector(),
            entity.availability(),
            entity.createdAt(),
            entity.updatedAt());
    byNumber.put(entityNumber, new Numbered(now.key(), Optional.of(refreshed)));
  }

  Optional<Entity> find(EntityKey key) {
    Integer entityNumber = numbers.get(key);
    if (entityNumber == null) return Optional.empty();
    return Optional.ofNullable(byNumber.get(entityNumber)).flatMap(Numbered::entity);
  }

  OptionalInt number(EntityKey key) {
    Integer known = numbers.get(key);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  NavigableSet<String> typesOf(EntityId id) {
    return typesOf.getOrDefault(id, Collections.emptyNavigableSet());
  }

  /** The keys of all entities that are stored or named, in order. */
  NavigableSet<EntityKey> keysAfter(Optional<EntityKey> after) {
    NavigableSet<EntityKey> keys = numbers.navigableKeySet();
    return after.isEmpty() ? keys : keys.tailSet(after.get(), false);
  }

  int numberOf(EntityKey key) {
    Integer known = numbers.get(key);
    if (known != null) return known;
    int fresh = ++last;
    journal.put(numbers, key, fresh);
    journal.put(byNumber, fresh, new Numbered(key, Optional.empty()));
    return fresh;
  }

  EntityKey keyOf(EntityRef entity) {
    if (entity.type().isPresent()) return new EntityKey(entity.type().get(), entity.id());
    List<EntityType> types = typesOf(entity.id()).stream().map(EntityType::new).toList();
    return switch (types.size()) {
      case 0 -> new EntityKey(EntityType.PRODUCT, entity.id());
      case 1 -> new EntityKey(types.getFirst(), entity.id());
      default -> throw Conflict.ambiguous(entity.id(), types);
    };
  }

  /** The key of an entity by its number, of a deleted one too. */
  EntityKey keyOf(int number) {
    return requireNonNull(byNumber.get(number)).key();
  }

  boolean isDeleted(int number) {
    Integer present = numbers.get(keyOf(number));
    return present == null || present != number;
  }

  /** All of them by number, deleted ones too. */
  NavigableMap<Integer, Numbered> byNumber() {
    return Collections.unmodifiableNavigableMap(byNumber);
  }

  private static Availability toMicros(Availability said) {
    return new Availability(
        said.from().map(from -> from.truncatedTo(MICROS)),
        said.until().map(until -> until.truncatedTo(MICROS)));
  }
}
