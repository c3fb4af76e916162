package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Handlers that show what the rim hands them. */
final class TestRoutes {

  private final TestServer test;

  TestRoutes(TestServer test) {
    this.test = test;
  }

  List<Route> all() {
    return List.of(
        Route.get("/open", Access.OPEN, "open", _ -> text("open")),
        Route.get("/things/{id}", Access.SERVER, "one thing", x -> text(x.path("id"))),
        Route.put("/things/{id}", Access.SERVER, "put a thing", x -> text(x.path("id"))),
        Route.get("/things/special", Access.SERVER, "a literal", _ -> text("the special one")),
        Route.get("/a/{x}/b/{y}", Access.SERVER, "two", x -> text(x.path("x") + "+" + x.path("y"))),
        Route.get("/tenant", Access.PUBLISHABLE, "tenant", x -> text(x.tenant().value())),
        Route.get("/admin", Access.ADMIN, "admin only", _ -> text("admin")),
        Route.get("/query", Access.SERVER, "query", x -> text(x.query().all().toString())),
        Route.get("/large", Access.SERVER, "a large text", _ -> text("abc".repeat(10_000))),
        Route.get("/nothing", Access.SERVER, "no content", _ -> Answer.noContent()),
        Route.get("/stream", Access.SERVER, "a streamed text", _ -> stream()),
        Route.get("/broken-stream", Access.SERVER, "breaks off", this::brokenStream),
        Route.get("/fail", Access.SERVER, "fails", _ -> fail()),
        Route.post("/echo", Access.SERVER, "echo", this::echo),
        Route.post("/tenant", Access.SERVER, "tenant in the body", this::tenantInBody),
        Route.post("/ignore", Access.SERVER, "does not read its body", _ -> text("ignored")),
        Route.post("/import", Access.SERVER, "counts bytes", this::count)
            .with(Route.Trait.STREAMED_BODY),
        Route.post("/write", Access.SERVER, "writes", this::write));
  }

  private static Answer text(String text) {
    return Answer.of(200, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  private Answer echo(Exchange exchange) {
    test.handled.incrementAndGet();
    return Answer.ok(exchange.body()).at(7);
  }

  private Answer tenantInBody(Exchange exchange) {
    String named = new String(exchange.body(), UTF_8);
    return text(exchange.tenant(named.isEmpty() ? Optional.empty() : Optional.of(named)).value());
  }

  private Answer count(Exchange exchange) throws IOException {
    test.handled.incrementAndGet();
    byte[] buffer = new byte[8_192];
    long count = 0;
    try (InputStream in = exchange.bodyStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) count += read;
    }
    return text(Long.toString(count));
  }

  private static Answer stream() {
    return Answer.stream(
        "application/x-ndjson",
        out -> {
          for (int i = 0; i < 10_000; i++) out.write(("{\"line\":" + i + "}\n").getBytes(UTF_8));
        });
  }

  private Answer brokenStream(Exchange exchange) {
    int after = exchange.query().number("after", 0, 0, 1_000_000);
    return Answer.stream(
        "text/plain",
        out -> {
          for (int i = 0; i < after; i++) out.write("0123456789\n".getBytes(UTF_8));
          throw new IOException("the disk is gone");
        });
  }

  private static Answer fail() {
    throw new IllegalStateException("SELECT secret FROM passwords");
  }

  private Answer write(Exchange exchange) {
    test.handled.incrementAndGet();
    String user = new String(exchange.body(), UTF_8).replace("\"", "");
    var interaction =
        new Interaction(
            new UserId(user),
            EntityRef.untyped(new EntityId("thing")),
            "view",
            OptionalDouble.empty(),
            JsonObject.EMPTY,
            test.clock.instant(),
            false,
            Optional.empty(),
            Optional.empty());
    Function<List<Outcome>, Answer> answer =
        outcomes -> Answer.created(("{\"outcomes\":" + outcomes.size() + "}").getBytes(UTF_8));
    var submission =
        new Submission(
            exchange.tenant(),
            List.of(new Change.RecordInteraction(interaction)),
            exchange.once(answer));
    return exchange.answer(test.store.log().append(List.of(submission)).getFirst(), answer);
  }
}
