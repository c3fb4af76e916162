package dev.kindred.command;

import dev.kindred.App;
import dev.kindred.config.LiveConfig;
import dev.kindred.logging.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the server for this machine only, with a small shop in it that was made up, or following a
 * shop's own database.
 */
@Command(
    name = "demo",
    description =
        "Runs the server with generated data, in a folder of its own, and says what to try.",
    footerHeading = "%nExamples:%n",
    footer = {"  kindred demo --port 0", "  kindred demo --shop postgresql://localhost/shop"})
public final class DemoCommand implements Callable<Integer> {

  @Mixin private ReadyLine ready = new ReadyLine();

  @Option(names = "--port", paramLabel = "N", description = "The port; 0 takes a free one.")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--shop",
      paramLabel = "URL",
      description =
          "Follows a shop's own PostgreSQL of the reference shape instead, which is only read."
              + " './kindred demo' gives the one of './kindred services up --with-shop', if it runs.")
  private Optional<String> shop = Optional.empty();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("kindred-demo-");
    var flags = new HashMap<String, String>();
    flags.put("KINDRED_DATA", data.toString());
    flags.put("HOST", "127.0.0.1");
    flags.put("REQUIRE_API_KEY", "false");
    flags.put("LOG_FORMAT", "text");
    flags.put("LOG_LEVEL", "warn");
    port.ifPresent(value -> flags.put("PORT", value));
    shop.ifPresent(value -> flags.put("MAIN_DATABASE_URL", value));
    // Not the environment's: it may name a database that is no toy.
    LiveConfig config = LiveConfig.load(flags, Map.of(), Clock.systemUTC());
    Logs.set(config.get().logging());
    var stop = StopSignal.listen(config.get().http().shutdownTimeout());
    try (App app = App.start(config, Clock.systemUTC())) {
      URI address = URI.create(app.address());
      if (shop.isPresent()) {
        send(address.resolve("/admin/full-sync?wait=true"), "");
      } else {
        var made = new DemoShop(Instant.now());
        send(address.resolve("/api/v1/entities/bulk"), made.entities());
        send(address.resolve("/api/v1/interactions/bulk"), made.interactions());
      }
      ready.print(spec.commandLine().getOut(), address.toString());
      explain(address, data);
      stop.await();
    } finally {
      remove(data);
    }
    return 0;
  }

  // A folder that stays behind is worth a word, not a failure: all that was asked for was done.
  private void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException e) {
      spec.commandLine().getErr().printf("%s could not be removed: %s%n", folder, e);
    }
  }

  private static void send(URI where, String lines) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(where)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) throw new IOException("the demo's data: " + answer.body());
    }
  }

  /** Calls that can be copied into another terminal as they are. */
  static String calls(URI address) {
    return """
      curl '%1$s/api/v1/recommendations/user/user-7?count=5&explain=true'
      curl '%1$s/api/v1/recommendations/user/user-7?count=5&category=books&price.lte=20'
      curl '%1$s/api/v1/recommendations/entity/product-17?count=5'
      curl '%1$s/api/v1/recommendations/trending?count=5'
      curl -X POST '%1$s/api/v1/interactions' -H 'Content-Type: application/json' -d '{"user_id": "user-7", "entity_id": "product-17", "interaction_type": "purchase"}'
    """
        .formatted(address);
  }

  /** The same for a shop that is followed. */
  static String callsToShop(URI address) {
    return """
      curl -X POST '%1$s/popular' -H 'Content-Type: application/json' -d '{"user_params": {"geo_id": 213, "gender": "f", "age": "25-34"}}'
      curl -X POST '%1$s/personalized' -H 'Content-Type: application/json' -d '{"user_id": 7, "geo_id": 213, "filters": {"price_to": 500}}'
      curl '%1$s/user-profile/7'
      curl '%1$s/api/v1/recommendations/user/7?count=5&explain=true'
      curl '%1$s/stats'
    """
        .formatted(address);
  }

  private void explain(URI address, Path data) {
    PrintWriter err = spec.commandLine().getErr();
    if (shop.isPresent()) {
      err.println(
          """

          Look around: %s/console

          In step with the shop's own database: what is liked or sold out there counts in the next page. Try, in another
          terminal:

          %s
          Every call, to browse: %s/docs
          The data is in %s until Ctrl-C ends it.
          """
              .formatted(address, callsToShop(address), address, data));
      err.flush();
      return;
    }
    err.println(
        """

        Look around: %s/console

        A shop with %,d products, and what %,d users did in it. Try, in another terminal:

        %s
        The last one is a purchase: the first one knows of it at once. Every call, to browse: %s/docs
        The data is in %s until Ctrl-C ends it.
        """
            .formatted(address, DemoShop.PRODUCTS, DemoShop.USERS, calls(address), address, data));
    err.flush();
  }
}
