package dev.kindred.store.jdbc;

import dev.kindred.store.Interactions.After;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A part of the list of what was done with an entity.
 *
 * @param numbers that it has and had before it was deleted
 * @param after the newest first, those that come after this
 */
record EntityPage(int tenant, List<Integer> numbers, After after, int limit, int offset) {

  /** A bracketed selection from {@link Tables#INTERACTIONS}, with its arguments. */
  record Selection(String sql, List<Object> arguments) {}

  EntityPage {
    numbers = List.copyOf(numbers);
  }

  /** For all numbers. */
  String placeholders() {
    return String.join(", ", Collections.nCopies(numbers.size(), "?"));
  }

  /** Tenant and numbers, then what {@code at <= ? and (at < ? or position < ?)} asks for. */
  List<Object> arguments() {
    var arguments = new ArrayList<Object>();
    arguments.add(tenant);
    arguments.addAll(numbers);
    arguments.add(after.atMicros());
    arguments.add(after.atMicros());
    arguments.add(after.position());
    return arguments;
  }

  /** How many are found before the offset is taken off. */
  long reach() {
    return (long) limit + offset;
  }
}
