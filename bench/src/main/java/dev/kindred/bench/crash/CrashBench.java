package dev.kindred.bench.crash;

import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.BenchDatabase;
import dev.kindred.bench.write.Folder;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * {@code ./kindred bench crash}: kills the server with SIGKILL in the middle of a storm of writes,
 * again and again, on each database. After each restart it reads back everything: nothing that was
 * acknowledged may be missing, and nothing may be there that was not sent, or be there twice.
 */
public final class CrashBench {

  private static final String SQLITE = "sqlite";
  private static final String POSTGRESQL = "postgresql";
  private static final Set<String> DATABASES = Set.of(SQLITE, POSTGRESQL);
  private static final int ROUNDS = 100;
  private static final long SEED = 20261121;

  private CrashBench() {}

  /** Prints the counts; the exit code is 1 if a write was lost or invented. */
  public static int run(List<String> arguments) throws Exception {
    int rounds = arguments.isEmpty() ? ROUNDS : Integer.parseInt(arguments.getFirst());
    Set<String> databases =
        arguments.size() < 2 ? DATABASES : Set.copyOf(arguments.subList(1, arguments.size()));
    if (!DATABASES.containsAll(databases)) {
      System.err.println("bench crash takes a number of rounds and names of databases");
      return 2;
    }
    boolean whole = true;
    if (databases.contains(SQLITE)) {
      try (Folder data = Folder.create()) {
        whole &= storm("SQLite", Map.of("KINDRED_DATA", data.path().toString()), rounds);
      }
    }
    if (databases.contains(POSTGRESQL)) {
      try (BenchDatabase database = BenchDatabase.create("kindred_bench_crash")) {
        whole &= storm("PostgreSQL", Map.of("DATABASE_URL", database.url()), rounds);
      }
    }
    return whole ? 0 : 1;
  }

  private static boolean storm(String name, Map<String, String> variables, int rounds)
      throws Exception {
    var random = new SplittableRandom(SEED);
    var ledger = new Ledger();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < rounds; round++) {
        ServerProcess server = ServerProcess.kindred(variables);
        Storm storm = Storm.start(server, client, ledger);
        try {
          storm.awaitAcknowledged(50 + random.nextInt(1_000));
        } finally {
          server.kill();
        }
        storm.awaitEnd();
        if ((round + 1) % 10 == 0) System.out.printf("%s: %d kills, %s%n", name, round + 1, ledger);
      }
      try (ServerProcess server = ServerProcess.kindred(variables)) {
        ledger.compare(server, client);
      }
    }
    System.out.printf("%s: %d kills, %s%n", name, rounds, ledger.verdict());
    return ledger.isWhole();
  }
}
