package dev.kindred.store.memory;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A tenant's users. Every access holds the store's lock. */
final class MemoryUsers {

  record User(UserId id, JsonObject attributes, Instant createdAt, Instant updatedAt) {}

  private final Journal journal;

  /** Primary: the users. */
  private final NavigableMap<Integer, User> byNumber = new TreeMap<>();

  /** Derived: their numbers. */
  private final NavigableMap<UserId, Integer> numbers = new TreeMap<>(Order.OF_USERS);

  /** Numbers are never given twice, so this only grows, even where a change is taken back. */
  private int last;

  MemoryUsers(Journal journal) {
    this.journal = journal;
  }

  /** Replaces the attributes of somebody who may be new; returns the number. */
  int put(UserId user, JsonObject attributes, Instant now) {
    int number = numberOf(user, now);
    journal.put(byNumber, number, new User(user, attributes, get(number).createdAt(), now));
    return number;
  }

  /** The number of somebody who may be new. */
  int numberOf(UserId user, Instant now) {
    Integer known = numbers.get(user);
    if (known != null) return known;
    int fresh = ++last;
    journal.put(numbers, user, fresh);
    journal.put(byNumber, fresh, new User(user, JsonObject.EMPTY, now, now));
    return fresh;
  }

  void remove(int number) {
    journal.remove(numbers, get(number).id());
    journal.remove(byNumber, number);
  }

  boolean contains(UserId user) {
    return numbers.containsKey(user);
  }

  OptionalInt number(UserId user) {
    Integer known = numbers.get(user);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  User get(int number) {
    return requireNonNull(byNumber.get(number));
  }

  NavigableMap<Integer, User> byNumber() {
    return Collections.unmodifiableNavigableMap(byNumber);
  }

  /** Their numbers, in the order of their ids. */
  NavigableMap<UserId, Integer> numbers() {
    return Collections.unmodifiableNavigableMap(numbers);
  }
}
