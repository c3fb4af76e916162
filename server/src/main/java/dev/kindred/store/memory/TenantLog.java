package dev.kindred.store.memory;

import dev.kindred.domain.Event;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Predicate;

/** A tenant's part of the log, as an append extends it. */
final class TenantLog {

  final int number;
  private final Journal journal;

  /** Primary, shared by all tenants: the log by position. */
  private final NavigableMap<Long, Event> events;

  /**
   * @param number the tenant's
   */
  TenantLog(int number, NavigableMap<Long, Event> events, Journal journal) {
    this.number = number;
    this.events = events;
    this.journal = journal;
  }

  void tell(Event event) {
    journal.put(events, event.position(), event);
  }

  /** Takes the tenant's events of a kind out, as if they had never been. */
  void forget(Predicate<Event> kind) {
    List<Event> gone =
        events.values().stream().filter(event -> event.tenant() == number).filter(kind).toList();
    for (Event event : gone) journal.remove(events, event.position());
  }
}
