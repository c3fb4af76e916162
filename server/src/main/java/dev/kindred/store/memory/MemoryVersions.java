package dev.kindred.store.memory;

import dev.kindred.domain.Conflict;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All versions of a tenant's settings and feature statistics, the oldest first. */
final class MemoryVersions {

  private final TenantLog log;
  private final Journal journal;

  /** Primary. */
  private final List<TenantSettings> settings = new ArrayList<>();

  /** Primary. */
  private final List<FeatureStatisticsBytes> statistics = new ArrayList<>();

  MemoryVersions(TenantLog log, Journal journal) {
    this.log = log;
    this.journal = journal;
  }

  Outcome put(JsonObject newSettings, long position, Instant now) {
    var version = new TenantSettings(settings.size() + 1, newSettings, now);
    journal.add(settings, version);
    log.tell(new Event.SettingsChanged(position, log.number));
    return new Outcome.TenantSettingsStored(version, position);
  }

  Outcome put(FeatureStatisticsBytes next, long position) {
    int inForce = statistics.isEmpty() ? 0 : statistics.getLast().version();
    if (next.version() != inForce + 1) {
      throw new Conflict(
          "version " + (inForce + 1) + " of the feature statistics is next, got " + next.version());
    }
    journal.add(statistics, next);
    log.tell(new Event.FeatureStatisticsChanged(position, log.number));
    return new Outcome.FeatureStatisticsStored(next.version(), position);
  }

  List<TenantSettings> settings() {
    return Collections.unmodifiableList(settings);
  }

  List<FeatureStatisticsBytes> statistics() {
    return Collections.unmodifiableList(statistics);
  }
}
