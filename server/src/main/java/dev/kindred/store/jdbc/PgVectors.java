package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.TenantId;
import dev.kindred.store.VectorIndex;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nearest neighbours by pgvector, in half precision and of unit length.
 *
 * <p>The graph knows nothing of tenants: a search walks on until it has met enough of the right one
 * or has seen too many of others. A tenant that is small is therefore scanned, and so is one of
 * which the graph gave too few.
 */
final class PgVectors implements VectorIndex, VectorKeeper {

  /** Up to here a scan is quicker than the graph. */
  private static final int SCANNED_MAX = 5_000;

  private static final int FILLED_AT_ONCE = 500;

  /** How many candidates the graph looks at; pgvector takes 1 to 1000. */
  private static final int CANDIDATES_MIN = 100;

  private static final int CANDIDATES_MAX = 1_000;

  private final Database database;
  private final JdbcTenants tenants;
  private final int dimension;

  PgVectors(Database database, JdbcTenants tenants, int dimension) {
    this.database = database;
    this.tenants = tenants;
    this.dimension = dimension;
  }

  /** Throws {@link MigrationProblem} that says how to install pgvector where it is not. */
  static void requireExtension(Database database) {
    database.read(session -> {
      boolean isOffered =
          session
              .first("select 1 from pg_available_extensions where name = 'vector'", row -> true)
              .isPresent();
      if (isOffered) return true;
      long version = session.number("select current_setting('server_version_num')::int / 10000");
      throw new MigrationProblem(howToInstall(version));
    });
  }

  private static String howToInstall(long version) {
    return """
    PostgreSQL does not offer the extension pgvector. Install it on the database's machine:
      Debian, Ubuntu: apt install postgresql-%1$d-pgvector
      macOS:          brew install pgvector
      Docker:         use the image pgvector/pgvector:pg%1$d
    then start again. VALIDATE_PGVECTOR=false goes without it while VECTOR_SEARCH is memory.\
    """
        .formatted(version);
  }

  /**
   * Empties the table of copies, if there is one: nobody keeps them in step while the process
   * searches, and old ones would be found later.
   */
  static void forget(Database database) {
    boolean isThere =
        database.read(session ->
            session
                .first("select 1 where to_regclass('entity_vectors') is not null", row -> true)
                .isPresent());
    if (!isThere) return;
    database.write(session -> {
      session.dialect().beginMigration(session);
      return session.update("truncate entity_vectors");
    });
  }

  /** Makes the table of copies, anew where vectors had another dimension. */
  void prepare() {
    database.write(session -> {
      session.dialect().beginMigration(session);
      session.update("create extension if not exists vector");
      Optional<Integer> before =
          session.first(
              """
              select atttypmod from pg_attribute
              where attrelid = to_regclass('entity_vectors') and attname = 'vector'
              """,
              row -> row.getInt(1));
      if (before.isPresent() && before.get() != dimension) {
        session.update("drop table entity_vectors");
      }
      session.update(
          """
          create table if not exists entity_vectors (
            tenant  integer not null,
            entity  integer not null,
            type    integer not null,
            vector  halfvec(%d) storage plain not null,
            primary key (tenant, entity)
          )
          """
              .formatted(dimension));
      return session.update(
          """
          create index if not exists entity_vectors_of_type on entity_vectors (tenant, type)
          """);
    });
  }

  @Override
  public List<Neighbour> nearest(TenantId tenant, EntityType type, float[] query, int count) {
    if (query.length != dimension) {
      throw new IllegalArgumentException(
          "a vector must have %d numbers, got %d".formatted(dimension, query.length));
    }
    Optional<String> direction = direction(query);
    if (direction.isEmpty()) return List.of();
    return new TenantReading(database, tenants, tenant)
        .read(
            List.of(),
            (session, number) -> {
              Optional<Integer> typeNumber =
                  session.first(
                      "select type from entity_types where tenant = ? and name = ?",
                      row -> row.getInt(1),
                      number,
                      type.value());
              if (typeNumber.isEmpty()) return List.of();
              return nearest(session, number, typeNumber.get(), direction.get(), count);
            });
  }

