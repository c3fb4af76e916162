package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.http.Health.Finding;
import dev.kindred.http.Lifecycle.Stage;
import dev.kindred.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Health, readiness, metrics and the effective configuration. */
final class OperationApi {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Operations operations;
  private final Lifecycle lifecycle;
  private final Health health;
  private final Instant started;

  OperationApi(Operations operations, Lifecycle lifecycle) {
    this.operations = operations;
    this.lifecycle = lifecycle;
    this.health = new Health(operations.components());
    this.started = operations.clock().instant();
  }

  List<Route> routes(HttpSettings.Metrics metrics) {
    var routes = new ArrayList<Route>();
    routes.add(
        Route.get("/health", Access.OPEN, "Whether the process lives", this::health)
            .with(Route.Trait.OPERATION));
    routes.add(
        Route.get("/ready", Access.OPEN, "Whether requests should be sent here", this::ready)
            .with(Route.Trait.OPERATION));
    if (metrics.enabled()) {
      Access access = metrics.open() ? Access.OPEN : Access.ADMIN;
      routes.add(
          Route.get("/metrics", access, "Numbers for Prometheus", this::metrics)
              .with(Route.Trait.OPERATION));
    }
    routes.add(
        Route.get("/api/config", Access.ADMIN, "The effective configuration", this::settings));
    return routes;
  }

  /** Everything is there from now on: what was found out before counts no more. */
  void opened() {
    health.askAgain();
  }

  private Answer health(Exchange exchange) {
    List<Finding> findings = health.findings();
    boolean well = findings.stream().allMatch(Finding::isWell);
    long uptime = Duration.between(started, operations.clock().instant()).toSeconds();
    var json = new JsonWriter().beginObject();
    json.field("status", well ? "healthy" : "degraded").field("service", "kindred");
    json.field("version", operations.version()).field("uptime_seconds", uptime);
    json.name("components").beginObject();
    for (Finding finding : findings) {
      json.name(finding.component().name()).beginObject();
      json.field("status", finding.isWell() ? "healthy" : "down");
      finding.problem().ifPresent(what -> json.field("detail", what));
      json.endObject();
    }
    return Answer.ok(json.endObject().endObject().toByteArray());
  }

  private Answer ready(Exchange exchange) {
    Stage stage = lifecycle.stage();
    List<Finding> findings = health.findings();
    boolean well = findings.stream().allMatch(f -> f.isWell() || !f.component().needed());
    boolean ready = stage == Stage.SERVING && well;
    var json = new JsonWriter().beginObject();
    json.field("status", ready ? "ready" : "not_ready");
    json.name("checks").beginObject().field("server", word(stage));
    for (Finding finding : findings) {
      if (!finding.component().needed()) continue;
      json.field(finding.component().name(), finding.problem().orElse("ok"));
    }
    byte[] body = json.endObject().endObject().toByteArray();
    return ready ? Answer.ok(body) : Answer.json(503, body).with("Retry-After", "1");
  }

  private static String word(Stage stage) {
    return switch (stage) {
      case STARTING -> "starting";
      case SERVING -> "ok";
      case DRAINING, STOPPING -> "shutting down";
    };
  }

  private Answer metrics(Exchange exchange) {
    return Answer.of(200, PROMETHEUS, operations.metrics().scrape().getBytes(UTF_8));
  }

  private Answer settings(Exchange exchange) {
    var json = new JsonWriter().beginObject().name("settings").beginArray();
    for (Operations.ShownSetting setting : operations.settings().get()) {
      json.beginObject().field("name", setting.name()).field("value", setting.value());
      json.field("source", setting.source()).endObject();
    }
    json.endArray();
    Operations.ShownReading reading = operations.lastReading().get();
    json.name("last_reading").beginObject();
    json.field("status", reading.problems().isEmpty() ? "ok" : "refused").field("at", reading.at());
    json.name("changed").strings(reading.changed());
    json.name("need_restart").strings(reading.needRestart());
    json.name("problems").strings(reading.problems());
    return Answer.ok(json.endObject().endObject().toByteArray());
  }
}
