package dev.kindred.bench.write;

import static dev.kindred.bench.write.WriteBench.LINES;
import static dev.kindred.bench.write.WriteBench.SEED;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** What SQLite does without us, or without our grouping. */
final class SqliteFloor {

  private static final int ROWS_A_COMMIT = 2_000;
  private static final long FIRST_MICROS = 1_700_000_000_000_000L;

  private SqliteFloor() {}

  /** Interactions a second, one after the other, each in a transaction of its own. */
  static double singleCommits() throws IOException {
    var traffic = new Traffic(SEED);
    var tenant = new TenantId("default");
    long length = WriteBench.MEASURED.toNanos() / 2;
    try (Folder data = Folder.create();
        JdbcStore store = open(data.path().resolve("single.db"))) {
      long start = System.nanoTime();
      long commits = 0;
      for (; System.nanoTime() - start < length; commits++) {
        Instant at = Instant.EPOCH.plusNanos((FIRST_MICROS + commits) * 1_000);
        store.log().append(List.of(Submission.of(tenant, view(traffic, at))));
      }
      return commits * 1e9 / (System.nanoTime() - start);
    }
  }

  private static Change view(Traffic traffic, Instant at) {
    return new Change.RecordInteraction(
        new Interaction(
            new UserId("user-" + traffic.user()),
            new EntityRef(new EntityId("product-" + traffic.product()), EntityType.PRODUCT),
            "view",
            OptionalDouble.empty(),
            JsonObject.EMPTY,
            at,
            false,
            Optional.empty(),
            Optional.empty()));
  }

  /** Rows a second into the same table with its indexes, in numbers, durably. */
  static double batches() throws IOException, SQLException {
    var traffic = new Traffic(SEED);
    try (Folder data = Folder.create()) {
      Path file = data.path().resolve("batches.db");
      open(file).close();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("pragma journal_mode = wal");
          statement.execute("pragma synchronous = full");
        }
        connection.setAutoCommit(false);
        long start = System.nanoTime();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
          for (int row = 1; row <= LINES; row++) {
            insert.setLong(1, row);
            insert.setLong(2, FIRST_MICROS + row);
            insert.setInt(3, traffic.user());
            insert.setInt(4, traffic.product());
            insert.addBatch();
            if (row % ROWS_A_COMMIT > 0) continue;
            insert.executeBatch();
            connection.commit();
          }
        }
        return LINES * 1e9 / (System.nanoTime() - start);
      }
    }
  }

  private static final String INSERT =
      """
      insert into interactions (position, at, tenant, "user", entity, type, weight)
      values (?, ?, 1, ?, ?, 1, null)
      """;

  private static JdbcStore open(Path file) {
    return JdbcStore.open(
        JdbcSettings.of("sqlite:" + file), InstantSource.system(), new SplittableRandom(SEED));
  }
}
