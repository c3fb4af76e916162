package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.store.jdbc.TestDatabase;
import dev.kindred.testing.Patience;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The upkeep of the vectors that the database searches, in the whole program. */
@Tag(TestServices.TAG)
final class VectorIndexJobTest {

  @Test
  void a_job_looks_after_the_index_when_the_database_searches() throws Exception {
    try (var database = TestDatabase.postgresql();
        var kindred =
            TestKindred.start(
                Map.of("DATABASE_URL", database.url(), "VECTOR_SEARCH", "pgvector"))) {
      Patience.until(() -> isDone(kindred), isDone -> isDone);
    }
  }

  private static boolean isDone(TestKindred kindred) throws Exception {
    var jobs = kindred.get("/api/v1/jobs").json().at("/jobs");
    for (var job : jobs) {
      if (!job.at("/kind").asString("").equals("vector_index")) continue;
      assertThat(job.at("/status").asString("")).isNotEqualTo("failed");
      if (job.at("/status").asString("").equals("completed")) return true;
    }
    return false;
  }
}
