package dev.kindred.engine;

import java.util.Arrays;

/** The order of a few keys, nothing allocated for each of them; equal keys stay as they are. */
public final class Order {
  /** Below so many keys it costs least to put each where it belongs. */
  private static final int FEW = 48;

  private Order() {}

  /** Places of the keys, from the least to the greatest. */
  public static int[] ascending(long[] keys) {
    int[] places = new int[keys.length];
    for (int n = 0; n < places.length; n++) places[n] = n;
    int run = Math.min(FEW, places.length);
    for (int from = 0; from < places.length; from += FEW) {
      insert(keys, places, from, Math.min(places.length, from + FEW));
    }
    int[] other = run < places.length ? new int[places.length] : places;
    for (; run < places.length; run *= 2) {
      for (int from = 0; from < places.length; from += 2 * run) {
        int middle = Math.min(places.length, from + run);
        merge(keys, places, other, from, middle, Math.min(places.length, middle + run));
      }
      int[] merged = other;
      other = places;
      places = merged;
    }
    return places;
  }

  /** From the greatest to the least. */
  public static int[] descending(long[] keys) {
    return ascending(Arrays.stream(keys).map(key -> ~key).toArray());
  }

  private static void insert(long[] keys, int[] places, int from, int end) {
    for (int n = from + 1; n < end; n++) {
      int place = places[n];
      int at = n;
      for (; at > from && keys[places[at - 1]] > keys[place]; at--) places[at] = places[at - 1];
      places[at] = place;
    }
  }

  private static void merge(
      long[] keys, int[] places, int[] merged, int from, int middle, int end) {
    int left = from;
    int right = middle;
    for (int n = from; n < end; n++) {
      boolean isLeft = left < middle && (right == end || keys[places[left]] <= keys[places[right]]);
      merged[n] = isLeft ? places[left++] : places[right++];
    }
  }
}
