package dev.kindred.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SchedulerTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final TenantId OTHER = new TenantId("other");
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final SettableClock clock = SettableClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock);

  @Test
  void a_job_is_started_once_a_slot() {
    Scheduler scheduler = scheduler(List.of(SHOP), 0);
    scheduler.tick();
    scheduler.tick();
    assertThat(jobs(SHOP)).hasSize(1);

    clock.advance(TEN_MINUTES.minusSeconds(1));
    endAll();
    scheduler.tick();
    assertThat(jobs(SHOP)).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    scheduler.tick();

    assertThat(jobs(SHOP)).hasSize(2);
  }

  @Test
  void replicas_start_it_once_together_and_tell_nobody_of_their_race() {
    Scheduler one = scheduler(List.of(SHOP), 0.5);
    Scheduler two = scheduler(List.of(SHOP), 0.5);
    one.tick();
    two.tick();
    endAll();
    clock.advance(TEN_MINUTES);
    two.tick();
    one.tick();

    assertThat(jobs(SHOP)).hasSize(2);
    assertThat(store.log().head()).isEqualTo(2);
  }

  @Test
  void the_slot_is_left_out_while_the_job_before_goes_on() {
    Scheduler scheduler = scheduler(List.of(SHOP), 0);
    scheduler.tick();
    clock.advance(TEN_MINUTES);
    scheduler.tick();
    endAll();
    scheduler.tick();
    assertThat(jobs(SHOP)).hasSize(1);

    clock.advance(TEN_MINUTES);
    scheduler.tick();

    assertThat(jobs(SHOP)).hasSize(2);
  }

  @Test
  void slots_that_nobody_saw_are_left_out() {
    Scheduler scheduler = scheduler(List.of(SHOP), 0);
    scheduler.tick();
    endAll();
    clock.advance(TEN_MINUTES.multipliedBy(7));
    scheduler.tick();

    assertThat(jobs(SHOP)).hasSize(2);
  }

  @Test
  void jitter_spreads_tenants_over_a_slot_the_same_way_on_every_replica() {
    var spread = new Schedule("sweep", TEN_MINUTES, 1, List::of);
    var together = new Schedule("sweep", TEN_MINUTES, 0, List::of);
    Set<Instant> slots = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      var tenant = new TenantId("tenant" + i);
      Instant slot = spread.slotOf(tenant, clock.now());
      assertThat(slot).isBetween(clock.now().minus(TEN_MINUTES), clock.now());
      assertThat(spread.slotOf(tenant, slot)).isEqualTo(slot);
      assertThat(spread.slotOf(tenant, slot.plus(TEN_MINUTES).minusMillis(1))).isEqualTo(slot);
      assertThat(together.slotOf(tenant, clock.now())).isEqualTo(clock.now());
      slots.add(slot);
    }
    assertThat(slots).hasSizeGreaterThan(50);
  }

  @Test
  void each_tenant_has_its_own_job() {
    scheduler(List.of(SHOP, OTHER), 0).tick();

    assertThat(jobs(SHOP)).extracting(Job::kind).containsExactly("sweep");
    assertThat(jobs(OTHER)).hasSize(1);
  }

  @Test
  void people_can_start_it_between_two_slots() {
    Scheduler scheduler = scheduler(List.of(SHOP), 0);
    scheduler.tick();
    endAll();
    clock.advance(Duration.ofMinutes(1));

    assertThat(scheduler.start("sweep", SHOP)).isInstanceOf(Outcome.JobStored.class);

    assertThat(jobs(SHOP)).hasSize(2);
  }

  private Scheduler scheduler(List<TenantId> tenants, double jitter) {
    var schedule = new Schedule("sweep", TEN_MINUTES, jitter, () -> tenants);
    return new Scheduler(
        List.of(schedule),
        store.jobs(),
        submission -> store.log().append(List.of(submission)).getFirst(),
        clock);
  }

  private List<Job> jobs(TenantId tenant) {
    return store.jobs().newest(tenant, 100);
  }

  private void endAll() {
    var kinds = List.of("sweep");
    var nothing = new Progress(0, 0, 0, 0, List.of());
    for (var next = store.jobs().take("me", kinds, clock.now(), TEN_MINUTES);
        next.isPresent();
        next = store.jobs().take("me", kinds, clock.now(), TEN_MINUTES)) {
      store.jobs().finish("me", next.get().job().id(), State.COMPLETED, nothing, clock.now());
    }
  }
}
