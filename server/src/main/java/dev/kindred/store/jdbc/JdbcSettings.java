package dev.kindred.store.jdbc;

import java.time.Duration;

/**
 * Where the database is and how it is to be used.
 *
 * @param autoMigrate whether to bring the tables up to date when the store is opened; otherwise
 *     they must be
 * @param work what it is used for
 */
public record JdbcSettings(
    DatabaseUrl url,
    Pool pool,
    Vectors vectors,
    Patience patience,
    boolean autoMigrate,
    Work work) {

  /** What most of the writing is like. */
  public enum Work {
    /** Little at a time, and others wait for it. */
    SERVING,
    /** Very much, which nobody waits for but for its end: it may take memory, and the writer. */
    BULK
  }

  /** For serving. */
  public JdbcSettings(
      DatabaseUrl url, Pool pool, Vectors vectors, Patience patience, boolean autoMigrate) {
    this(url, pool, vectors, patience, autoMigrate, Work.SERVING);
  }

  /** The same, for a program that writes very much and does nothing else. */
  public JdbcSettings inBulk() {
    return new JdbcSettings(url, pool, vectors, patience, autoMigrate, Work.BULK);
  }

  /** How many connections there may be, and for how long. */
  public record Pool(
      int connectionsMax,
      int connectionsMin,
      Duration acquireTimeout,
      Duration idleTimeout,
      Duration lifetimeMax) {

    public static final Pool DEFAULT =
        new Pool(20, 5, Duration.ofSeconds(3), Duration.ofSeconds(600), Duration.ofSeconds(1_800));

    public Pool {
      if (connectionsMax < 2 || connectionsMax > 1_000) {
        throw new IllegalArgumentException(
            "the pool must allow 2 to 1000 connections, got " + connectionsMax);
      }
      if (connectionsMin < 0 || connectionsMin > connectionsMax) {
        throw new IllegalArgumentException(
            "the pool must keep 0 to " + connectionsMax + " connections, got " + connectionsMin);
      }
    }
  }

  /**
   * Where nearest neighbours are searched.
   *
   * @param dimension how many numbers a vector has
   * @param inDatabase whether pgvector searches; it then keeps a copy of every vector
   * @param validate whether PostgreSQL must offer pgvector even where nothing needs it
   */
  public record Vectors(int dimension, boolean inDatabase, boolean validate) {

    public static final Vectors DEFAULT = new Vectors(512, false, true);

    public Vectors {
      // The largest that pgvector's index takes in half precision.
      if (dimension < 1 || dimension > 4_000) {
        throw new IllegalArgumentException("vectors must have 1 to 4000 numbers, got " + dimension);
      }
    }
  }

  /**
   * How long to wait.
   *
   * @param start for a database that is down when the store is opened
   * @param statement for one statement on PostgreSQL
   */
  public record Patience(Duration start, Duration statement) {

    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  /** What is right for most: the defaults of the documented configuration. */
  public static JdbcSettings of(String url) {
    return new JdbcSettings(
        DatabaseUrl.parse(url), Pool.DEFAULT, Vectors.DEFAULT, Patience.DEFAULT, true);
  }

  boolean searchesWithPgvector() {
    return vectors.inDatabase() && url instanceof DatabaseUrl.Postgresql;
  }

  boolean needsPgvector() {
    return searchesWithPgvector() || (vectors.validate() && url instanceof DatabaseUrl.Postgresql);
  }

  public JdbcSettings withPool(Pool changed) {
    return new JdbcSettings(url, changed, vectors, patience, autoMigrate);
  }

  public JdbcSettings withVectors(Vectors changed) {
    return new JdbcSettings(url, pool, changed, patience, autoMigrate);
  }

  public JdbcSettings withPatience(Patience changed) {
    return new JdbcSettings(url, pool, vectors, changed, autoMigrate);
  }

  public JdbcSettings withAutoMigrate(boolean changed) {
    return new JdbcSettings(url, pool, vectors, patience, changed);
  }
}
