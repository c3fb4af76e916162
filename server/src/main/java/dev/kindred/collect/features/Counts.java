package dev.kindred.collect.features;

import java.util.function.LongConsumer;

/** Counts hashes. */
final class Counts {

  private long[] keys = new long[1 << 12];
  private int[] counts = new int[1 << 12];
  private int size;

  /** Counts one more; returns how many there are now. */
  int add(long key) {
    int at = place(key);
    if (counts[at] == 0) {
      if (++size * 2 > keys.length) {
        grow();
        at = place(key);
      }
      keys[at] = key;
    }
    return ++counts[at];
  }

  int of(long key) {
    return counts[place(key)];
  }

  /** Every hash that was counted, in no order. */
  void forEach(LongConsumer reader) {
    for (int at = 0; at < keys.length; at++) if (counts[at] > 0) reader.accept(keys[at]);
  }

  private int place(long key) {
    int at = (int) Hash.mix(key) & (keys.length - 1);
    while (counts[at] > 0 && keys[at] != key) at = (at + 1) & (keys.length - 1);
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[oldKeys.length * 2];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldCounts[old] == 0) continue;
      int at = place(oldKeys[old]);
      keys[at] = oldKeys[old];
      counts[at] = oldCounts[old];
    }
  }
}
