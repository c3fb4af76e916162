package dev.kindred.bench.serve;

import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.Folder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code ./kindred bench start}: how long a start takes and how much memory the server holds when
 * it has nothing to do, with a checkpoint and without one.
 */
public final class StartBench {
  private static final int INTERACTIONS = 1_000_000;
  private static final int USERS = 50_000;
  private static final long SEED = 1;
  private static final double START_SECONDS_MAX = 3;

  /** A server gives memory back a while after it was busy. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  private StartBench() {}

  /** Prints the rows; the exit code is 1 if a figure was not reached. */
  public static int run(List<String> arguments) throws Exception {
    if (!arguments.isEmpty()) {
      System.err.println("bench start takes no arguments");
      return 2;
    }
    boolean reached = true;
    try (Folder data = Folder.create()) {
      reached &= print(data.path(), 20_000, 256);
    }
    try (Folder data = Folder.create()) {
      reached &= print(data.path(), 100_000, 512);
    }
    return reached ? 0 : 1;
  }

  /**
   * Prints the rows of a shop of that size, in a folder that is empty.
   *
   * @param megabytesMax that were asked for, resident and idle
   * @return whether all that was asked for is reached
   */
  private static boolean print(Path data, int entities, int megabytesMax)
      throws IOException, InterruptedException {
    try (var shop = new Shop(start(data))) {
      shop.fill(new Population(entities, USERS, SEED), entities, INTERACTIONS);
      shop.rebuild();
    }
    String stored =
        "%,d interactions, %,d users, %,d entities".formatted(INTERACTIONS, USERS, entities);
    boolean reached = true;
    try (ServerProcess server = start(data)) {
      reached &= ready(stored, server);
      Thread.sleep(IDLE);
      double megabytes = server.residentBytes() / (double) (1 << 20);
      System.out.printf(
          "resident after that, idle: %.0f MB (wanted: at most %d MB)%n", megabytes, megabytesMax);
      reached &= megabytes <= megabytesMax;
    }
    removeCheckpoints(data.resolve("checkpoints"));
    try (ServerProcess server = start(data)) {
      ready(stored + ", without a checkpoint", server);
    }
    return reached;
  }

  private static boolean ready(String stored, ServerProcess server) {
    double seconds = server.startedIn().toMillis() / 1e3;
    System.out.printf(
        "start to ready with %s: %.2f s, %.1f s of CPU (wanted: at most %.0f s)%n",
        stored, seconds, server.cpu().toMillis() / 1e3, START_SECONDS_MAX);
    return seconds <= START_SECONDS_MAX;
  }

  private static ServerProcess start(Path data) throws IOException {
    return ServerProcess.kindred(Map.of("KINDRED_DATA", data.toString()));
  }

  private static void removeCheckpoints(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) Files.delete(file);
    }
  }
}
