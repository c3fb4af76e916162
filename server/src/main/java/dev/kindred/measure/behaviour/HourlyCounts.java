package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often something happened in each of the last hours. Only hours in which it did take room, and
 * those older than {@link #HOURS_KEPT} go when newer ones come.
 */
final class HourlyCounts {

  /** Four weeks of a baseline, and a day beyond. */
  static final int HOURS_KEPT = 29 * 24;

  private static final int[] NONE = {};

  private int size;
  private int[] hours = NONE;
  private int[] counts = NONE;

  /** Whether the arrays were captured, and must not change any more. */
  private boolean isShared;

  int size() {
    return size;
  }

  int hour(int i) {
    return hours[i];
  }

  int count(int i) {
    return counts[i];
  }

  void add(int hour, int amount) {
    if (size > 0 && hour < hours[size - 1] - HOURS_KEPT) return;
    own();
    int at = size;
    while (at > 0 && hours[at - 1] > hour) at--;
    if (at > 0 && hours[at - 1] == hour) {
      counts[at - 1] += amount;
      if (counts[at - 1] == 0) cut(at - 1, at);
      return;
    }
    // What is taken away may have been too old to be kept.
    if (amount < 0) return;
    if (size == hours.length) makeRoom(hour);
    at = Math.min(at, size);
    while (at > 0 && hours[at - 1] > hour) at--;
    System.arraycopy(hours, at, hours, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    hours[at] = hour;
    counts[at] = amount;
    size++;
  }

  void forgetBefore(int hour) {
    own();
    int old = 0;
    while (old < size && hours[old] < hour) old++;
    if (old > 0) cut(0, old);
  }

  Piece capture() {
    isShared = true;
    int[] hoursThen = hours;
    int[] countsThen = counts;
    int sizeThen = size;
    return out -> {
      out.number(sizeThen);
      out.ints(hoursThen, sizeThen);
      out.ints(countsThen, sizeThen);
    };
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    size = in.number();
    if (size == 0) return;
    hours = in.ints(size);
    counts = in.ints(size);
  }

  private void own() {
    if (!isShared) return;
    hours = hours.clone();
    counts = counts.clone();
    isShared = false;
  }

  private void makeRoom(int hour) {
    if (size > 0) forgetBefore(Math.max(hour, hours[size - 1]) - HOURS_KEPT);
    if (size < hours.length) return;
    hours = Arrays.copyOf(hours, size + (size >> 1) + 2);
    counts = Arrays.copyOf(counts, hours.length);
  }

  private void cut(int from, int to) {
    System.arraycopy(hours, to, hours, from, size - to);
    System.arraycopy(counts, to, counts, from, size - to);
    size -= to - from;
  }
}
