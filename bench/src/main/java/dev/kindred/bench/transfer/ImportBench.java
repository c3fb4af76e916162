package dev.kindred.bench.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.BenchDatabase;
import dev.kindred.bench.write.Folder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.postgresql.PGConnection;

/**
 * {@code ./kindred bench import [ROWS]}: how long {@code ./kindred import} takes for a million
 * interactions from CSV, the start of the program included, beside what the database alone takes
 * for the same rows with the same indexes.
 */
public final class ImportBench {

  private static final int ROWS = 1_000_000;
  private static final double SECONDS_MAX = 10;
  private static final int USERS = 50_000;
  private static final int PRODUCTS = 20_000;
  private static final int ROWS_A_COMMIT = 10_000;
  private static final long SEED = 20261121;
  private static final long FIRST_SECOND = 1_700_000_000;
  private static final List<String> TYPES = List.of("view", "view", "view", "click", "purchase");

  private ImportBench() {}

  /** Prints the table; the exit code is 1 if a figure was not reached. */
  public static int run(List<String> arguments) throws Exception {
    int rows = arguments.isEmpty() ? ROWS : Integer.parseInt(arguments.getFirst());
    System.out.println("| what | seconds | rows a second | the database alone | ratio | wanted |");
    System.out.println("|---|---|---|---|---|---|");
    boolean reached;
    try (Folder folder = Folder.create()) {
      Path csv = write(folder.path().resolve("interactions.csv"), rows);
      print("check only (--dry-run)", seconds(csv, sqlite(folder, "dry"), "--dry-run"), rows, 0);
      double floor = sqliteAlone(folder.path().resolve("alone.db"), rows);
      reached = print("SQLite", seconds(csv, sqlite(folder, "data")), rows, floor);
      floor = postgresAlone(folder, rows);
      try (var database = BenchDatabase.create("kindred_bench_import")) {
        reached &= print("PostgreSQL", seconds(csv, postgres(database)), rows, floor);
      }
    }
    return reached ? 0 : 1;
  }

  private static Map<String, String> sqlite(Folder folder, String name) {
    return Map.of("KINDRED_DATA", folder.path().resolve(name).toString());
  }

  private static Map<String, String> postgres(BenchDatabase database) {
    return Map.of("DATABASE_URL", database.url());
  }

  /**
   * Comes before the import, on a server that has just been made: it makes the files of its log
   * meanwhile, which one that has been at work for a minute has already.
   */
  private static double postgresAlone(Folder folder, int rows) throws Exception {
    Path few = write(folder.path().resolve("few.csv"), 1_000);
    try (var database = BenchDatabase.create("kindred_bench_copy")) {
      seconds(few, postgres(database)); // brings our tables
      return postgresAlone(database, rows);
    }
  }

  private static boolean print(String what, double seconds, int rows, double floor) {
    double wanted = SECONDS_MAX * rows / ROWS;
    System.out.printf(
        "| %s | %.1f | %.0f | %s | %s | %.0f s |%s%n",
        what,
        seconds,
        rows / seconds,
        floor == 0 ? "" : "%.1f s".formatted(floor),
        floor == 0 ? "" : "%.2f".formatted(floor / seconds),
        wanted,
        seconds <= wanted ? "" : " not reached");
    return seconds <= wanted;
  }

  /** So many interactions as CSV, always the same. */
  static Path write(Path file, int rows) throws IOException {
    var random = new SplittableRandom(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("user_id,entity_id,interaction_type,timestamp\n");
      for (int row = 0; row < rows; row++) {
        out.write("user-" + user(random) + ",product-" + product(random) + ",");
        out.write(TYPES.get(random.nextInt(TYPES.size())) + "," + (FIRST_SECOND + row) + "\n");
      }
    }
    return file;
  }

  private static int user(SplittableRandom random) {
    return random.nextInt(USERS);
  }

  /** A few are popular. */
  private static int product(SplittableRandom random) {
    double share = random.nextDouble();
    return (int) (PRODUCTS * share * share);
  }

  /** The whole command, as people run it. */
  static double seconds(Path csv, Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add(ServerProcess.project().resolve("kindred").toString());
    command.addAll(List.of("import", csv.toString(), "--json", "--again"));
    command.addAll(List.of(options));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(variables);
    builder.environment().put("LOG_LEVEL", "warn");
    long start = System.nanoTime();
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0 || !told.contains("\"failed\":0")) {
      throw new IOException("the import failed: " + told);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds for the rows in numbers, in a table like ours, durably. */
  private static double sqliteAlone(Path file, int rows) throws SQLException {
    var random = new SplittableRandom(SEED);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = full");
      statement.execute(
          """
          create table interactions (position integer primary key, at integer not null,
            tenant integer not null, "user" integer not null, entity integer not null,
            type integer not null, weight real)
          """);
      statement.execute(
          "create unique index of_user on interactions (tenant, \"user\", at, entity, type)");
      statement.execute(
          """
          create table filed (tenant integer not null, entity integer not null, at integer not null,
            position integer not null, primary key (tenant, entity, at, position)) without rowid
          """);
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("insert into interactions values (?, ?, 1, ?, ?, 1, null)")) {
        for (int row = 1; row <= rows; row++) {
          insert.setLong(1, row);
          insert.setLong(2, (FIRST_SECOND + row) * 1_000_000);
          insert.setInt(3, user(random));
          insert.setInt(4, product(random));
          insert.addBatch();
          if (row % ROWS_A_COMMIT > 0 && row < rows) continue;
          insert.executeBatch();
          connection.commit();
        }
      }
      statement.execute(
          "insert into filed select tenant, entity, at, position from interactions order by 1, 2, 3, 4");
      connection.commit();
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Seconds for one COPY of the rows in numbers into a copy of our table. */
  private static double postgresAlone(BenchDatabase database, int rows) throws Exception {
    var random = new SplittableRandom(SEED);
    var text = new StringBuilder(rows * 50);
    for (int row = 1; row <= rows; row++) {
      text.append(row).append('\t').append((FIRST_SECOND + row) * 1_000_000).append("\t1\t");
      text.append(user(random)).append('\t').append(product(random)).append("\t1\t\\N\n");
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var in = new java.io.ByteArrayInputStream(text.toString().getBytes(UTF_8))) {
      statement.execute("create table alone (like interactions including all)");
      long start = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              """
              copy alone (position, at, tenant, "user", entity, type, weight) from stdin
              """,
              in);
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
