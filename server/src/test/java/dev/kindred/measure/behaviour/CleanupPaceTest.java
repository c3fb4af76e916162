package dev.kindred.measure.behaviour;

import static dev.kindred.measure.behaviour.CleanupPace.FIRST;
import static dev.kindred.measure.behaviour.CleanupPace.LEAST;
import static dev.kindred.measure.behaviour.CleanupPace.MOST;
import static dev.kindred.measure.behaviour.CleanupPace.NANOS_WANTED;
import static dev.kindred.measure.behaviour.CleanupPace.PAUSE_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CleanupPaceTest {

  private final CleanupPace pace = new CleanupPace();

  @Test
  void a_slow_database_makes_steps_smaller_down_to_the_least() {
    var sizes = new ArrayList<Integer>();
    for (int step = 0; step < 5; step++) {
      sizes.add(pace.atOnce());
      pace.after(pace.atOnce(), NANOS_WANTED + 1);
    }
    assertThat(sizes).containsExactly(FIRST, FIRST / 2, LEAST, LEAST, LEAST);
  }

  @Test
  void a_fast_database_makes_steps_larger_up_to_the_most() {
    var sizes = new ArrayList<Integer>();
    for (int step = 0; step < 5; step++) {
      sizes.add(pace.atOnce());
      pace.after(pace.atOnce(), NANOS_WANTED / 2 - 1);
    }
    assertThat(sizes).containsExactly(FIRST, 2 * FIRST, 4 * FIRST, MOST, MOST);
  }

  @Test
  void steps_that_take_as_long_as_they_should_stay_as_they_are() {
    pace.after(FIRST, NANOS_WANTED / 2);
    pace.after(FIRST, NANOS_WANTED);
    assertThat(pace.atOnce()).isEqualTo(FIRST);
  }

  @Test
  void a_step_that_found_little_says_nothing_of_how_fast_a_full_one_would_be() {
    pace.after(FIRST - 1, 1);
    pace.after(0, 1);
    assertThat(pace.atOnce()).isEqualTo(FIRST);
  }

  @Test
  void others_get_as_much_time_as_a_step_took_unless_it_took_nothing_out() {
    assertThat(pace.after(FIRST, 2_500_000)).isEqualTo(Duration.ofNanos(2_500_000));
    assertThat(pace.after(0, 2_500_000)).isEqualTo(Duration.ZERO);
    assertThat(pace.after(1, Long.MAX_VALUE)).isEqualTo(PAUSE_MOST);
    assertThat(pace.after(1, -5)).isEqualTo(Duration.ZERO);
  }

  @Test
  void whatever_steps_take_they_stay_within_their_bounds() {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    for (int step = 0; step < 10_000; step++) {
      pace.after(random.nextInt(pace.atOnce() + 1), random.nextLong(4 * NANOS_WANTED));
      assertThat(pace.atOnce()).as("seed %d, step %d", seed, step).isBetween(LEAST, MOST);
    }
  }
}
