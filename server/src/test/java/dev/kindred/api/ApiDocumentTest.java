package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.api.ApiDocument.Operation;
import dev.kindred.api.RequestMaker.Request;
import dev.kindred.api.TestKindred.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API's description and the running server agree, whatever is asked. */
class ApiDocumentTest {

  private static final int REQUESTS = 20_000;
  private static final int CALLERS = 8;
  private static final int PROBLEMS_SHOWN = 20;

  @TempDir private Path folder;
  private TestKindred kindred;
  private ApiDocument document;

  @BeforeEach
  void start() throws Exception {
    kindred = TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"));
    document = new ApiDocument(kindred.get("/api/docs").json());
  }

  @AfterEach
  void stop() {
    kindred.close();
  }

  @Test
  void every_operation_of_the_description_is_served_and_no_other_method() throws Exception {
    for (Operation operation : document.operations()) {
      String target = operation.path().replaceAll("\\{[^}]+}", "some");
      Reply options = kindred.send("OPTIONS", target, "");
      assertThat(options.header("Allow")).as(operation.toString()).contains(operation.method());
    }
  }

  @Test
  void no_request_makes_the_server_fail_or_contradict_its_description() throws Exception {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    System.out.println("requests from the API's description: -Dkindred.seed=" + seed);
    List<Operation> operations = document.operations();
    Queue<String> problems = new ConcurrentLinkedQueue<>();
    var statuses = new TreeMap<Integer, AtomicLong>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int caller = 0; caller < CALLERS; caller++) {
        var maker = new RequestMaker(document, seed + caller);
        running.add(
            callers.submit(() -> {
              for (int i = 0; i < REQUESTS / CALLERS && problems.size() < PROBLEMS_SHOWN; i++) {
                Operation operation = operations.get(i % operations.size());
                Request request = maker.make(operation);
                Reply reply = send(request);
                synchronized (statuses) {
                  statuses.computeIfAbsent(reply.status(), _ -> new AtomicLong()).incrementAndGet();
                }
                problem(operation, reply)
                    .ifPresent(
                        problem -> problems.add(request + " -> " + reply.status() + " " + problem));
              }
              return null;
            }));
      }
      for (Future<?> one : running) one.get();
    }
    System.out.println("answers by status: " + statuses);
    assertThat(problems).as("seed %d", seed).isEmpty();
    assertThat(statuses.keySet()).as("good and bad requests").contains(200, 201, 400, 404);
  }

  private Reply send(Request request) throws Exception {
    String[] headers = request.headers().toArray(String[]::new);
    return kindred.send(request.method(), request.target(), request.body(), headers);
  }

  private Optional<String> problem(Operation operation, Reply reply) {
    int status = reply.status();
    boolean mayBeUnavailable = status == 503 && reply.at("/error/code").equals("NOT_YET_VISIBLE");
    if (status >= 500 && !mayBeUnavailable) return Optional.of(reply.response().body());
    if (status < 400 && !document.names(operation, status)) {
      return Optional.of("this status is not described");
    }
    Map<String, JsonNode> answers = document.answers(operation, status);
    String type = reply.header("Content-Type").replaceAll(";.*", "");
    if (reply.response().body().isEmpty()) {
      return answers.isEmpty() || status == 204
          ? Optional.empty()
          : Optional.of("the body is missing");
    }
    JsonNode schema = answers.get(type);
    if (schema == null) return Optional.of("the media type " + type + " is not described");
    if (!type.endsWith("json")) return Optional.empty();
    return new SchemaCheck(document).problem(schema, reply.json());
  }
}
