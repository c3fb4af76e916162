package dev.kindred.store.jdbc;

import dev.kindred.domain.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The lines that a transaction adds to the log, so that nobody has to read them back. */
final class NewEvents {

  private final boolean areWanted;
  private final List<Event> events;

  /**
   * @param areWanted whether anybody will ask for them; otherwise none need be added
   */
  NewEvents(boolean areWanted) {
    this(areWanted, List.of());
  }

  private NewEvents(boolean areWanted, List<Event> events) {
    this.areWanted = areWanted;
    this.events = new ArrayList<>(events);
  }

  boolean areWanted() {
    return areWanted;
  }

  void add(Event event) {
    events.add(event);
  }

  /** The lines in which a user stands are gone from the log. */
  void erase(int tenant, int user) {
    events.removeIf(event -> event.tenant() == tenant && event.isAbout(user));
  }

  /** In the order of the log. */
  List<Event> inOrder() {
    events.sort(Comparator.comparingLong(Event::position));
    return List.copyOf(events);
  }

  /** Everything as it is now, to go back to. */
  NewEvents copy() {
    return new NewEvents(areWanted, events);
  }

  void goBackTo(NewEvents earlier) {
    events.clear();
    events.addAll(earlier.events);
  }
}
