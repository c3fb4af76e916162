package dev.kindred.store.memory;

import dev.kindred.domain.Change.PutInteractionType;
import dev.kindred.domain.Event;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/** A tenant's types of interactions. Every access holds the store's lock. */
final class MemoryTypes {

  private final TenantLog log;
  private final Journal journal;

  /** Primary: the numbers of all types that ever stood in an event, in their order. */
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** Primary: what was registered about types. */
  private final NavigableMap<String, InteractionType> registered = new TreeMap<>();

  MemoryTypes(TenantLog log, Journal journal) {
    this.log = log;
    this.journal = journal;
  }

  Outcome put(PutInteractionType said, long position, Instant now) {
    boolean created = !now(said.name()).registered();
    InteractionType before = registered.get(said.name());
    var type =
        new InteractionType(
            said.name(),
            said.weight(),
            said.description(),
            said.halfLifeDays(),
            true,
            before == null ? now : before.createdAt(),
            now);
    journal.put(registered, said.name(), type);
    log.tell(new Event.InteractionTypeChanged(position, log.number, numberOf(said.name())));
    return new Outcome.InteractionTypeStored(type, position, created);
  }

  Outcome delete(String name, long position) {
    if (!now(name).registered()) throw NotFound.interactionType(name);
    journal.remove(registered, name);
    log.tell(new Event.InteractionTypeChanged(position, log.number, numberOf(name)));
    return new Outcome.InteractionTypeDeleted(name, position);
  }

  /** What is known of a type now, whether it was registered or not. */
  InteractionType now(String name) {
    InteractionType known = registered.get(name);
    if (known != null) return known;
    return new InteractionType(
        name,
        InteractionType.defaultWeight(name),
        Optional.empty(),
        OptionalDouble.empty(),
        InteractionType.isBuiltIn(name),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  NavigableSet<String> names() {
    var names = new TreeSet<>(InteractionType.builtInNames());
    names.addAll(registered.keySet());
    return names;
  }

  int numberOf(String type) {
    Integer known = numbers.get(type);
    if (known != null) return known;
    int fresh = numbers.size() + 1;
    journal.put(numbers, type, fresh);
    return fresh;
  }

  Map<String, Integer> numbers() {
    return Collections.unmodifiableMap(numbers);
  }
}
