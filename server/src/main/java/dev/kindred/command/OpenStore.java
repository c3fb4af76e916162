package dev.kindred.command;

import dev.kindred.Parts;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.features.TenantVectors;
import dev.kindred.config.Config;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import dev.kindred.transfer.RecordIntake;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The database, for commands that work straight on it; servers that run on it notice by themselves.
 */
final class OpenStore implements AutoCloseable {

  private final Config config;
  private final Store store;

  private OpenStore(Config config, Store store) {
    this.config = config;
    this.store = store;
  }

  static OpenStore open(Config config, Clock clock) {
    return open(config, Parts.database(config), clock);
  }

  /** For writing very much. */
  static OpenStore openForBulk(Config config, Clock clock) {
    return open(config, Parts.database(config).inBulk(), clock);
  }

  private static OpenStore open(Config config, JdbcSettings database, Clock clock) {
    return new OpenStore(config, JdbcStore.open(database, clock, new SecureRandom()));
  }

  Store store() {
    return store;
  }

  /** The tenant that was named, or the default one. */
  TenantId tenant(Optional<String> named) {
    return new TenantId(named.orElse(config.tenancy().defaultTenant()));
  }

  Receipt keep(Submission submission) {
    return store.log().append(List.of(submission)).getFirst();
  }

  /** Keeps one change; a refusal is thrown. */
  Outcome keepOne(Submission submission) {
    Outcome outcome = keep(submission).outcomes().getFirst();
    if (outcome instanceof Outcome.Refused refused) throw refused.reason();
    return outcome;
  }

  RecordIntake intake(Clock clock) {
    var vectors = new TenantVectors(store, config.learning().vectorDimension());
    return new RecordIntake(
        new EntityIntake(vectors), InteractionIntake.ofMany(new EventClock(clock)));
  }

  @Override
  public void close() {
    store.close();
  }
}
