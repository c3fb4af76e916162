package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.trace.SpanCollector;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of the program from outside: its lines, its exit codes, its signals. */
class ProgramTest {

  private static final String KEY = "correct-horse-battery-staple";
  private static final String ENTITY =
      """
      {"entity_id": "k-1", "entity_type": "product", "attributes": {"name": "kettle"}}
      """;

  @TempDir Path folder;

  @Test
  void it_serves_and_ends_with_0_on_sigterm_and_keeps_what_it_took_in() throws Exception {
    var environment = Map.of("API_KEY", KEY, "SHUTDOWN_DRAIN_SECS", "0");
    try (var program = Program.start(folder, environment, "serve", "--port", "0")) {
      var address = program.awaitReady();
      assertThat(program.ask("GET", address.resolve("/health"), "").statusCode()).isEqualTo(200);
      assertThat(program.ask("GET", address.resolve("/ready"), "").statusCode()).isEqualTo(200);
      var entities = address.resolve("/api/v1/entities");
      assertThat(program.ask("POST", entities, ENTITY).statusCode()).isEqualTo(401);
      assertThat(program.ask("POST", entities, ENTITY, "X-API-Key", KEY).statusCode())
          .isEqualTo(201);
      program.terminate();
      assertThat(program.awaitExit()).isZero();
      assertThat(program.out()).as("lines on standard output").hasSize(1);
      assertThat(program.err()).contains("\"message\":\"stopped\"").doesNotContain(KEY, "\"WARN\"");
    }
    try (var again = Program.start(folder, environment, "serve", "--port", "0")) {
      var entity = again.awaitReady().resolve("/api/v1/entities/k-1");
      assertThat(again.ask("GET", entity, "", "X-API-Key", KEY).body()).contains("kettle");
    }
  }

  @Test
  void programs_read_that_it_is_ready_as_json() throws Exception {
    try (var program =
        Program.start(folder, Map.of("API_KEY", KEY), "serve", "--port", "0", "--json")) {
      assertThat(program.nextLine()).matches("\\{\"ready\":\"http://[^\"]+:\\d+\"}");
    }
  }

  @Test
  void without_a_key_it_listens_on_loopback_only_and_says_so() throws Exception {
    var text = Map.of("LOG_FORMAT", "text");
    try (var program = Program.start(folder, text, "serve", "--port", "0")) {
      assertThat(program.awaitReady().getHost()).isEqualTo("127.0.0.1");
      assertThat(program.err()).contains("no API key is configured: listening on the loopback");
    }
  }

  @Test
  void keys_made_on_the_command_line_open_a_running_server() throws Exception {
    // It asks until the server knows the key, which is too often for the limit on wrong keys.
    var environment = Map.of("API_KEY", KEY, "RATE_LIMIT_ENABLED", "false");
    try (var server = Program.start(folder, environment, "serve", "--port", "0")) {
      var keys = server.awaitReady().resolve("/api/v1/keys");
      String secret;
      try (var create =
          Program.start(folder, environment, "keys", "create", "--kind", "admin", "--name", "x")) {
        assertThat(create.awaitExit()).isZero();
        secret = create.out().getLast();
      }
      int status = 401;
      for (int tries = 0; status == 401 && tries < 2_000; tries++) {
        status = server.ask("GET", keys, "", "Authorization", "Bearer " + secret).statusCode();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void migrations_go_up_and_down() throws Exception {
    assertThat(run("migrate", "validate").exitCode()).isEqualTo(1);
    assertThat(run("migrate", "up").out()).contains("applied; the database is at version ");
    assertThat(run("migrate", "up").out()).startsWith("nothing to do");
    assertThat(run("migrate", "validate").exitCode()).isZero();
    assertThat(run("migrate", "status", "--json").out()).contains("\"state\":\"applied\"");
    assertThat(run("migrate", "down", "--to", "0").out()).contains("the database is at version 0");
    assertThat(run("migrate", "status").out()).contains("pending").doesNotContain("applied ");
  }

  @Test
  void keys_are_created_listed_and_revoked() throws Exception {
    run("migrate", "up");
    var created = run("keys", "create", "--kind", "server", "--tenant", "default", "--json").out();
    String id = created.replaceAll("(?s).*\"key_id\":\"([^\"]+)\".*", "$1");
    assertThat(run("keys", "list").out()).contains(id, "server", "default", "created ");
    assertThat(run("keys", "revoke", id).exitCode()).isZero();
    assertThat(run("keys", "list").out()).contains("revoked ");
    var unknown = run("keys", "revoke", "key_unknown");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err().lines()).hasSize(1);
    var wrong = run("keys", "create", "--kind", "publishable");
    assertThat(wrong.err()).contains("a publishable key belongs to one tenant").hasLineCount(1);
  }

  @Test
  void a_taken_port_is_told_in_one_line() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program =
            Program.start(
                folder,
                Map.of("API_KEY", KEY, "HOST", "127.0.0.1"),
                "serve",
                "--port",
                Integer.toString(taken.getLocalPort()))) {
      assertThat(program.awaitExit()).isEqualTo(1);
      assertThat(program.out()).isEmpty();
      assertThat(program.err()).contains("kindred: cannot listen on 127.0.0.1:");
    }
  }

