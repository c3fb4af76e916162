package dev.kindred.bench.analytics;

import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.BenchDatabase;
import dev.kindred.bench.write.Folder;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How long the report of an experiment takes over ninety days and a million events, over HTTP; and
 * how long it takes to count the log itself, which is what the report must not do.
 */
public final class ExperimentReport {

  private static final TenantId TENANT = new TenantId("default");
  private static final int USERS = 20_000;
  private static final int EVENTS = 1_000_000;
  private static final int DAYS = 90;
  private static final int AT_ONCE = 5_000;
  private static final int WARM_UP = 300;
  private static final int ASKED = 1_000;

  /** What anybody would write who has only the log. */
  private static final String COUNT_THE_LOG =
      """
      select x.type, c.type, count(distinct c.subject), count(*), sum(c.weight)
      from events x join events c
        on c.tenant = x.tenant and c.subject = x.subject and c.entity = x.entity and c.kind = 22
      where x.kind = 21 group by x.type, c.type
      """;

  private ExperimentReport() {}

  /** Measures on both databases. */
  public static int run(List<String> arguments) throws Exception {
    if (!arguments.isEmpty()) {
      System.err.println("usage: experiments");
      return 2;
    }
    System.out.printf(
        "%,d users of an experiment with 3 variants and 3 metrics, %,d events, %d days%n",
        USERS, EVENTS, DAYS);
    try (Folder folder = Folder.create()) {
      String file = folder.path().resolve("kindred.db").toString();
      measure("SQLite", "sqlite:" + file, () -> DriverManager.getConnection("jdbc:sqlite:" + file));
    }
    try (BenchDatabase database = BenchDatabase.create("kindred_bench_experiments")) {
      measure("PostgreSQL", database.url(), database::connect);
    }
    return 0;
  }

  private interface Connecting {
    Connection connect() throws SQLException;
  }

  private static void measure(String name, String url, Connecting database)
      throws IOException, InterruptedException, SQLException {
    fill(name, url);
    Duration counting;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      try (ResultSet rows = statement.executeQuery(COUNT_THE_LOG)) {
        while (rows.next()) rows.getLong(3);
      }
      counting = Duration.ofNanos(System.nanoTime() - start);
    }
    try (var server = ServerProcess.kindred(Map.of("DATABASE_URL", url));
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(server.uri("/api/v1/experiments/prices/results"))
              .header("X-API-Key", ServerProcess.KEY)
              .build();
      long[] nanos = new long[ASKED];
      for (int i = -WARM_UP; i < ASKED; i++) {
        long start = System.nanoTime();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IOException(answer.body());
        if (!answer.body().contains("\"users\":" + USERS)) throw new IOException(answer.body());
        if (i >= 0) nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      System.out.printf(
          "%-12s report: median %.2f ms, p99 %.2f ms; counting the log once: %d ms%n",
          name, nanos[ASKED / 2] / 1e6, nanos[ASKED * 99 / 100] / 1e6, counting.toMillis());
    }
  }

  private static void fill(String name, String url) {
    Instant begin = Instant.now().minus(Duration.ofDays(DAYS));
    var random = new SplittableRandom(11);
    long start = System.nanoTime();
    try (var store = JdbcStore.open(JdbcSettings.of(url), Instant::now, random.split())) {
      var changes = new ArrayList<Change>(AT_ONCE);
      changes.add(new Change.CreateExperiment("prices", design(begin), true));
      long micros = Duration.ofDays(DAYS).toNanos() / 1_000;
      for (int i = 0; i < EVENTS; i++) {
        Instant at = begin.plusNanos(micros / EVENTS * i * 1_000);
        changes.add(change(i, at, random));
        if (changes.size() == AT_ONCE) append(store, changes);
      }
      append(store, changes);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%-12s filled with %,.0f events a second%n", name, EVENTS / seconds);
  }

  /** A user comes with every fiftieth event, and converts with the others. */
  private static Change change(int i, Instant at, SplittableRandom random) {
    int every = EVENTS / USERS;
    if (i % every == 0) {
      return new RecordExposure("prices", user(i / every), Optional.empty(), at);
    }
    UserId user = user(random.nextInt(i / every + 1));
    String metric = "metric-" + random.nextInt(3);
    return new RecordConversion("prices", user, metric, random.nextInt(10_000) / 100.0, at);
  }

  private static UserId user(int number) {
    return new UserId("user-" + number);
  }

  private static void append(JdbcStore store, List<Change> changes) {
    store
        .log()
        .append(List.of(new Submission(TENANT, List.copyOf(changes), Optional.empty())))
        .getFirst();
    changes.clear();
  }

  private static ExperimentDesign design(Instant begin) {
    return new ExperimentDesign(
        List.of(variant("control", 34), variant("lower", 33), variant("higher", 33)),
        List.of("metric-0", "metric-1", "metric-2"),
        1_000,
        begin,
        Optional.empty(),
        Optional.empty(),
        Duration.ofDays(365),
        AssignedBy.KINDRED);
  }

  private static Variant variant(String name, double weight) {
    return new Variant(name, weight, JsonObject.EMPTY, false, Optional.empty());
  }
}
