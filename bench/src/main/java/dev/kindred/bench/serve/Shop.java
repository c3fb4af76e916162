package dev.kindred.bench.serve;

import dev.kindred.bench.process.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under measurement, filled and asked one request at a time. */
final class Shop implements AutoCloseable {
  private static final int PRODUCTS_A_REQUEST = 10_000;
  private static final int LINES_A_REQUEST = 200_000;
  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":\"([^\"]+)\"");
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final ServerProcess server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Shop(ServerProcess server) {
    this.server = server;
  }

  void fill(Population population, int entities, int interactions)
      throws IOException, InterruptedException {
    for (int from = 0; from < entities; from += PRODUCTS_A_REQUEST) {
      int to = Math.min(entities, from + PRODUCTS_A_REQUEST);
      post("/api/v1/entities/bulk", "application/json", population.products(from, to));
    }
    for (int sent = 0; sent < interactions; sent += LINES_A_REQUEST) {
      int count = Math.min(LINES_A_REQUEST, interactions - sent);
      post("/api/v1/interactions/bulk", "application/x-ndjson", population.lines(count));
    }
  }

  /** Makes the models anew; returns how long it took. */
  Duration rebuild() throws IOException, InterruptedException {
    long start = System.nanoTime();
    String job = post("/api/v1/admin/rebuild", "application/json", "");
    Matcher id = JOB_ID.matcher(job);
    if (!id.find()) throw new IOException("no job in " + job);
    while (!job.contains("\"status\":\"completed\"")) {
      if (job.contains("\"status\":\"failed\"")) throw new IOException("it failed: " + job);
      Thread.sleep(LOOK_EVERY_MILLIS);
      job = get("/api/v1/jobs/" + id.group(1)).body();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private String post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)))
        .body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri(path))
        .timeout(PATIENCE)
        .header("X-API-Key", ServerProcess.KEY);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() == 200 || response.statusCode() == 202) return response;
    throw new IOException(
        response.uri() + " answered " + response.statusCode() + ": " + response.body());
  }

  ServerProcess server() {
    return server;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
