package dev.kindred.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.api.TestKindred.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's files, as the server gives them to a browser. */
class ConsoleTest {

  private static final Path SOURCES = Path.of("../console/src");
  private static final Pattern CALL =
      Pattern.compile("\\b(?:get\\(|call\\('(GET|POST)',\\s*|fetch\\()'(/[^']+)'");

  @TempDir private Path folder;
  private TestKindred kindred;

  @BeforeEach
  void start() {
    kindred = TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"));
  }

  @AfterEach
  void stop() {
    kindred.close();
  }

  @Test
  void every_file_is_served_without_a_key_and_under_a_strict_policy() throws Exception {
    for (String file : files()) {
      Reply reply = open("/console/" + (file.equals("index.html") ? "" : file));
      assertThat(reply.status()).as(file).isEqualTo(200);
      assertThat(reply.response().body()).as(file).isEqualTo(source(file));
      assertThat(reply.header("Content-Type")).as(file).isEqualTo(type(file));
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(reply.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void a_browser_that_has_a_file_already_is_not_sent_it_again() throws Exception {
    for (String path : List.of("/console", "/console/main.js", "/console/views/overview.js")) {
      String tag = open(path).header("ETag");
      assertThat(tag).startsWith("W/\"");
      Reply again = open(path, "If-None-Match", tag);
      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.response().body()).isEmpty();
      assertThat(open(path, "If-None-Match", "W/\"another\"").status()).isEqualTo(200);
    }
  }

  @Test
  void files_are_packed_for_those_who_can_unpack_them() throws Exception {
    assertThat(open("/console/console.css", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEqualTo("gzip");
  }

  @Test
  void the_root_leads_browsers_there_and_tells_programs_that_nothing_is_there() throws Exception {
    Reply page = open("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.response().body()).isEqualTo(source("index.html"));
    Reply nothing = open("/", "Accept", "application/json");
    assertThat(nothing.status()).isEqualTo(404);
    assertThat(nothing.at("/error/message")).contains("/api/docs");
  }

  @Test
  void nothing_else_can_be_read_out_of_the_jar() throws Exception {
    for (String path :
        List.of(
            "/console/nothing.js",
            "/console/..%2fwidget%2fwidget.js",
            "/console/views/..%2fmain.js",
            "/console/%2e%2e/widget/widget.js",
            "/console/index.html",
            "/console/views",
            "/console/MAIN.JS",
            "/console/console.css%00")) {
      assertThat(open(path).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void data_never_becomes_markup_or_code() throws Exception {
    for (String file : files()) {
      assertThat(source(file))
          .as(file)
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
          .doesNotContain("eval(", "new Function", "localStorage", "style=");
    }
  }

  @Test
  void every_call_that_the_console_makes_is_described() throws Exception {
    var described = new TreeSet<String>();
    new ApiDocument(kindred.get("/api/docs").json())
        .operations()
        .forEach(one -> described.add(one.method() + " " + one.path()));
    var called = new TreeSet<String>();
    for (String file : files()) {
      Matcher call = CALL.matcher(source(file));
      while (call.find()) {
        called.add((call.group(1) == null ? "GET" : call.group(1)) + " " + call.group(2));
      }
    }
    assertThat(called).contains("POST /api/v1/recommendations", "GET /health");
    assertThat(described).containsAll(called);
  }

  private Reply open(String path, String... headers) throws IOException, InterruptedException {
    String[] all =
        Stream.concat(Stream.of("X-API-Key", ""), Stream.of(headers)).toArray(String[]::new);
    return kindred.get(path, all);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      List<String> files =
          all.filter(Files::isRegularFile)
              .map(file -> SOURCES.relativize(file).toString())
              .sorted()
              .toList();
      assertThat(files).contains("index.html", "console.css", "views/overview.js");
      return files;
    }
  }

  private static String source(String file) throws IOException {
    return Files.readString(SOURCES.resolve(file), UTF_8);
  }

  private static String type(String file) {
    if (file.endsWith(".html")) return "text/html; charset=utf-8";
    return file.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
  }
}
