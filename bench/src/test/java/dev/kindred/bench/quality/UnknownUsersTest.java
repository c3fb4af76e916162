package dev.kindred.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lists for users of whom only attributes are known, in the populations of the benchmark. */
final class UnknownUsersTest {
  private static final int POPULATIONS = 2;

  private static double gain(long seed, double own) {
    return LongStream.range(seed, seed + POPULATIONS)
        .mapToDouble(each -> UnknownUsers.gain(each, own))
        .average()
        .orElseThrow();
  }

  @Test
  void where_tastes_depend_on_age_and_gender_they_get_a_fifth_more_than_popular() {
    long seed = System.nanoTime();
    assertThat(gain(seed, 0.8)).as("seed %d", seed).isGreaterThanOrEqualTo(1.2);
  }

  @Test
  void where_they_do_not_they_lose_nothing_but_noise() {
    long seed = System.nanoTime();
    assertThat(gain(seed, 0)).as("seed %d", seed).isGreaterThanOrEqualTo(0.985);
  }
}
