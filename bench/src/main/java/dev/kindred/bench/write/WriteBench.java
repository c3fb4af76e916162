package dev.kindred.bench.write;

import dev.kindred.bench.load.Load;
import dev.kindred.bench.load.LoadGenerator;
import dev.kindred.bench.load.LoadResult;
import dev.kindred.bench.process.ConstantServer;
import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.serve.StartBench;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./kindred bench write [--only NAME[,NAME...]]}: how fast writes are taken in; the names
 * are those of {@link #MEASUREMENTS}.
 *
 * <p>Each figure stands beside a floor that is measured right before or after it, because machines
 * are noisy and only ratios keep. The server, the database and the load generator share the
 * machine.
 */
public final class WriteBench {

  static final int LINES = 200_000;
  static final Duration MEASURED = Duration.ofSeconds(10);
  static final long SEED = 20261121;

  private static final int CONNECTIONS = 64;
  private static final Duration WARMUP = Duration.ofSeconds(20);

  /** Measures something and prints its lines; tells whether what is wanted was reached. */
  @FunctionalInterface
  private interface Measurement {
    boolean run() throws Exception;
  }

  /** In the order of the table. */
  private static final Map<String, Measurement> MEASUREMENTS = new LinkedHashMap<>();

  static {
    MEASUREMENTS.put("interactions-sqlite", WriteBench::interactionsOnSqlite);
    MEASUREMENTS.put("entities-sqlite", WriteBench::entitiesOnSqlite);
    MEASUREMENTS.put("interactions-postgresql", WriteBench::interactionsOnPostgres);
    MEASUREMENTS.put(
        "entities-postgresql",
        () -> entitiesOnPostgres("memory", "POST /entities, PostgreSQL, vector index off"));
    MEASUREMENTS.put(
        "entities-pgvector",
        () -> entitiesOnPostgres("pgvector", "POST /entities, PostgreSQL, vector index on"));
    MEASUREMENTS.put("bulk-sqlite", WriteBench::bulkOnSqlite);
    MEASUREMENTS.put("start", () -> StartBench.run(List.of()) == 0);
  }

  private WriteBench() {}

  /** Prints the table; the exit code is 1 if a figure was not reached. */
  public static int run(List<String> arguments) throws Exception {
    boolean choosing = arguments.size() == 2 && arguments.getFirst().equals("--only");
    Collection<String> chosen =
        choosing ? List.of(arguments.get(1).split(",", -1)) : MEASUREMENTS.keySet();
    boolean isUnderstood = choosing || arguments.isEmpty();
    if (!isUnderstood || !MEASUREMENTS.keySet().containsAll(chosen)) {
      System.err.printf(
          "bench write takes --only and some of %s, with commas between them; got %s%n",
          String.join(",", MEASUREMENTS.keySet()), String.join(" ", arguments));
      return 2;
    }
    Row.printHead();
    boolean reached = true;
    for (var measurement : MEASUREMENTS.entrySet()) {
      if (chosen.contains(measurement.getKey())) reached &= measurement.getValue().run();
    }
    return reached ? 0 : 1;
  }

  private static boolean interactionsOnSqlite() throws Exception {
    String what = "POST /interactions, SQLite";
    double constant = constant201(new Traffic(SEED).interactions());
    double perSecond;
    try (Folder data = Folder.create();
        ServerProcess server = ServerProcess.kindred(onSqlite(data))) {
      perSecond = load(server, new Traffic(SEED).interactions());
    }
    boolean reached =
        new Row(what, perSecond, "the framework alone, constant 201", constant, 0.4).print();
    double commits = SqliteFloor.singleCommits();
    reached &= new Row(what, perSecond, "one transaction a request", commits, 10).print();
    return reached;
  }

  private static boolean entitiesOnSqlite() throws Exception {
    double constant = constant201(new Traffic(SEED).entities());
    try (Folder data = Folder.create();
        ServerProcess server = ServerProcess.kindred(onSqlite(data))) {
      double perSecond = load(server, new Traffic(SEED).entities());
      String what = "POST /entities, SQLite";
      return new Row(what, perSecond, "the framework alone, constant 201", constant, 0.25).print();
    }
  }

  private static boolean bulkOnSqlite() throws Exception {
    try (Folder data = Folder.create();
        ServerProcess server = ServerProcess.kindred(onSqlite(data))) {
      bulk(server); // The first one warms up.
      double perSecond = bulk(server);
      String what = "NDJSON bulk interactions, SQLite";
      String floor = "plain prepared batches of the same rows";
      return new Row(what, perSecond, floor, SqliteFloor.batches(), 0.5).print();
    }
  }

  private static boolean interactionsOnPostgres() throws Exception {
    try (BenchDatabase database = BenchDatabase.create("kindred_bench_write");
        ServerProcess server = ServerProcess.kindred(Map.of("DATABASE_URL", database.url()))) {
      var floor = new PostgresFloor(database);
      double inserts = floor.interactionInserts();
      double perSecond = load(server, new Traffic(SEED).interactions());
      boolean reached =
          new Row(
                  "POST /interactions, PostgreSQL",
                  perSecond,
                  "pgbench, single-row inserts, 64 clients",
                  inserts,
                  2)
              .print();
      double copied = floor.copy();
      bulk(server); // The first one warms up.
      String what = "NDJSON bulk interactions, PostgreSQL";
      reached &= new Row(what, bulk(server), "plain COPY of the same rows", copied, 0.5).print();
      return reached;
    }
  }

  private static boolean entitiesOnPostgres(String vectorSearch, String what) throws Exception {
    try (BenchDatabase database = BenchDatabase.create("kindred_bench_entities");
        ServerProcess server =
            ServerProcess.kindred(
                Map.of("DATABASE_URL", database.url(), "VECTOR_SEARCH", vectorSearch))) {
      Load.Requests requests = new Traffic(SEED).entities();
      var floor = new PostgresFloor(database);
      if (vectorSearch.equals("pgvector")) {
        load(server, requests); // So many that the graph is built.
        floor.awaitGraph();
      }
      double perSecond = load(server, requests);
      double inserts = floor.entityInserts(vectorSearch.equals("pgvector"));
      return new Row(what, perSecond, "pgbench, the same rows, tables and indexes", inserts, 1)
          .print();
    }
  }

  private static Map<String, String> onSqlite(Folder data) {
    return Map.of("KINDRED_DATA", data.path().toString());
  }

  private static double constant201(Load.Requests requests) throws IOException {
    try (ServerProcess server = ServerProcess.java(ConstantServer.class, "201", "400")) {
      return load(server, requests);
    }
  }

  private static double load(ServerProcess server, Load.Requests requests) throws IOException {
    LoadResult result =
        LoadGenerator.run(Load.closed(server.address(), CONNECTIONS, WARMUP, MEASURED, requests));
    return result.requireOnly(201).perSecond();
  }

  /** Sends all lines in one request; returns rows a second. */
  private static double bulk(ServerProcess server) throws IOException, InterruptedException {
    byte[] lines = new Traffic(SEED).lines(LINES);
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/api/v1/interactions/bulk"))
            .header("X-API-Key", ServerProcess.KEY)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      long start = System.nanoTime();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      double seconds = (System.nanoTime() - start) / 1e9;
      if (response.statusCode() != 200 || !response.body().contains("\"successful\":" + LINES)) {
        throw new IOException("the import failed: " + response.body());
      }
      return LINES / seconds;
    }
  }
}
