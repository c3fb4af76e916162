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
  private static final int NICENESS_FIELD = 16; // counted behind the name, which may hold blanks

  @Test
  void its_threads_are_nicer_and_others_stay_as_they_are() throws Exception {
    int own = niceness();
    var seen = new CompletableFuture<Integer>();
    new GivesWay("test").newThread(() -> seen.complete(niceness())).start();
    assertThat(seen.get()).isEqualTo(GivesWay.NICENESS).isGreaterThan(own);
    assertThat(niceness()).isEqualTo(own);
  }

  private static int niceness() {
    try {
      String line = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Integer.parseInt(fields[NICENESS_FIELD]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
