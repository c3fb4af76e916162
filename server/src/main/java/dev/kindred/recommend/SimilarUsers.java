package dev.kindred.recommend;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.ItemLikeness;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import java.util.Arrays;

/**
 * Who took much of the same: the overlap of what two users took over what either took (Jaccard),
 * shrunk so that few things in common say little. Everybody is looked at as they are now, from the
 * takers of the rarest items on, since what all took tells nobody apart, until a bound on the work
 * is reached. Working memory of one request at a time.
 */
final class SimilarUsers {
  /** At most half of the slots are used. */
  private static final int STEPS_MAX = 4_000;

  private static final int SLOTS = 8_192;
  private static final int DEEDS_MAX = 200;

  private final int[] users = new int[SLOTS];
  private final int[] overlaps = new int[SLOTS];
  private final int[] used = new int[STEPS_MAX];
  private int count;

  SimilarUsers() {
    Arrays.fill(users, -1);
  }

  /** Adds what the most similar users took to the sums, once in all. */
  void addTo(
      LiveTenant tenant, Shelf shelf, int user, History history, int most, Accumulator sums) {
    meet(shelf, user, history);
    Ranking best = nearest(tenant, history.size(), most);
    float whole = 0;
    for (float likeness : best.scores()) whole += likeness;
    for (int n = 0; n < best.size(); n++) {
      Deeds deeds = tenant.deeds(users[best.items()[n]]);
      float share = best.scores()[n] / whole;
      for (int d = Math.max(0, deeds.size() - DEEDS_MAX); d < deeds.size(); d++) {
        if (tenant.kinds().weight(deeds.type(d), deeds.weight(d)) <= 0) continue;
        int item = tenant.item(shelf, deeds.entity(d));
        if (item >= 0) sums.add(item, share);
      }
    }
    for (int n = 0; n < count; n++) users[used[n]] = -1;
    count = 0;
  }

  /**
   * Most have one thing in common. Of those it is looked up what else they took only where they
   * could be among the nearest at all.
   */
  private Ranking nearest(LiveTenant tenant, int ours, int most) {
    var nearest = new TopK(most);
    for (int n = 0; n < count; n++) {
      if (overlaps[used[n]] > 1) offer(tenant, used[n], ours, nearest);
    }
    boolean isOneEnough =
        nearest.size() < most || ItemLikeness.likeness(1, ours, 1) >= TopK.score(nearest.bar());
    for (int n = 0; isOneEnough && n < count; n++) {
      if (overlaps[used[n]] == 1) offer(tenant, used[n], ours, nearest);
    }
    return nearest.ranking();
  }

  private void offer(LiveTenant tenant, int slot, int ours, TopK nearest) {
    int theirs = tenant.deeds(users[slot]).size();
    nearest.offer(slot, ItemLikeness.likeness(overlaps[slot], ours, theirs));
  }

  private void meet(Shelf shelf, int user, History history) {
    long[] rarestFirst = new long[history.size()];
    for (int n = 0; n < rarestFirst.length; n++) {
      int item = history.items()[n];
      rarestFirst[n] = (long) shelf.takers(item) << 32 | item;
    }
    Arrays.sort(rarestFirst);
    int steps = 0;
    for (long packed : rarestFirst) {
      int item = (int) packed;
      for (int n = shelf.takers(item) - 1; n >= 0; n--) {
        if (steps++ == STEPS_MAX) return;
        int other = shelf.taker(item, n);
        if (other != user) add(other);
      }
    }
  }

  private void add(int user) {
    int slot = (user * 0x9E3779B9) >>> 19;
    while (users[slot] >= 0 && users[slot] != user) slot = (slot + 1) & (SLOTS - 1);
    if (users[slot] < 0) {
      users[slot] = user;
      overlaps[slot] = 0;
      used[count++] = slot;
    }
    overlaps[slot]++;
  }
}
