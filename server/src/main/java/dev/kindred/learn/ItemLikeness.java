package dev.kindred.learn;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;

/**
 * Which items are taken by the same users: for each, those with the greatest overlap of takers over
 * all takers of either (Jaccard), shrunk so that a few common takers say little. Over all users and
 * all items; never changes.
 *
 * <p>Costs the sum of the squares of what users took. Items are looked at a few at a time, so that
 * writers hardly wait.
 */
public final class ItemLikeness {
  private static final int ITEMS_AT_ONCE = 64;
  private static final int DEEDS_MAX = 1_000;
  private static final float SHRINKAGE = 10;
  private static final Ranking NOTHING = new TopK(1).ranking();

  private final Ranking[] rows;

  private ItemLikeness(Ranking[] rows) {
    this.rows = rows;
  }

  /** Nothing is known yet. */
  public static ItemLikeness none() {
    return new ItemLikeness(new Ranking[0]);
  }

  /**
   * Reads what is in memory now.
   *
   * @param most items that are kept for each
   * @param goOn called again and again; may throw to end it
   */
  public static ItemLikeness of(LiveTenant tenant, Shelf shelf, int most, Runnable goOn) {
    int size = tenant.read(shelf::size);
    var rows = new Ranking[size];
    var common = new Accumulator(size);
    int[] countedFor = new int[size];
    int[] round = new int[1];
    for (int from = 0; from < size; from += ITEMS_AT_ONCE) {
      goOn.run();
      int first = from;
      int end = Math.min(size, from + ITEMS_AT_ONCE);
      tenant.read(() -> {
        for (int item = first; item < end; item++) {
          common.clear();
          for (int n = 0; n < shelf.takers(item); n++) {
            count(tenant, shelf, item, shelf.taker(item, n), common, countedFor, ++round[0]);
          }
          rows[item] = row(shelf, item, common, most);
        }
        return end;
      });
    }
    return new ItemLikeness(rows);
  }

  private static void count(
      LiveTenant tenant,
      Shelf shelf,
      int item,
      int user,
      Accumulator common,
      int[] countedFor,
      int round) {
    Deeds deeds = tenant.deeds(user);
    for (int n = Math.max(0, deeds.size() - DEEDS_MAX); n < deeds.size(); n++) {
      int other = tenant.item(shelf, deeds.entity(n));
      // What came since the beginning has its turn the next time.
      if (other < 0 || other >= countedFor.length || other == item) continue;
      if (countedFor[other] == round || !shelf.isLive(other)) continue;
      if (tenant.kinds().weight(deeds.type(n), deeds.weight(n)) <= 0) continue;
      countedFor[other] = round;
      common.add(other, 1f);
    }
  }

  private static Ranking row(Shelf shelf, int item, Accumulator common, int most) {
    if (common.count() == 0) return NOTHING;
    var top = new TopK(most);
    for (int n = 0; n < common.count(); n++) {
      int other = common.index(n);
      top.offer(other, likeness(common.sum(other), shelf.takers(item), shelf.takers(other)));
    }
    return top.ranking();
  }

  /** Of two sets of takers, by how many are in both and in each. */
  public static float likeness(float both, int one, int other) {
    return both / (one + other - both + SHRINKAGE);
  }

  /** The most alike, best first. */
  public Ranking of(int item) {
    return item < rows.length ? rows[item] : NOTHING;
  }

  public boolean isEmpty() {
    return rows.length == 0;
  }
}
