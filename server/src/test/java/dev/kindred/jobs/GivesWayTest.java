package dev.kindred.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class GivesWayTest {
  private static final int POLICY_FIELD = 38; // counted behind the name, which may hold blanks

  @Test
  void its_threads_get_what_is_left_of_the_cores_and_others_stay_as_they_are() throws Exception {
    int own = policy();
    var seen = new CompletableFuture<Integer>();
    new GivesWay("test").newThread(() -> seen.complete(policy())).start();
    assertThat(seen.get()).isEqualTo(GivesWay.SCHED_IDLE).isNotEqualTo(own);
    assertThat(policy()).isEqualTo(own);
  }

  private static int policy() {
    try {
      String line = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Integer.parseInt(fields[POLICY_FIELD]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
