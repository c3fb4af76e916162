package dev.kindred.measure.behaviour;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What all users did with one title. Guarded by the tenant's lock. */
final class Title {

  final int number;

  /** Where the title stands among the tenant's. */
  final int index;

  boolean isDeleted;
  long views;
  int started;
  int completed;
  int skipped;
  long rated;
  long ratings;

  /** The newest interaction of those that are kept one by one, in milliseconds. */
  long last = Long.MIN_VALUE;

  /** Those who are alike by having to do with it, in no order. */
  private int[] users = new int[4];

  private int userCount;

  final HourlyCounts hours = new HourlyCounts();

  /** What it is; null until the catalogue was asked. */
  @Nullable Description description;

  /** The numbers of its genres. */
  int[] genres = new int[0];

  Title(int number, int index) {
    this.number = number;
    this.index = index;
  }

  int userCount() {
    return userCount;
  }

  int user(int i) {
    return users[i];
  }

  void addUser(int user) {
    if (userCount == users.length) users = Arrays.copyOf(users, userCount + (userCount >> 1) + 4);
    users[userCount++] = user;
  }

  void removeUser(int user) {
    for (int i = 0; i < userCount; i++) {
      if (users[i] != user) continue;
      users[i] = users[--userCount];
      return;
    }
  }

  void forgetUsers() {
    users = new int[0];
    userCount = 0;
  }
}
