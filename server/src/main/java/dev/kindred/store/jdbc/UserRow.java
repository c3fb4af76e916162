package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}, or the place where one may be, as a transaction sees and changes it. */
final class UserRow {

  private final UserId id;
  private boolean acts;
  private int number;
  private boolean isNew;
  private boolean isChanged;
  private long created;
  private long updated;
  private @Nullable JsonObject attributes;

  private UserRow(UserId id) {
    this.id = id;
  }

  /** The place of a row of which nothing is known yet. */
  static UserRow absent(UserId id) {
    return new UserRow(id);
  }

  /** The row of that number is in the table; {@code at} is 0 where it was not asked since when. */
  void isStored(int as, long at) {
    number = as;
    created = at;
  }

  UserId id() {
    return id;
  }

  /** Notes that this user does something; returns whether that is new. */
  boolean act() {
    boolean isNews = !acts;
    acts = true;
    return isNews;
  }

  /** 0 while there is no row. */
  int number() {
    return number;
  }

  boolean isNew() {
    return isNew;
  }

  boolean isChanged() {
    return isChanged;
  }

  long created() {
    return created;
  }

  long updated() {
    return updated;
  }

  /** Makes the row where there is none; this user did something for the first time. */
  int name(Appending appending) {
    if (number != 0) return number;
    number = appending.head().nextUser();
    isNew = true;
    isChanged = true;
    created = appending.now();
    updated = created;
    return number;
  }

  void put(JsonObject put, Appending appending) {
    name(appending);
    isChanged = true;
    updated = appending.now();
    attributes = put;
  }

  /** Adds this to rows of {@link Tables#USERS}. */
  void addTo(Rows rows, int tenant) {
    rows.add(tenant, number, id.value(), created, updated, attributes);
  }
}
