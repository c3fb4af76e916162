package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported from one tenant and imported into another comes to the same, in any format. */
class RoundTripTest {

  private static final int RECORDS = 1_500;
  private static final Pattern STORE_TIMES =
      Pattern.compile(",\"created_at\":\"[^\"]*\",\"updated_at\":\"[^\"]*\"");

  @TempDir private Path folder;

  @Test
  void on_sqlite() throws Exception {
    try (var kindred = TestKindred.onSqlite(folder, Map.of())) {
      goRound(kindred);
    }
  }

  @Tag(TestServices.TAG)
  @Test
  void on_postgresql() throws Exception {
    String server = TestServices.databaseUrl();
    String name = "kindred_round_" + ProcessHandle.current().pid();
    String url = server.substring(0, server.lastIndexOf('/') + 1) + name;
    onServer(server, "create database " + name);
    try (var kindred = TestKindred.start(Map.of("DATABASE_URL", url))) {
      goRound(kindred);
    } finally {
      onServer(server, "drop database if exists " + name + " with (force)");
    }
  }

  private static void onServer(String url, String sql) throws Exception {
    var uri = java.net.URI.create(url);
    String[] user =
        uri.getUserInfo() == null ? new String[] {"", ""} : uri.getUserInfo().split(":", 2);
    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
                user[0],
                user.length > 1 ? user[1] : "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void goRound(TestKindred kindred) throws Exception {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    System.out.println("exports and imports: -Dkindred.seed=" + seed);
    var random = new SplittableRandom(seed);
    for (String kind : List.of("entities", "users", "interactions")) {
      String lines = String.join("\n", records(kind, random));
      var taken =
          kindred.send(
              "POST",
              "/api/v1/import?tenant_id=origin&kind=" + kind,
              lines,
              "Content-Type",
              "application/x-ndjson");
      assertThat(taken.at("/failed"))
          .as("seed %d: %s", seed, taken.response().body())
          .isEqualTo("0");
      String origin = export(kindred, "origin", kind, "ndjson");
      for (String format : List.of("csv", "ndjson")) {
        String tenant = "copy-" + format;
        String type = format.equals("csv") ? "text/csv" : "application/x-ndjson";
        var copied =
            kindred.send(
                "POST",
                "/api/v1/import?tenant_id=" + tenant,
                export(kindred, "origin", kind, format),
                "Content-Type",
                type);
        assertThat(copied.at("/failed"))
            .as("seed %d: %s", seed, copied.response().body())
            .isEqualTo("0");
        assertThat(copied.at("/kind")).isEqualTo(kind);
        assertThat(told(export(kindred, tenant, kind, "ndjson")))
            .as("seed %d, %s of %s", seed, format, kind)
            .isEqualTo(told(origin));
      }
    }
  }

  private static String export(TestKindred kindred, String tenant, String kind, String format)
      throws Exception {
    return kindred
        .get("/api/v1/export/" + kind + "?tenant_id=" + tenant + "&format=" + format)
        .response()
        .body();
  }

  /** Without the times that storing gives. */
  private static String told(String lines) {
    return STORE_TIMES.matcher(lines).replaceAll("");
  }

  private static List<String> records(String kind, SplittableRandom random) {
    var records = new ArrayList<String>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(
          switch (kind) {
            case "entities" ->
                "{\"entity_id\":%s,\"entity_type\":\"%s\",\"attributes\":%s%s}"
                    .formatted(
                        text(random), type(random), attributes(random), availability(random));
            case "users" ->
                "{\"user_id\":%s,\"attributes\":%s}".formatted(text(random), attributes(random));
            default -> interaction(random, i);
          });
    }
    return records;
  }

  private static String interaction(SplittableRandom random, int number) {
    var record = new StringBuilder("{\"user_id\":").append(text(random));
    record.append(",\"entity_id\":").append(text(random));
    record.append(",\"entity_type\":\"").append(type(random));
    record.append("\",\"interaction_type\":\"").append(random.nextBoolean() ? "view" : "nod");
    record.append("\",\"timestamp\":").append(1_700_000_000_000L + random.nextInt(1_000_000_000));
    if (random.nextInt(3) == 0)
      record.append(",\"weight\":").append((random.nextInt(400) - 200) / 7.0);
    if (random.nextInt(4) == 0) record.append(",\"event_id\":\"-e").append(number).append('"');
    if (random.nextInt(4) == 0) record.append(",\"metadata\":").append(attributes(random));
    return record.append('}').toString();
  }

  private static String type(SplittableRandom random) {
    return random.nextBoolean() ? "product" : "film";
  }

  private static String availability(SplittableRandom random) {
    return random.nextInt(4) == 0 ? ",\"available_from\":\"2026-01-02T03:04:05.678901Z\"" : "";
  }

  private static String attributes(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> "{}";
      case 1 -> "{\"name\":" + text(random) + ",\"price\":" + random.nextInt(100) + ".50}";
      case 2 -> "{\"tags\":[" + text(random) + ",null,true],\"more\":{\"x\":-1e3}}";
      default -> "{\"1984\":" + text(random) + "}";
    };
  }

  /** Few of them, so that records meet; all that CSV and spreadsheets make something of. */
  private static String text(SplittableRandom random) {
    List<String> texts =
        List.of(
            "a",
            "007",
            "-5",
            "=1+1",
            "'=x",
            "''-y",
            "@b",
            "+c",
            "a,b",
            "say \\\"hi\\\"",
            "a;b",
            " lead",
            "trail ",
            "é\uD83D\uDE00",
            "true",
            "null",
            "'",
            "-",
            "1e5",
            "{}",
            "#1",
            "a\\\\b");
    return "\"" + texts.get(random.nextInt(texts.size())) + "\"";
  }
}