  @Test
  void a_changed_file_counts_while_it_runs() throws Exception {
    Path file = Files.writeString(folder.resolve("kindred.yaml"), "bulk_import_max_records: 1\n");
    try (var program = Program.start(folder, Map.of("API_KEY", KEY), "serve", "--port", "0")) {
      var address = program.awaitReady();
      Files.writeString(file, "bulk_import_max_records: 2\n");
      var reload = address.resolve("/api/v1/admin/reload");
      assertThat(program.ask("POST", reload, "", "X-API-Key", KEY).body())
          .contains("\"changed\":[\"BULK_IMPORT_MAX_RECORDS\"]");
      Files.writeString(file, "bulk_import_max_record: 3\n");
      var refused = program.ask("POST", reload, "", "X-API-Key", KEY);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body())
          .contains("UNPROCESSABLE", "the nearest known one is BULK_IMPORT_MAX_RECORDS");
      var config = program.ask("GET", address.resolve("/api/config"), "", "X-API-Key", KEY).body();
      assertThat(config).contains("BULK_IMPORT_MAX_RECORDS").doesNotContain(KEY);
    }
  }

  @Test
  void requests_are_traced_where_that_is_switched_on() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    try (var collector = new SpanCollector()) {
      var environment =
          Map.of(
              "API_KEY",
              KEY,
              "SHUTDOWN_DRAIN_SECS",
              "0",
              "TRACING_ENABLED",
              "true",
              "TRACING_ENDPOINT",
              collector.address().toString());
      try (var program = Program.start(folder, environment, "serve", "--port", "0")) {
        var entities = program.awaitReady().resolve("/api/v1/entities");
        var headers =
            new String[] {"X-API-Key", KEY, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"};
        assertThat(program.ask("POST", entities, ENTITY, headers).statusCode()).isEqualTo(201);
        program.terminate();
        assertThat(program.awaitExit()).isZero();
      }
      var request = collector.named("POST /api/v1/entities");
      assertThat(request.traceId()).isEqualTo(trace);
      assertThat(request.parentId()).isEqualTo("00f067aa0ba902b7");
      var commit = collector.named("database commit");
      assertThat(commit.parentId()).isEqualTo(request.spanId());
    }
  }

  @Test
  void the_demo_shows_a_filled_shop_and_every_call_that_it_prints_works() throws Exception {
    try (var program = Program.start(folder, Map.of(), "demo", "--port", "0")) {
      var address = program.awaitReady();
      var entity = program.ask("GET", address.resolve("/api/v1/entities/product-5000"), "");
      assertThat(entity.body()).contains("\"price\":", "\"name\":\"");
      List<String> calls = List.of();
      for (int tries = 0; calls.size() < 5 && tries < 2_000; tries++) {
        calls =
            program
                .err()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
      }
      assertThat(calls).hasSize(5);
      for (String call : calls) {
        var reply = Curl.run(program, call);
        assertThat(reply.statusCode()).as(call).isBetween(200, 201);
        if (call.contains("/recommendations/")) {
          assertThat(reply.body()).as(call).contains("\"entity_id\":\"product-");
        }
      }
      assertThat(Curl.run(program, calls.getFirst()).body())
          .doesNotContain("\"entity_id\":\"product-17\",\"entity_type\"");
      program.terminate();
      int exitCode = program.awaitExit();
      assertThat(exitCode).as("%s", program.err()).isZero();
    }
  }

  /** What a command came to. */
  private record Result(int exitCode, String out, String err) {}

  private Result run(String... arguments) throws Exception {
    Files.deleteIfExists(folder.resolve("err.log"));
    try (var program = Program.start(folder, Map.of("LOG_LEVEL", "warn"), arguments)) {
      int exitCode = program.awaitExit();
      return new Result(exitCode, String.join("\n", program.out()), program.err());
    }
  }
}
