package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/**
 * How much is going on around each item: the weight of all that was done with it, halved with every
 * half-life of its age, for several half-lives at once. An event costs a few multiplications; late
 * ones count as if they had come in time. One writer; readers are kept away while it writes.
 */
final class Rates {
  /** Each four times the one before, so that each can be the other's past. */
  private static final double[] HALF_LIVES_DAYS = {0.5, 2, 8, 32, 128};

  static final int SPANS = HALF_LIVES_DAYS.length;

  private static final double MICROS_A_DAY = 86_400e6;

  /** How much the weight of one interaction is worth against chance. */
  private static final double CHANCE = 1;

  private double[] values = {};
  private long[] seenFrom = {};
  private long changes;

  /** Which half-life tells best what goes on in so many days, but not the longest one. */
  static int spanOf(double days) {
    int best = 0;
    for (int span = 1; span < SPANS - 1; span++) {
      if (distance(span, days) < distance(best, days)) best = span;
    }
    return best;
  }

  /** What decays with half-life h is on average h / ln 2 old: half a window of 2.9 h. */
  private static double distance(int span, double days) {
    return Math.abs(Math.log(2.9 * HALF_LIVES_DAYS[span] / days));
  }

  void add(int item, double weight, long atMicros) {
    makeRoomFor(item);
    long from = seenFrom[item];
    double age = (atMicros - from) / MICROS_A_DAY;
    for (int span = 0; span < SPANS; span++) {
      int at = item * SPANS + span;
      double decay = Math.pow(2, -Math.abs(age) / HALF_LIVES_DAYS[span]);
      values[at] = age >= 0 ? values[at] * decay + weight : values[at] + weight * decay;
    }
    if (age > 0) seenFrom[item] = atMicros;
    changes++;
  }

  /** Whether the newest thing that was ever done with the item was done at that instant. */
  boolean isSeenFrom(int item, long atMicros) {
    return item < seenFrom.length && seenFrom[item] == atMicros;
  }

  void forget(int item) {
    if (item >= seenFrom.length) return;
    Arrays.fill(values, item * SPANS, (item + 1) * SPANS, 0);
    seenFrom[item] = Long.MIN_VALUE / 2;
    changes++;
  }

  /** Grows with every change. */
  long changes() {
    return changes;
  }

  /** The decayed weight, seen from {@code now}; never below zero. */
  double weight(int item, int span, long now) {
    if (item >= seenFrom.length) return 0;
    double value = values[item * SPANS + span];
    if (value <= 0) return 0;
    double age = Math.max(0, (now - seenFrom[item]) / MICROS_A_DAY);
    return value * Math.pow(2, -age / HALF_LIVES_DAYS[span]);
  }

  /**
   * By how much more is going on than is usual for the item: the excess over what its longer past
   * lets expect, in units of what chance makes of that.
   */
  double growth(int item, int span, long now) {
    double recent = weight(item, span, now);
    if (recent <= 0) return 0;
    double expected =
        weight(item, span + 1, now) * HALF_LIVES_DAYS[span] / HALF_LIVES_DAYS[span + 1];
    return Math.max(0, (recent - expected) / Math.sqrt(expected + CHANCE));
  }

  Piece capture() {
    double[] valuesThen = values.clone();
    long[] seenThen = seenFrom.clone();
    return out -> {
      out.doubles(valuesThen);
      out.longs(seenThen);
    };
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    values = in.doubles();
    seenFrom = in.longs();
    changes++;
  }

  private void makeRoomFor(int item) {
    int known = seenFrom.length;
    if (item < known) return;
    int room = Math.max(Math.max(16, item + 1), known + (known >> 1));
    values = Arrays.copyOf(values, room * SPANS);
    seenFrom = Arrays.copyOf(seenFrom, room);
    Arrays.fill(seenFrom, known, room, Long.MIN_VALUE / 2);
  }
}
