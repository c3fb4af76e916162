package dev.kindred.bench.write;

import static dev.kindred.bench.write.WriteBench.LINES;
import static dev.kindred.bench.write.WriteBench.SEED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * What PostgreSQL does without us: the same rows into copies of our tables with the same indexes.
 */
final class PostgresFloor {

  private static final long SECONDS = WriteBench.MEASURED.toSeconds();
  private static final Duration GRAPH_WITHIN = Duration.ofMinutes(10);
  private static final long FIRST_MICROS = 1_700_000_000_000_000L;

  private final BenchDatabase database;

  PostgresFloor(BenchDatabase database) {
    this.database = database;
  }

  /** Interactions a second, each in a transaction of its own, from 64 clients. */
  double interactionInserts() throws Exception {
    copyTable("interactions");
    database.run("create sequence bench_positions");
    return database.pgbench(
        """
        \\set u random(1, %d)
        \\set e random(1, %d)
        insert into bench_interactions (position, at, tenant, "user", entity, type, weight)
        values (nextval('bench_positions'), (extract(epoch from clock_timestamp()) * 1000000)::bigint,
          1, :u, :e, 1, null);
        """
            .formatted(Traffic.USERS, Traffic.PRODUCTS),
        SECONDS);
  }

  /** Rows a second by one COPY, after {@link #interactionInserts}. */
  double copy() throws SQLException, IOException {
    database.run("truncate bench_interactions");
    var traffic = new Traffic(SEED);
    var rows = new StringBuilder(LINES * 50);
    for (int row = 1; row <= LINES; row++) {
      rows.append(row).append('\t').append(FIRST_MICROS + row).append("\t1\t");
      rows.append(traffic.user()).append('\t').append(traffic.product()).append("\t1\t\\N\n");
    }
    byte[] text = rows.toString().getBytes(UTF_8);
    try (Connection connection = database.connect()) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long start = System.nanoTime();
      copy.copyIn(
          """
          copy bench_interactions (position, at, tenant, "user", entity, type, weight) from stdin
          """,
          new ByteArrayInputStream(text));
      return LINES * 1e9 / (System.nanoTime() - start);
    }
  }

  /**
   * Entities a second, each in a transaction of its own, from 64 clients: a row that the server
   * made, again and again, so that making rows costs the client nothing.
   */
  double entityInserts(boolean withVectors) throws Exception {
    copyTable("entities");
    database.run("create sequence bench_numbers start 10000000");
    String script = "select nextval('bench_numbers') as n \\gset\n";
    script +=
        withVectors ? "begin;\n" + entityInsert() + vectorInsert() + "commit;\n" : entityInsert();
    return database.pgbench(script, SECONDS);
  }

  /** Waits until the job of the server under test has built the graph over the vectors. */
  void awaitGraph() throws SQLException, InterruptedException {
    long giveUpAt = System.nanoTime() + GRAPH_WITHIN.toNanos();
    while (!hasGraph()) {
      if (System.nanoTime() > giveUpAt) throw new IllegalStateException("no graph was built");
      Thread.sleep(Duration.ofSeconds(1));
    }
  }

  private boolean hasGraph() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select 1 from pg_index
                where indexrelid = to_regclass('entity_vectors_nearest') and indisvalid
                """)) {
      return row.next();
    }
  }

  private String entityInsert() throws SQLException {
    return fromNewest(
        """
        select format($$insert into bench_entities
            (created, updated, deleted, tenant, entity, type, entity_id, attributes, vector)
          values (1, 1, 0, 1, :n, %s, 'product-' || :n, %L, %L);
        $$, type, attributes, vector)
        from entities where attributes is not null order by entity desc limit 1
        """);
  }

  private String vectorInsert() throws SQLException {
    copyTable("entity_vectors");
    return fromNewest(
        """
        select format($$insert into bench_entity_vectors (tenant, entity, type, vector)
          values (1, :n, %s, %L);
        $$, type, vector)
        from entity_vectors order by entity desc limit 1
        """);
  }

  private void copyTable(String table) throws SQLException {
    database.run("create table bench_%s (like %s including all)".formatted(table, table));
  }

  private String fromNewest(String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) throw new IllegalStateException("the server has stored nothing");
      return row.getString(1);
    }
  }
}
