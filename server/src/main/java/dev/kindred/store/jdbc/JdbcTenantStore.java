package dev.kindred.store.jdbc;

import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantSettings;
import dev.kindred.store.Bookmarks;
import dev.kindred.store.Catalog;
import dev.kindred.store.Experiments;
import dev.kindred.store.InteractionTypes;
import dev.kindred.store.Interactions;
import dev.kindred.store.ShownLists;
import dev.kindred.store.TenantStore;
import dev.kindred.store.Users;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What can be asked about one tenant's data. */
final class JdbcTenantStore implements TenantStore {

  private final TenantReading reading;
  private final VectorKeeper vectors;
  private final InstantSource clock;

  JdbcTenantStore(TenantReading reading, VectorKeeper vectors, InstantSource clock) {
    this.reading = reading;
    this.vectors = vectors;
    this.clock = clock;
  }

  @Override
  public Catalog catalog() {
    return new JdbcCatalog(reading, vectors);
  }

  @Override
  public Interactions interactions() {
    return new JdbcInteractions(reading);
  }

  @Override
  public Users users() {
    return new JdbcUsers(reading);
  }

  @Override
  public InteractionTypes types() {
    return new JdbcInteractionTypes(reading);
  }

  @Override
  public Experiments experiments() {
    return new JdbcExperiments(reading);
  }

  @Override
  public ShownLists shown() {
    return new JdbcShownLists(reading);
  }

  @Override
  public Answers answers() {
    return key ->
        reading.<Optional<RememberedAnswer>>read(
            Optional.empty(),
            (session, tenant) -> AnswerRows.find(session, tenant, key, Micros.of(clock.instant())));
  }

  @Override
  public Settings settings() {
    return new Settings() {
      @Override
      public TenantSettings current() {
        List<TenantSettings> newest = history(1);
        return newest.isEmpty() ? SettingsRows.NONE : newest.getFirst();
      }

      @Override
      public List<TenantSettings> history(int limit) {
        return reading.read(
            List.of(), (session, tenant) -> SettingsRows.newest(session, tenant, limit));
      }
    };
  }

  @Override
  public Bookmarks bookmarks() {
    return new JdbcBookmarks(reading.database(), reading.id());
  }

  @Override
  public Optional<FeatureStatisticsBytes> featureStatistics() {
    return reading.read(
        Optional.empty(),
        (session, tenant) ->
            session.first(
                "select version, bytes from feature_statistics where tenant = ?",
                row -> new FeatureStatisticsBytes(row.getInt(1), row.getBytes(2)),
                tenant));
  }
}
