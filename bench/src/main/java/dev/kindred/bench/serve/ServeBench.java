package dev.kindred.bench.serve;

import dev.kindred.bench.load.HttpRequest;
import dev.kindred.bench.load.Load;
import dev.kindred.bench.load.LoadGenerator;
import dev.kindred.bench.process.ConstantServer;
import dev.kindred.bench.process.ServerProcess;
import dev.kindred.bench.write.Folder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * {@code ./kindred bench serve [ENTITIES [INTERACTIONS [USERS]]]}: how fast lists are answered.
 *
 * <p>Requests a second stand beside those of the same framework answering a constant body of the
 * same size; latencies at a fixed rate count from when a request was due.
 */
public final class ServeBench {
  private static final long SEED = 20261121;
  private static final int CONNECTIONS = 32;
  private static final Duration WARMUP = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final int ONE_BY_ONE = 4_000;
  private static final int PREPARED = 200_000;
  private static final int FEW = 500;
  private static final double P99_MILLIS_MAX = 10;
  private static final Pattern COMPUTING = Pattern.compile("recommend;dur=([0-9.]+)");

  private final Shop shop;
  private final Population population;

  /** For the thread that writes beside. */
  private final Population writers;

  private ServeBench(Shop shop, Population population, Population writers) {
    this.shop = shop;
    this.population = population;
    this.writers = writers;
  }

  /** Prints the table; the exit code is 1 if a figure was not reached. */
  public static int run(List<String> arguments) throws Exception {
    int[] size = {100_000, 1_000_000, 50_000};
    for (int n = 0; n < arguments.size(); n++) size[n] = Integer.parseInt(arguments.get(n));
    var population = new Population(size[0], size[2], SEED);
    System.out.printf("%,d entities, %,d interactions, %,d users%n", size[0], size[1], size[2]);
    try (Folder data = Folder.create();
        var shop =
            new Shop(ServerProcess.kindred(Map.of("KINDRED_DATA", data.path().toString())))) {
      shop.fill(population, size[0], size[1]);
      return new ServeBench(shop, population, new Population(size[0], size[2], SEED + 1)).measure()
          ? 0
          : 1;
    }
  }

  private boolean measure() throws Exception {
    boolean reached = atMost("full rebuild, s", shop.rebuild().toMillis() / 1e3, 60);
    reached &= computing();
    int bytes = shop.get("/api/v1/recommendations/user/u1").body().length();
    double floor;
    try (ServerProcess constant =
        ServerProcess.java(ConstantServer.class, "200", Integer.toString(bytes))) {
      floor = perSecond(constant, users(FEW, false));
    }
    double uncached = perSecond(shop.server(), users(PREPARED, true));
    reached &= ratio("for users, not cached", uncached, floor, 0.5);
    reached &= ratio("for users, cached", perSecond(shop.server(), users(FEW, false)), floor, 0.8);
    reached &= ratio("like an entity", perSecond(shop.server(), similar()), floor, 0.7);
    reached &= ratio("trending", perSecond(shop.server(), trending()), floor, 0.7);
    reached &= underLoad(uncached / 2);
    double megabytes = shop.server().residentBytes() / (double) (1 << 20);
    reached &= atMost("resident memory, MB", megabytes, 512);
    return reached;
  }

  /** One after the other, as the server itself tells: no HTTP, and no list is asked for twice. */
  private boolean computing() throws IOException, InterruptedException {
    var micros = new Histogram(3);
    for (int n = 0; n < 2 * ONE_BY_ONE; n++) {
      var response =
          shop.get("/api/v1/recommendations/user/u" + population.user() + "?exclude=x" + n);
      Matcher timing = COMPUTING.matcher(response.headers().firstValue("Server-Timing").orElse(""));
      if (n >= ONE_BY_ONE && timing.find()) {
        micros.recordValue((long) (1e3 * Double.parseDouble(timing.group(1))));
      }
    }
    boolean reached =
        atMost(
            "computing a hybrid list of 10, p50, us",
            (double) micros.getValueAtPercentile(50),
            150);
    reached &= atMost("the same, p99, us", (double) micros.getValueAtPercentile(99), 1_000);
    return reached;
  }

  /** At half of what it can do, while writes arrive and models are made. */
  private boolean underLoad(double rate) throws Exception {
    try (var busy = BusyServer.begin(shop, this::write)) {
      double millis = busy.p99Millis(rate, WARMUP, MEASURED, users(PREPARED, true));
      System.out.printf(
          "at %.0f lists and %.0f writes a second%n", rate, BusyServer.WRITES_A_SECOND);
      boolean reached =
          atMost("lists during writes and a rebuild, p99, ms", millis, P99_MILLIS_MAX);
      System.out.printf(
          "| most lists a second with that p99, beside the same | %.0f |%n",
          busy.mostWithin(P99_MILLIS_MAX, rate, users(PREPARED, true)));
      return reached;
    }
  }

  private byte[] write() {
    return HttpRequest.post("/api/v1/interactions", ServerProcess.KEY, writers.interaction());
  }

  private static double perSecond(ServerProcess server, Load.Requests requests) throws IOException {
    return LoadGenerator.run(Load.closed(server.address(), CONNECTIONS, WARMUP, MEASURED, requests))
        .requireOnly(200)
        .perSecond();
  }

  /** Lists for users; such as were never asked for before, or few again and again. */
  private Load.Requests users(int count, boolean isNew) {
    long[] sent = {0};
    var prepared = new ArrayList<byte[]>();
    for (int n = 0; n < Math.min(count, FEW); n++) prepared.add(user(""));
    return () -> {
      long n = sent[0]++;
      return isNew ? user("?exclude=y" + n + "-" + count) : prepared.get((int) (n % FEW));
    };
  }

  private byte[] user(String query) {
    return HttpRequest.get(
        "/api/v1/recommendations/user/u" + population.user() + query, ServerProcess.KEY);
  }

  private Load.Requests similar() {
    return () ->
        HttpRequest.get(
            "/api/v1/recommendations/entity/p" + population.product(), ServerProcess.KEY);
  }

  private static Load.Requests trending() {
    byte[] request =
        HttpRequest.get("/api/v1/recommendations/trending?count=10", ServerProcess.KEY);
    return () -> request;
  }

  private static boolean ratio(String what, double measured, double floor, double wanted) {
    boolean reached = measured / floor >= wanted;
    System.out.printf(
        "| %-44s | %8.0f/s of %8.0f/s | %6.2f | wanted %4.2f |%s%n",
        what, measured, floor, measured / floor, wanted, reached ? "" : " not reached");
    return reached;
  }

  private static boolean atMost(String what, double measured, double wanted) {
    boolean reached = measured <= wanted;
    System.out.printf(
        "| %-44s | %10.1f | wanted at most %.0f |%s%n",
        what, measured, wanted, reached ? "" : " not reached");
    return reached;
  }
}
