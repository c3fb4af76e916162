package dev.kindred.store;

import dev.kindred.domain.Event;
import dev.kindred.store.EventLog.Appended;
import java.util.ArrayList;
import java.util.List;

/** Reads what an append has added. */
final class Tailing {

  private Tailing() {}

  static List<Event> read(EventLog log, Appended appended) {
    List<Event> events = new ArrayList<>();
    int positions = (int) (appended.position() - appended.after());
    if (positions > 0) log.read(appended.after(), positions, events::add);
    return events;
  }
}
