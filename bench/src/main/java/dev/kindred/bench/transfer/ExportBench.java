package dev.kindred.bench.transfer;

import dev.kindred.bench.process.ResidentMemory;
import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./kindred bench export [ROWS...]}: how fast interactions are exported from SQLite, by
 * {@code ./kindred export} and over HTTP, and the most memory that takes: for a million and for ten
 * of them, since it is not to depend on how many there are.
 */
public final class ExportBench {

  private static final List<Integer> ROWS = List.of(1_000_000, 10_000_000);

  /** How much may come with more rows and still be chance. */
  private static final double GROWTH_MAX = 1.15;

  /** What the program may be given at least. */
  private static final String SMALL_HEAP = "-Xmx96m";

  private static final int CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS_A_LOOK = 8;

  private ExportBench() {}

  /** What an export was like. */
  private record Measured(double seconds, long lines, long residentMost) {}

  /** Prints the table; the exit code is 1 if more rows take more memory. */
  public static int run(List<String> arguments) throws Exception {
    List<Integer> sizes =
        arguments.isEmpty() ? ROWS : arguments.stream().map(Integer::valueOf).toList();
    System.out.println("| what | rows | seconds | rows a second | resident at most |");
    System.out.println("|---|---|---|---|---|");
    var resident = new ArrayList<List<Long>>();
    for (int rows : sizes) {
      try (Folder folder = Folder.create()) {
        fill(folder, rows);
        var exports =
            List.of(
                print("by `kindred export`", rows, command(folder, "")),
                print("by `kindred export`, " + SMALL_HEAP, rows, command(folder, SMALL_HEAP)),
                print("over HTTP", rows, http(folder)));
        resident.add(exports.stream().map(Measured::residentMost).toList());
      }
    }
    // A server reads the log when it starts, which is more the longer that is.
    boolean isConstant = true;
    for (int way = 0; way < 2; way++) {
      isConstant &=
          resident.getLast().get(way) <= GROWTH_MAX * (double) resident.getFirst().get(way);
    }
    System.out.println(isConstant ? "constant memory: reached" : "constant memory: not reached");
    return isConstant ? 0 : 1;
  }

  private static Measured print(String what, int rows, Measured measured) throws IOException {
    if (measured.lines() != rows) {
      throw new IOException("%,d rows came out of %,d".formatted(measured.lines(), rows));
    }
    System.out.printf(
        "| %s | %,d | %.1f | %.0f | %d MB |%n",
        what, rows, measured.seconds(), rows / measured.seconds(), measured.residentMost() >> 20);
    return measured;
  }

  private static void fill(Folder folder, int rows) throws IOException, InterruptedException {
    Path csv = ImportBench.write(folder.path().resolve("interactions.csv"), rows);
    ImportBench.seconds(csv, data(folder));
    Files.delete(csv);
  }

  private static Map<String, String> data(Folder folder) {
    return Map.of("KINDRED_DATA", folder.path().resolve("data").toString());
  }

  /** The whole command, as people run it. */
  private static Measured command(Folder folder, String options)
      throws IOException, InterruptedException {
    String kindred = ServerProcess.project().resolve("kindred").toString();
    var builder =
        new ProcessBuilder(kindred, "export", "interactions")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(data(folder));
    builder.environment().putAll(Map.of("LOG_LEVEL", "warn", "KINDRED_JAVA_OPTS", options));
    long start = System.nanoTime();
    Process process = builder.start();
    // The script becomes the program, so its memory is that of the process.
    long most = 0;
    long lines = 0;
    int chunks = 0;
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream out = process.getInputStream()) {
      for (int n = out.readNBytes(chunk, 0, chunk.length);
          n > 0;
          n = out.readNBytes(chunk, 0, chunk.length)) {
        lines += lines(chunk, n);
        if (chunks++ % CHUNKS_A_LOOK > 0) continue;
        most = Math.max(most, ResidentMemory.most(process.pid()).orElse(0));
      }
    }
    if (process.waitFor() != 0) throw new IOException("the export failed");
    return new Measured((System.nanoTime() - start) / 1e9, lines, most);
  }

  private static Measured http(Folder folder) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.kindred(data(folder));
        HttpClient client = HttpClient.newHttpClient()) {
      long start = System.nanoTime();
      var request =
          HttpRequest.newBuilder(server.uri("/api/v1/export/interactions?format=ndjson"))
              .header("X-API-Key", ServerProcess.KEY)
              .build();
      long lines = 0;
      byte[] chunk = new byte[CHUNK_BYTES];
      try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
        for (int n = body.read(chunk); n > 0; n = body.read(chunk)) lines += lines(chunk, n);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Measured(seconds, lines, server.residentBytesMost());
    }
  }

  private static long lines(byte[] bytes, int length) {
    long lines = 0;
    for (int i = 0; i < length; i++) if (bytes[i] == '\n') lines++;
    return lines;
  }
}
