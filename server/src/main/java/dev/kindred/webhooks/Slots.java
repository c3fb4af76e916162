package dev.kindred.webhooks;

import java.util.HashMap;
import java.util.Map;

/**
 * How many webhooks are being told something: at most so many at once, and of one tenant at most so
 * many. Guarded by the {@link Courier}'s lock.
 */
final class Slots {
  private final int max;
  private final int maxOfTenant;
  private final Map<Integer, Integer> takenBy = new HashMap<>();
  private int taken;

  Slots(int max, int maxOfTenant) {
    this.max = max;
    this.maxOfTenant = maxOfTenant;
  }

  int taken() {
    return taken;
  }

  /** Takes one for a tenant, if there is one for it. */
  boolean take(int tenant) {
    if (taken >= max || takenBy.getOrDefault(tenant, 0) >= maxOfTenant) return false;
    taken++;
    takenBy.merge(tenant, 1, Integer::sum);
    return true;
  }

  void giveBack(int tenant) {
    taken--;
    takenBy.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }
}
