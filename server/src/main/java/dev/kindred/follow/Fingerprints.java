package dev.kindred.follow;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Fingerprints of what we have, eight bytes each, and which of them were met at the source. First
 * all are added, then they are looked up. Not for several threads.
 */
final class Fingerprints {

  private long[] values = new long[1 << 10];
  private int size;
  private boolean sorted;
  private BitSet met = new BitSet();

  void add(long fingerprint) {
    if (size == values.length) values = Arrays.copyOf(values, size * 2);
    values[size++] = fingerprint;
    sorted = false;
  }

  int size() {
    return size;
  }

  /** Whether it is among them; it is met from now on. */
  boolean meet(long fingerprint) {
    int at = find(fingerprint);
    if (at >= 0) met.set(at);
    return at >= 0;
  }

  boolean has(long fingerprint) {
    return find(fingerprint) >= 0;
  }

  boolean isMet(long fingerprint) {
    int at = find(fingerprint);
    return at >= 0 && met.get(at);
  }

  private int find(long fingerprint) {
    if (!sorted) {
      Arrays.sort(values, 0, size);
      met = new BitSet(size);
      sorted = true;
    }
    int at = Arrays.binarySearch(values, 0, size, fingerprint);
    // Of several equal ones, always the same.
    while (at > 0 && values[at - 1] == fingerprint) at--;
    return at;
  }
}
