package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the heap is looked through to be made smaller. */
class HeapCareTest {
  private static final long MEGABYTE = 1 << 20;

  private static boolean isTooLarge(long heapMegabytes, long oldMegabytes) {
    return HeapCare.isTooLarge(heapMegabytes * MEGABYTE, oldMegabytes * MEGABYTE);
  }

  @Test
  void a_heap_is_too_large_when_less_than_most_of_it_lives_or_is_new() {
    assertThat(isTooLarge(1_400, 480)).isTrue();
    assertThat(isTooLarge(550, 250)).isTrue();
    assertThat(isTooLarge(520, 250)).isFalse();
    assertThat(isTooLarge(150, 20)).as("all of it may be new").isFalse();
  }

  @Test
  void the_options_bound_what_is_new_as_it_is_reckoned_with() throws IOException {
    List<String> options = Files.readAllLines(Path.of("../scripts/java.options"));
    assertThat(options)
        .anyMatch(
            line -> line.startsWith("-XX:MaxNewSize=" + HeapCare.NEW_BYTES_MAX / MEGABYTE + "m "))
        .anyMatch(line -> line.startsWith("-XX:+ExplicitGCInvokesConcurrent "));
  }
}
