package dev.kindred.engine;

import java.util.Arrays;

/**
 * Keeps the best {@code k} scored indexes seen so far; ties go to the smaller index.
 *
 * <p>Score and index are packed into one sortable long, so a binary heap of longs with the worst on
 * top is all there is: offering costs one comparison for most, log k for those that enter, and
 * nothing is allocated. What is kept depends on what was offered, never on the order. Not for
 * sharing between threads.
 */
public final class TopK {
  private final long[] heap;
  private int size;

  public TopK(int k) {
    if (k < 0) throw new IllegalArgumentException("k must not be negative, got " + k);
    heap = new long[k];
  }

  /** Packs so that a greater long is a better candidate: higher score first, then smaller index. */
  public static long pack(float score, int index) {
    // Raw float bits sort negative scores backwards, hence the flip; adding zero makes -0.0 equal
    // to 0.0.
    int bits = Float.floatToIntBits(score + 0f);
    int sortable = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) sortable << 32) | (~index & 0xFFFF_FFFFL);
  }

  public static int index(long packed) {
    return ~(int) packed;
  }

  public static float score(long packed) {
    int sortable = (int) (packed >> 32);
    return Float.intBitsToFloat(sortable ^ ((sortable >> 31) & Integer.MAX_VALUE));
  }

  public void offer(int index, float score) {
    offer(pack(score, index));
  }

  public void offer(long packed) {
    if (size < heap.length) {
      heap[size++] = packed;
      up(size - 1);
    } else if (size > 0 && packed > heap[0]) {
      heap[0] = packed;
      down(0);
    }
  }

  /** What a candidate must exceed to enter; the smallest long while there is room. */
  public long bar() {
    return size < heap.length || size == 0 ? Long.MIN_VALUE : heap[0];
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /** The packed candidates, best first. */
  public long[] packed() {
    long[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    for (int a = 0, b = size - 1; a < b; a++, b--) {
      long swap = sorted[a];
      sorted[a] = sorted[b];
      sorted[b] = swap;
    }
    return sorted;
  }

  public Ranking ranking() {
    return Ranking.ofPacked(packed());
  }

  private void up(int at) {
    long moving = heap[at];
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= moving) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = moving;
  }

  private void down(int at) {
    long moving = heap[at];
    int half = size >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) child++;
      if (moving <= heap[child]) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moving;
  }
}
