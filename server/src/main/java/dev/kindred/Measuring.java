package dev.kindred;

import dev.kindred.collect.BehaviourIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.collect.Tail;
import dev.kindred.collect.TenantZones;
import dev.kindred.config.LiveConfig;
import dev.kindred.http.Api.Counted;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.store.Store;
import java.time.Clock;

/** Puts together what counts what users did. */
final class Measuring {

  private Measuring() {}

  static Counted of(Store store, LiveConfig config, Clock clock) {
    return new Counted(
        new BehaviourIntake(new EventClock(clock)),
        new TenantZones(store, own -> config.forTenant(own).measuring().timeZone()),
        new Behaviours(store, clock));
  }

  /** Counts the whole log, and from then on what is new before it is acknowledged. */
  static void follow(Counted counted, Tail tail, LiveConfig config) {
    config.whenChanged(_ -> counted.zones().forget());
    tail.tell(counted.zones(), tail.position());
    tail.tell(counted.behaviours()::follow, 0);
  }
}
