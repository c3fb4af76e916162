package dev.kindred.store.jdbc;

import dev.kindred.domain.TenantId;
import dev.kindred.store.EventLog;
import dev.kindred.store.Jobs;
import dev.kindred.store.Keys;
import dev.kindred.store.Models;
import dev.kindred.store.Retention;
import dev.kindred.store.Store;
import dev.kindred.store.TenantStore;
import dev.kindred.store.VectorIndex;
import dev.kindred.store.Webhooks;
import dev.kindred.trace.Tracing;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The memory in SQLite or PostgreSQL. */
public final class JdbcStore implements Store {

  private final Database database;
  private final InstantSource clock;
  private final JdbcTenants tenants;
  private final Optional<PgVectors> vectors;
  private final JdbcEventLog log;

  /** Null where the database keeps an index for what is filed elsewhere. */
  private final @Nullable FilingRounds filing;

  private JdbcStore(
      Database database,
      JdbcTenants tenants,
      Optional<PgVectors> vectors,
      JdbcSettings.Work work,
      InstantSource clock,
      long writer) {
    this.database = database;
    this.tenants = tenants;
    this.vectors = vectors;
    this.clock = clock;
    this.filing = database.dialect().isRemote() ? null : FilingRounds.start(database, work);
    this.log = new JdbcEventLog(database, keeper(), clock, writer, filing);
  }

  /**
   * Connects, waiting for a database that is not up yet, and sees to it that the tables are what
   * this program needs.
   *
   * @param random gives this writer a number of its own and spreads retries; not a fixed seed
   * @throws dev.kindred.domain.Unavailable when the database does not come up in time
   * @throws MigrationProblem when its tables cannot be worked with
   */
  public static JdbcStore open(JdbcSettings settings, InstantSource clock, RandomGenerator random) {
    Database database = Connecting.to(settings, random);
    try {
      Connecting.await(database, settings, clock);
      if (settings.needsPgvector()) PgVectors.requireExtension(database);
      var migrator = new Migrator(database, clock, Migration.all(database.dialect()));
      if (settings.autoMigrate()) migrator.up();
      else migrator.validate();
      var tenants = new JdbcTenants(database);
      Optional<PgVectors> vectors = vectors(database, tenants, settings);
      var store =
          new JdbcStore(database, tenants, vectors, settings.work(), clock, random.nextLong());
      store.log.pruneWriters();
      return store;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Optional<PgVectors> vectors(
      Database database, JdbcTenants tenants, JdbcSettings settings) {
    if (!settings.searchesWithPgvector()) {
      if (database.dialect().isRemote()) PgVectors.forget(database);
      return Optional.empty();
    }
    var vectors = new PgVectors(database, tenants, settings.vectors().dimension());
    vectors.prepare();
    return Optional.of(vectors);
  }

  private VectorKeeper keeper() {
    return vectors.isPresent() ? vectors.get() : VectorKeeper.NONE;
  }

  /** Tells from now on where the time goes. */
  public void trace(Tracing tracing) {
    database.trace(tracing);
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public TenantStore tenant(TenantId id) {
    return new JdbcTenantStore(new TenantReading(database, tenants, id), keeper(), clock);
  }

  @Override
  public Tenants tenants() {
    return tenants;
  }

  @Override
  public Keys keys() {
    return () -> database.read(KeyRows::all);
  }

  @Override
  public Retention retention() {
    return new JdbcRetention(database, tenants);
  }

  @Override
  public Jobs jobs() {
    return new JdbcJobs(database, tenants);
  }

  @Override
  public Webhooks webhooks() {
    return new JdbcWebhooks(database, tenants);
  }

  @Override
  public Models models() {
    return new JdbcModels(database);
  }

  @Override
  public Optional<VectorIndex> vectorIndex() {
    return vectors.map(index -> index);
  }

  @Override
  public void check() {
    database.read(session -> session.number("select id from log_head"));
  }

  @Override
  public PoolStats pool() {
    return database.pool();
  }

  @Override
  public String identity() {
    return kind()
        + " of "
        + database.read(
            session -> session.number("select applied_at from schema_history where version = 1"));
  }

  @Override
  public String kind() {
    return database.dialect().name();
  }

  @Override
  public Map<String, String> describe() {
    return database.read(session -> session.dialect().describe(session));
  }

  @Override
  public void close() {
    if (filing != null) filing.close();
    database.close();
  }
}