  private static List<Neighbour> nearest(
      Session session, int tenant, int type, String direction, int count) throws SQLException {
    long there =
        session.number(
            """
            select count(*) from
              (select 1 from entity_vectors where tenant = ? and type = ? limit ?) few
            """,
            tenant,
            type,
            SCANNED_MAX + 1);
    if (there > SCANNED_MAX) {
      List<Neighbour> found = byGraph(session, tenant, type, direction, count);
      if (found.size() == count) return found;
    }
    return byScan(session, tenant, type, direction, count);
  }

  private static List<Neighbour> byScan(
      Session session, int tenant, int type, String direction, int count) throws SQLException {
    List<Neighbour> all =
        session.list(
            """
            with candidates as materialized (
              select entity, vector <=> cast(? as halfvec) as distance
              from entity_vectors where tenant = ? and type = ?)
            select entity, 1 - distance from candidates order by distance, entity limit ?
            """,
            row -> new Neighbour(row.getInt(1), row.getDouble(2)),
            direction,
            tenant,
            type,
            count);
    return all.stream().filter(neighbour -> !Double.isNaN(neighbour.similarity())).toList();
  }

  private static List<Neighbour> byGraph(
      Session session, int tenant, int type, String direction, int count) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    try {
      int candidates = Math.clamp(count * 4L, CANDIDATES_MIN, CANDIDATES_MAX);
      session.first(
          """
          select set_config('hnsw.ef_search', ?, true),
            set_config('hnsw.iterative_scan', 'strict_order', true)
          """,
          row -> true,
          String.valueOf(candidates));
      return session.list(
          """
          select entity, 1 - (vector <=> cast(? as halfvec)) from entity_vectors
          where tenant = ? and type = ? order by vector <=> cast(? as halfvec) limit ?
          """,
          row -> new Neighbour(row.getInt(1), row.getDouble(2)),
          direction,
          tenant,
          type,
          direction,
          count);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Override
  public Map<Integer, float[]> vectors(TenantId tenant, Collection<Integer> entities) {
    return new TenantReading(database, tenants, tenant)
        .read(
            Map.of(),
            (session, number) -> {
              var vectors = new HashMap<Integer, float[]>();
              session.each(
                  """
                  select entity, halfvec_send(vector) from entity_vectors
                  where tenant = ? and entity = any(?)
                  """,
                  row -> vectors.put(row.getInt(1), numbers(row.getBytes(2))),
                  number,
                  session.numbers(entities));
              vectors.values().removeIf(PgVectors::isNowhere);
              return vectors;
            });
  }

  @Override
  public float[] mean(TenantId tenant, EntityType type) {
    return new TenantReading(database, tenants, tenant)
        .read(
            new float[dimension],
            (session, number) ->
                session
                    .first(
                        """
                        select halfvec_send(avg(v.vector))
                        from entity_vectors v join entity_types t
                          on t.tenant = v.tenant and t.type = v.type
                        where v.tenant = ? and t.name = ? and l2_norm(v.vector) > 0
                        having count(*) > 0
                        """,
                        row -> numbers(row.getBytes(1)),
                        number,
                        type.value())
                    .orElseGet(() -> new float[dimension]));
  }

  /** How pgvector sends a vector: how many numbers, two bytes of nothing, then the numbers. */
  private static float[] numbers(byte[] sent) {
    var bytes = ByteBuffer.wrap(sent);
    float[] numbers = new float[bytes.getShort()];
    bytes.getShort();
    for (int i = 0; i < numbers.length; i++) numbers[i] = Float.float16ToFloat(bytes.getShort());
    return numbers;
  }

  private static boolean isNowhere(float[] vector) {
    for (float value : vector) if (value != 0) return false;
    return true;
  }

  @Override
  public int fill(Runnable goOn) {
    int filled = 0;
    int more;
    do {
      goOn.run();
      more = database.write(this::fillSome);
      filled += more;
    } while (more == FILLED_AT_ONCE);
    return filled;
  }

  @Override
  public long copies() {
    return database.read(session -> session.number("select count(*) from entity_vectors"));
  }

  /** Holds the head of the log, so that nobody changes what is being copied. */
  private int fillSome(Session session) throws SQLException {
    Head.lock(session);
    var writes = new VectorWrites();
    session.each(
        """
        select e.tenant, e.entity, e.type, e.vector from entities e
        where e.attributes is not null and e.deleted = 0 and not exists
          (select 1 from entity_vectors v where v.tenant = e.tenant and v.entity = e.entity)
        limit ?
        """,
        row ->
            writes.put(
                row.getInt(1), row.getInt(2), row.getInt(3), VectorCode.decode(row.getBytes(4))),
        FILLED_AT_ONCE);
    write(session, writes);
    return writes.puts().size();
  }

  @Override
  public void write(Session session, VectorWrites writes) throws SQLException {
    for (var tenant : writes.removalsByTenant().entrySet()) {
      session.update(
          "delete from entity_vectors where tenant = ? and entity = any(?)",
          tenant.getKey(),
          session.numbers(tenant.getValue()));
    }
    var rows = new Rows(Tables.ENTITY_VECTORS);
    for (VectorWrites.Put put : writes.puts()) {
      rows.add(put.key().tenant(), put.key().entity(), put.type(), copy(put.vector()));
    }
    session.insert(rows);
  }

  /** A vector that cannot be searched is kept as one that is far from all. */
  private String copy(FeatureVector vector) {
    boolean fits = vector.values().length == dimension;
    return (fits ? direction(vector.values()) : Optional.<String>empty())
        .orElseGet(() -> text(new double[dimension]));
  }

  @Override
  public void build() {
    if (isBuilt()) return;
    // What a build that was cut short has left is of no use.
    drop();
    alone(
        """
        create index concurrently entity_vectors_nearest on entity_vectors
        using hnsw (vector halfvec_cosine_ops) with (m = 16, ef_construction = 64)
        """);
  }

  @Override
  public void drop() {
    alone("drop index concurrently if exists entity_vectors_nearest");
  }

  @Override
  public boolean isBuilt() {
    return database
        .read(session ->
            session.first(
                """
                select indisvalid from pg_index
                where indexrelid = to_regclass('entity_vectors_nearest')
                """,
                row -> row.getBoolean(1)))
        .orElse(false);
  }

  /** Runs a statement that may take hours and stands outside of any transaction. */
  private void alone(String sql) {
    database.read(session -> {
      Connection connection = session.connection();
      int timeout = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, 0);
      try (Statement statement = connection.createStatement()) {
        String before =
            session
                .first("select current_setting('statement_timeout')", row -> row.getString(1))
                .orElseThrow();
        statement.execute("set statement_timeout = 0");
        try {
          statement.execute(sql);
        } finally {
          statement.execute("set statement_timeout = '" + before + "'");
        }
      } finally {
        connection.setNetworkTimeout(Runnable::run, timeout);
      }
      return true;
    });
  }

  /** The vector at unit length, which half precision can hold; none if it points nowhere. */
  private static Optional<String> direction(float[] vector) {
    double squares = 0;
    for (float value : vector) squares += (double) value * value;
    if (squares == 0) return Optional.empty();
    double length = Math.sqrt(squares);
    double[] unit = new double[vector.length];
    for (int i = 0; i < unit.length; i++) unit[i] = vector[i] / length;
    return Optional.of(text(unit));
  }

  private static String text(double[] vector) {
    var text = new StringBuilder(vector.length * 4).append('[');
    for (int i = 0; i < vector.length; i++) {
      if (i > 0) text.append(',');
      if (vector[i] == 0) text.append('0');
      else text.append((float) vector[i]);
    }
    return text.append(']').toString();
  }
}
