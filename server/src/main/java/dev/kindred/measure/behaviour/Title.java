package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What all users did with one title. Guarded by the tenant's lock. */
final class Title {
  private static final int COUNTS = 9;
  private static final int[] NOTHING = {};

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
  private int[] users = NOTHING;

  private int userCount;

  final HourlyCounts hours = new HourlyCounts();

  /** What it is; null until the catalogue was asked. */
  @Nullable Description description;

  /** The numbers of its genres. */
  int[] genres = NOTHING;

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
      // Another array: this one may have been captured.
      users = users.clone();
      users[i] = users[--userCount];
      return;
    }
  }

  Piece capture() {
    long[] counts = {
      isDeleted ? 1 : 0, views, started, completed, skipped, rated, ratings, last, userCount
    };
    int[] usersThen = users;
    Piece hoursThen = hours.capture();
    return out -> {
      out.number(number);
      out.longs(counts, COUNTS);
      out.ints(usersThen, (int) counts[COUNTS - 1]);
      hoursThen.write(out);
    };
  }

  /** What was captured. */
  static Title read(Input in, int index) throws IOException {
    var title = new Title(in.number(), index);
    long[] counts = in.longs(COUNTS);
    title.isDeleted = counts[0] == 1;
    title.views = counts[1];
    title.started = (int) counts[2];
    title.completed = (int) counts[3];
    title.skipped = (int) counts[4];
    title.rated = counts[5];
    title.ratings = counts[6];
    title.last = counts[7];
    title.userCount = (int) counts[8];
    int[] users = in.ints(title.userCount);
    if (users.length > 0) title.users = users;
    title.hours.read(in);
    return title;
  }

  void forgetUsers() {
    users = NOTHING;
    userCount = 0;
  }
}
