package dev.kindred.learn;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Items in the order of a number that each has, so that those within a bound are found without a
 * look at each of them: a few sets hold all items from a certain place of the order on, and what is
 * between the bound and the nearest of them is put right one by one. Costs a bit for each item and
 * set, and a look at n / {@value #SETS} items at most. Never changes.
 */
final class NumberOrder {
  private static final int SETS = 64;

  /** Items by number, those with equal numbers by index. */
  private final int[] items;

  /** The number of each of them, ascending. */
  private final double[] numbers;

  /** Between two sets there are so many items. */
  private final int step;

  /** The items from a multiple of {@link #step} on. */
  private final BitSet[] from;

  private NumberOrder(int[] items, double[] numbers) {
    this.items = items;
    this.numbers = numbers;
    step = Math.max(1, Math.ceilDiv(items.length, SETS));
    from = new BitSet[Math.ceilDiv(items.length, step) + 1];
    var rest = new BitSet();
    from[from.length - 1] = new BitSet();
    for (int n = items.length - 1; n >= 0; n--) {
      rest.set(items[n]);
      if (n % step == 0) from[n / step] = (BitSet) rest.clone();
    }
  }

  /**
   * Of items that have one value each.
   *
   * @param codes the code of each item's value; negative for an item without one
   * @param numbers the number that each code stands for; NaN for what is none
   * @param codesEnd one more than the greatest code
   */
  static NumberOrder of(int[] codes, double[] numbers, int codesEnd) {
    double[] ascending = Arrays.copyOf(numbers, codesEnd);
    Arrays.sort(ascending);
    int[] placeOf = new int[codesEnd];
    for (int code = 0; code < codesEnd; code++) {
      placeOf[code] = Arrays.binarySearch(ascending, numbers[code]);
    }
    int[] begin = new int[codesEnd + 1];
    int count = 0;
    for (int code : codes) {
      if (code < 0 || Double.isNaN(numbers[code])) continue;
      begin[placeOf[code] + 1]++;
      count++;
    }
    for (int place = 0; place < codesEnd; place++) begin[place + 1] += begin[place];
    int[] items = new int[count];
    double[] ofItems = new double[count];
    for (int item = 0; item < codes.length; item++) {
      int code = codes[item];
      if (code < 0 || Double.isNaN(numbers[code])) continue;
      int at = begin[placeOf[code]]++;
      items[at] = item;
      ofItems[at] = numbers[code];
    }
    return new NumberOrder(items, ofItems);
  }

  /** The caller's own set of those that are not below a bound. */
  BitSet atLeast(double bound) {
    return from(firstNotBelow(bound));
  }

  /** The caller's own set of those that are not above a bound. */
  BitSet atMost(double bound) {
    var all = (BitSet) from[0].clone();
    all.andNot(from(firstNotBelow(Math.nextUp(bound))));
    return all;
  }

  private BitSet from(int place) {
    int below = place / step;
    boolean isNearerAbove = place - below * step > step / 2;
    int nearest = isNearerAbove ? below + 1 : below;
    var set = (BitSet) from[nearest].clone();
    int end = Math.min(items.length, nearest * step);
    for (int n = place; n < end; n++) set.set(items[n]);
    for (int n = end; n < place; n++) set.clear(items[n]);
    return set;
  }

  private int firstNotBelow(double bound) {
    int low = 0;
    int high = numbers.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[middle] < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
