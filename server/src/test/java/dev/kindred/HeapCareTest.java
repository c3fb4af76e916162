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
    assertThat(isTooLarge(450, 250)).isTrue();
    assertThat(isTooLarge(440, 250)).isFalse();
    assertThat(isTooLarge(110, 20)).as("all of it may be new").isFalse();
  }

  @Test
  void a_heap_is_looked_through_as_it_grows_while_models_are_made_and_once_when_they_are() {
    boolean[] isMaking = {false};
    long[] old = {300};
    int[] looks = {0};
    var growth =
        new HeapCare.Growth(
            () -> isMaking[0],
            () -> old[0] * MEGABYTE,
            () -> {
              looks[0]++;
              old[0] = 250;
            });
    growth.look();
    assertThat(looks[0]).as("nothing is made").isZero();
    isMaking[0] = true;
    growth.look();
    assertThat(looks[0]).as("the beginning").isEqualTo(1);
    old[0] = 310;
    growth.look();
    assertThat(looks[0]).as("hardly more").isEqualTo(1);
    old[0] = 320;
    growth.look();
    assertThat(looks[0]).as("more").isEqualTo(2);
    old[0] = 500;
    isMaking[0] = false;
    growth.look();
    assertThat(looks[0]).as("the end").isEqualTo(3);
    old[0] = 500;
    growth.look();
    assertThat(looks[0]).as("nothing is made any more").isEqualTo(3);
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
