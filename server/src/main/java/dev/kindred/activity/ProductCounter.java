package dev.kindred.activity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The counters of one product: a ring of half-hours for what is counted within a day, and when each
 * of the last viewers was seen. Guarded by {@link LiveCounters}.
 */
final class ProductCounter {

  /** What is counted. */
  enum What {
    VIEW,
    CART,
    SALE
  }

  static final Duration VIEWING = Duration.ofMinutes(5);
  static final Duration RECENT = Duration.ofDays(1);

  private static final long SLOT_MICROS = Duration.ofMinutes(30).toNanos() / 1_000;
  private static final int SLOTS = (int) (RECENT.toNanos() / 1_000 / SLOT_MICROS);
  private static final long VIEWING_MICROS = VIEWING.toNanos() / 1_000;

  private final Map<What, int[]> counts = new EnumMap<>(What.class);
  private long newestSlot = Long.MIN_VALUE;

  /** Users and when they were seen, who was seen longest ago first. */
  private final SequencedMap<Integer, Long> viewers = new LinkedHashMap<>();

  ProductCounter() {
    for (What what : What.values()) counts.put(what, new int[SLOTS]);
  }

  /** Counts something that happened within the day before now. */
  void count(What what, int by, long atMicros, long nowMicros) {
    turnTo(nowMicros);
    long slot = atMicros / SLOT_MICROS;
    if (slot > newestSlot - SLOTS && slot <= newestSlot) {
      int[] ring = ring(what);
      int place = (int) (slot % SLOTS);
      ring[place] = Math.max(0, ring[place] + by);
    }
  }

  /** Notes that a user looks at it; returns by how much there are more viewers noted. */
  int sees(int user, long atMicros, int most) {
    int before = viewers.size();
    Long seen = viewers.remove(user);
    viewers.putLast(user, seen == null ? atMicros : Math.max(seen, atMicros));
    if (viewers.size() > most) viewers.pollFirstEntry();
    return viewers.size() - before;
  }

  int viewers() {
    return viewers.size();
  }

  boolean forget(int user) {
    return viewers.remove(user) != null;
  }

  /** Forgets viewers who have gone; returns how many. */
  int forgetGone(long nowMicros) {
    int before = viewers.size();
    Iterator<Long> oldest = viewers.values().iterator();
    while (oldest.hasNext() && oldest.next() <= nowMicros - VIEWING_MICROS) oldest.remove();
    return before - viewers.size();
  }

  Activity activity(long nowMicros) {
    turnTo(nowMicros);
    return new Activity(viewers.size(), sum(What.SALE), sum(What.VIEW), sum(What.CART));
  }

  private int[] ring(What what) {
    return requireNonNull(counts.get(what));
  }

  private int sum(What what) {
    return Arrays.stream(ring(what)).sum();
  }

  /** Empties the places of half-hours that have gone by. */
  private void turnTo(long nowMicros) {
    long slot = nowMicros / SLOT_MICROS;
    if (slot <= newestSlot) return;
    long first = Math.max(newestSlot + 1, slot - SLOTS + 1);
    for (long each = first; each <= slot; each++) {
      for (int[] ring : counts.values()) ring[(int) (each % SLOTS)] = 0;
    }
    newestSlot = slot;
  }
}
