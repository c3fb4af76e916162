package dev.kindred.measure.behaviour;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Measures;
import java.util.TreeSet;

/**
 * What a deed or a sum of deeds changes in the counts of its user and of its title, there and back:
 * what is taken away leaves nothing behind. Guarded by the tenant's lock.
 */
final class Counting {

  private final TypeTable types;

  Counting(TypeTable types) {
    this.types = types;
  }

  /** Adds a deed, or takes it away. */
  void apply(UserHistory user, Title title, Deed deed, int sign) {
    int others = user.count(deed.key()) - (sign < 0 ? 1 : 0);
    if (others > 0 && !deed.measures().isComplete()) {
      user.add(deed.key(), Amounts.of(deed, sign));
    } else {
      int takenIn = deed.measures().isComplete() ? sign : 0;
      add(user, title, deed.key(), Amounts.of(deed, sign), takenIn);
    }
    UserTotals totals = user.totals;
    if (deed.role() == Role.VIEW) {
      title.views += sign;
      totals.views += sign;
    }
    if (deed.ratingMicros() != Measures.NOT_SAID) {
      title.rated += sign;
      title.ratings += (long) sign * deed.ratingMicros();
      totals.rated += sign;
      totals.ratings += (long) sign * deed.ratingMicros();
    }
    Measures measures = deed.measures();
    if (measures.hasDuration()) {
      totals.timed += sign;
      totals.durations += sign * measures.durationMicros();
    }
    if (measures.hasTimeOfDay()) totals.addTime(measures.timeOfDay(), sign);
    user.vector = null;
  }

  /** Adds a sum, or takes it away; returns whether there was room for it. */
  boolean apply(UserHistory user, Title title, BehaviourSum sum, int sign) {
    long key = RowKey.of(title.index, sum.type(), RowKey.circumstances(sum));
    if (user.isFull(key)) return false;
    int takenIn = sign * Math.toIntExact(sum.takenIn());
    add(user, title, key, Amounts.of(sum, sign), takenIn);
    UserTotals totals = user.totals;
    if (types.role(sum.type()) == Role.VIEW) {
      title.views += sign * sum.count();
      totals.views += sign * sum.count();
    }
    title.rated += sign * sum.rated();
    title.ratings += sign * sum.ratings();
    totals.rated += sign * sum.rated();
    totals.ratings += sign * sum.ratings();
    totals.timed += sign * sum.timed();
    totals.durations += sign * sum.durations();
    totals.add(sum.timesOfDay(), sign);
    user.vector = null;
    return true;
  }

  /** Takes all of a user out of the counts of titles. */
  void takeOut(UserHistory user, Titles titles) {
    var seen = new TreeSet<Integer>();
    for (int row = 0; row < user.rows(); row++) {
      long key = user.keyOf(row);
      Title title = titles.at(RowKey.title(key));
      title.rated -= user.ratedOf(row);
      title.ratings -= user.ratingsOf(row);
      int type = RowKey.type(key);
      if (type != RowKey.TAKEN_IN && types.role(type) == Role.VIEW) {
        title.views -= user.countOf(row);
      }
      if (!seen.add(title.index)) continue;
      if (types.isStarted(user, title.index)) title.started--;
      if (types.isCompleted(user, title.index)) title.completed--;
      if (types.isSkipped(user, title.index)) title.skipped--;
      if (types.isShared(user, title.index)) title.removeUser(user.index);
    }
  }

  /**
   * Adds amounts by which the user may have begun with the title, or takes the last such away.
   *
   * @param takenIn how often all of it was taken in
   */
  private void add(UserHistory user, Title title, long key, Amounts amounts, int takenIn) {
    boolean wasStarted = types.isStarted(user, title.index);
    boolean wasCompleted = types.isCompleted(user, title.index);
    boolean wasSkipped = types.isSkipped(user, title.index);
    boolean wasShared = types.isShared(user, title.index);

    user.add(key, amounts);
    if (takenIn != 0) {
      long whole = RowKey.of(title.index, RowKey.TAKEN_IN, 0);
      user.add(whole, Amounts.counting(takenIn));
    }

    int started = change(wasStarted, types.isStarted(user, title.index));
    int completed = change(wasCompleted, types.isCompleted(user, title.index));
    title.started += started;
    title.completed += completed;
    user.totals.started += started;
    user.totals.completed += completed;
    title.skipped += change(wasSkipped, types.isSkipped(user, title.index));
    share(user, title, change(wasShared, types.isShared(user, title.index)));
  }

  private static void share(UserHistory user, Title title, int change) {
    if (change == 0 || title.isDeleted) return;
    user.shared += change;
    if (change > 0) title.addUser(user.index);
    else title.removeUser(user.index);
  }

  private static int change(boolean before, boolean now) {
    return (now ? 1 : 0) - (before ? 1 : 0);
  }
}
