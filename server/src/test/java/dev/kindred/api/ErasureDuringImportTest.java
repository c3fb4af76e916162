package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.api.TestKindred.Reply;
import dev.kindred.store.jdbc.TestDatabase;
import dev.kindred.testing.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody is erased while an import that is about them, too, waits or is under way. */
@Tag(TestServices.TAG)
final class ErasureDuringImportTest {

  private static final int ROWS = 24_000;
  private static final int EVERY = 10;

  @TempDir private Path folder;

  @Test
  void an_import_on_sqlite_does_not_bring_the_erased_user_back() throws Exception {
    try (var kindred = TestKindred.onSqlite(folder, Map.of("LOG_LEVEL", "error"))) {
      eraseDuringAnImport(List.of(kindred));
    }
  }

  @Test
  void an_import_on_postgresql_does_not_either_whichever_replica_erases() throws Exception {
    try (TestDatabase.Postgres database = TestDatabase.postgresql()) {
      try (var one = replica(database, "one");
          var two = replica(database, "two")) {
        eraseDuringAnImport(List.of(one, two));
      }
    }
  }

  private TestKindred replica(TestDatabase.Postgres database, String name) {
    return TestKindred.start(
        Map.of(
            "DATABASE_URL", database.url(),
            "KINDRED_DATA", folder.resolve(name).toString(),
            "LOG_LEVEL", "error"));
  }

  private static void eraseDuringAnImport(List<TestKindred> replicas) throws Exception {
    long seed = new SplittableRandom().nextLong();
    var random = new SplittableRandom(seed);
    TestKindred kindred = replicas.getFirst();
    String lines = lines();
    for (int round = 0; round < 4; round++) {
      String user = "/api/v1/users/gone";
      assertThat(kindred.put(user + "?upsert=true", "{\"attributes\":{}}").status())
          .isBetween(200, 201);
      Reply accepted =
          kindred.post(
              "/api/v1/interactions/bulk",
              lines,
              "Prefer",
              "respond-async",
              "Content-Type",
              "application/x-ndjson");
      assertThat(accepted.status()).isEqualTo(202);
      String job = accepted.header("Location");
      int wanted = round == 0 ? 0 : random.nextInt(ROWS);
      String where = "seed %d, round %d, after %d rows".formatted(seed, round, wanted);
      Patience.until(
          () -> kindred.get(job).json(),
          now -> now.at("/processed").asInt() >= wanted || now.has("finished_at"));
      TestKindred erases = replicas.get(round % replicas.size());
      assertThat(erases.delete(user).status()).as(where).isEqualTo(200);

      JsonNode ended = kindred.ended(job);
      assertThat(ended.at("/status").asString()).as(where).contains("completed");
      assertThat(kindred.get(user).status()).as(where + ": who was erased").isEqualTo(404);
      long failed = ended.at("/failed").asLong();
      assertThat(ended.at("/successful").asLong() + failed).as(where).isEqualTo(ROWS);
      if (round == 0) {
        assertThat(failed).isEqualTo(ROWS / EVERY);
        assertThat(ended.at("/errors/0/error").asString())
            .isEqualTo("the user of this row was erased while the job waited");
      }
      Reply comesBack =
          kindred.post(
              "/api/v1/interactions",
              "{\"user_id\":\"gone\",\"entity_id\":\"i1\",\"interaction_type\":\"view\"}");
      assertThat(comesBack.status()).as(where + ": who comes back").isEqualTo(201);
      assertThat(kindred.get(user).at("/interaction_count")).as(where).isEqualTo("1");
    }
  }

  private static String lines() {
    var lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      String user = i % EVERY == 3 ? "gone" : "u" + i % 500;
      lines.append(
          "{\"user_id\":\"%s\",\"entity_id\":\"i%d\",\"interaction_type\":\"view\"}\n"
              .formatted(user, i % 200));
    }
    return lines.toString();
  }
}
