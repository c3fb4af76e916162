package dev.kindred.store;

import dev.kindred.domain.InteractionType;
import java.util.List;
import java.util.Optional;

/** The kinds of interactions of a tenant; the built-in ones are there from the start. */
public interface InteractionTypes {

  /**
   * A type that is built in or registered; one that was only used is not found. The times of one
   * that nobody registered are those of 1970.
   */
  Optional<InteractionType> find(String name);

  /** Those that are built in or registered, by name. */
  List<InteractionType> all();

  /**
   * Every type that ever stood in an event, with the number by which events refer to it, by number.
   */
  List<Numbered> numbered();

  /** A type and its number. */
  record Numbered(int number, InteractionType type) {}
}
