package dev.kindred.jobs;

import dev.kindred.domain.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A job that is due again and again, for each of some tenants.
 *
 * <p>Time is cut into slots of {@code every}, and a job's id is made from its slot: so replicas
 * need not agree on anything else, and the table of jobs takes each only once.
 *
 * @param kind which job
 * @param every how long a slot is; at least a second
 * @param jitter over how much of a slot, 0 to 1, the tenants' jobs are spread
 * @param tenants whose jobs they are, asked each time
 */
public record Schedule(
    String kind, Duration every, double jitter, Supplier<List<TenantId>> tenants) {

  public Schedule {
    if (every.toSeconds() < 1) {
      throw new IllegalArgumentException("a schedule's slots last at least a second: " + every);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is a share between 0 and 1: " + jitter);
    }
  }

  /** When the slot of that moment began, shifted by the tenant's share of the jitter. */
  Instant slotOf(TenantId tenant, Instant now) {
    long seconds = every.toSeconds();
    long shift = (long) (share(tenant) * jitter * seconds);
    long slot = Math.floorDiv(now.getEpochSecond() - shift, seconds);
    return Instant.ofEpochSecond(slot * seconds + shift);
  }

  String jobId(TenantId tenant, Instant slot) {
    return kind + "-" + tenant + "-" + slot.getEpochSecond();
  }

  /** Between 0 and 1, the same on every replica. */
  private double share(TenantId tenant) {
    int mixed = (kind + ' ' + tenant).hashCode() * 0x9E3779B9;
    return (mixed >>> 8) / (double) (1 << 24);
  }
}
