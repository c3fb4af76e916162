package dev.kindred.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the methods promise, held against thousands of made-up experiments whose truth is known. */
class SimulationTest {
  private static final int EXPERIMENTS = 2000;
  private static final int LOOKS = 40;
  private static final int USERS_BETWEEN_LOOKS = 100;

  @Test
  void intervals_at_the_end_cover_the_true_difference_of_rates_as_often_as_they_say() {
    for (double rate : new double[] {0.03, 0.1, 0.5}) {
      long seed = 17;
      var random = new SplittableRandom(seed);
      double treated = rate * 1.1;
      var controlled = new Trials(800, rate);
      var treating = new Trials(800, treated);
      int differences = 0;
      int lifts = 0;
      int rates = 0;
      for (int e = 0; e < EXPERIMENTS; e++) {
        var control = controlled.next(random);
        var treatment = treating.next(random);
        if (covers(Proportions.difference(treatment, control, 0.95), treated - rate)) differences++;
        if (covers(Proportions.lift(treatment, control, 0.95), 0.1)) lifts++;
        if (covers(control.interval(0.95), rate)) rates++;
      }
      var what = "rate " + rate + ", seed " + seed;
      assertThat(share(differences)).as(what).isBetween(0.93, 0.97);
      assertThat(share(lifts)).as(what).isBetween(0.93, 0.97);
      assertThat(share(rates)).as(what).isBetween(0.93, 0.97);
    }
  }

  @Test
  void intervals_at_the_end_cover_the_true_difference_of_means_as_often_as_they_say() {
    long seed = 18;
    var random = new SplittableRandom(seed);
    int differences = 0;
    int lifts = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      var control = Sample.of(exponentials(300, 2, random));
      var treatment = Sample.of(exponentials(500, 2.2, random));
      if (covers(Means.difference(treatment, control, 0.95), 0.2)) differences++;
      if (covers(Means.lift(treatment, control, 0.95), 0.1)) lifts++;
    }
    assertThat(share(differences)).as("seed %d", seed).isBetween(0.93, 0.97);
    assertThat(share(lifts)).as("seed %d", seed).isBetween(0.93, 0.97);
  }

  @Test
  void looking_every_hundred_users_keeps_the_promises_for_rates() {
    for (double rate : new double[] {0.005, 0.02, 0.2}) {
      for (long planned : new long[] {400, 4000}) {
        long seed = 19;
        var random = new SplittableRandom(seed);
        var always = new AlwaysValid(0.95, planned);
        double better = rate * 1.5;
        var arriving = new Trials(USERS_BETWEEN_LOOKS / 2, rate);
        var arrivingBetter = new Trials(USERS_BETWEEN_LOOKS / 2, better);
        int differences = 0;
        int falseAlarms = 0;
        for (int e = 0; e < EXPERIMENTS; e++) {
          var control = new Proportion(0, 0);
          var same = new Proportion(0, 0);
          var lifted = new Proportion(0, 0);
          boolean coversDifference = true;
          boolean alarm = false;
          for (int look = 0; look < LOOKS; look++) {
            control = plus(control, arriving.next(random));
            same = plus(same, arriving.next(random));
            lifted = plus(lifted, arrivingBetter.next(random));
            coversDifference &= covers(always.difference(lifted, control), better - rate);
            alarm |= always.pValue(same, control) < 0.05;
          }
          if (coversDifference) differences++;
          if (alarm) falseAlarms++;
        }
        var what = "rate " + rate + ", planned " + planned + ", seed " + seed;
        assertThat(share(differences)).as(what).isGreaterThanOrEqualTo(0.95);
        assertThat(share(falseAlarms)).as(what).isLessThanOrEqualTo(0.05);
      }
    }
  }

  @Test
  void looking_every_hundred_users_keeps_the_promise_for_one_rate() {
    long seed = 25;
    var random = new SplittableRandom(seed);
    var always = new AlwaysValid(0.95, 4000);
    for (double rate : new double[] {0.002, 0.05, 0.5}) {
      var arriving = new Trials(USERS_BETWEEN_LOOKS, rate);
      int covered = 0;
      for (int e = 0; e < EXPERIMENTS; e++) {
        var users = new Proportion(0, 0);
        boolean covers = true;
        for (int look = 0; look < LOOKS; look++) {
          users = plus(users, arriving.next(random));
          covers &= covers(always.interval(users), rate);
        }
        if (covers) covered++;
      }
      var what = "rate " + rate + ", seed " + seed;
      assertThat(share(covered)).as(what).isGreaterThanOrEqualTo(0.95);
    }
  }

  @Test
  void looking_every_hundred_users_keeps_the_promises_for_means() {
    for (long planned : new long[] {400, 4000}) {
      long seed = 20;
      var random = new SplittableRandom(seed);
      var always = new AlwaysValid(0.95, planned);
      int covered = 0;
      int falseAlarms = 0;
      for (int e = 0; e < EXPERIMENTS; e++) {
        double[] sums = new double[6];
        boolean covers = true;
        boolean alarm = false;
        for (int look = 1; look <= LOOKS; look++) {
          for (int user = 0; user < USERS_BETWEEN_LOOKS / 2; user++) {
            for (int variant = 0; variant < 3; variant++) {
              // The third variant's users spend 0.3 more.
              double value = -Math.log(1 - random.nextDouble()) + (variant == 2 ? 0.3 : 0);
              sums[2 * variant] += value;
              sums[2 * variant + 1] += value * value;
            }
          }
          long users = (long) look * USERS_BETWEEN_LOOKS / 2;
          var control = Sample.ofSums(users, sums[0], sums[1]);
          var same = Sample.ofSums(users, sums[2], sums[3]);
          var better = Sample.ofSums(users, sums[4], sums[5]);
          covers &= covers(always.difference(better, control), 0.3);
          alarm |= always.pValue(same, control) < 0.05;
        }
        if (covers) covered++;
        if (alarm) falseAlarms++;
      }
      var what = "planned " + planned + ", seed " + seed;
      assertThat(share(covered)).as(what).isGreaterThanOrEqualTo(0.95);
      assertThat(share(falseAlarms)).as(what).isLessThanOrEqualTo(0.05);
    }
  }

  @Test
  void a_real_difference_is_found_on_the_way() {
    long seed = 21;
    var random = new SplittableRandom(seed);
    var always = new AlwaysValid(0.95, 4000);
    var controlled = new Trials(2000, 0.10);
    var treating = new Trials(2000, 0.15);
    int found = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      var control = controlled.next(random);
      var treatment = treating.next(random);
      if (always.pValue(treatment, control) < 0.05) found++;
    }
    assertThat(share(found)).as("seed %d", seed).isGreaterThan(0.9);
  }

  @Test
  void losing_one_in_a_hundred_users_of_a_variant_is_noticed_and_losing_none_is_not() {
    long seed = 22;
    var random = new SplittableRandom(seed);
    double[] weights = {50, 50};
    int noticed = 0;
    int noticedAlways = 0;
    int falseAlarms = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      long[] whole = {0, 0};
      double everLeast = 1;
      for (int day = 0; day < 20; day++) {
        long first = halfOf(100_000, random);
        whole[0] += first;
        whole[1] += 100_000 - first;
        everLeast = Math.min(everLeast, SampleRatio.pValueAlwaysValid(whole, weights));
      }
      long[] lossy = {whole[0], Math.round(whole[1] * 0.99)};
      if (SampleRatio.pValue(lossy, weights) < 0.001) noticed++;
      if (SampleRatio.pValueAlwaysValid(lossy, weights) < 0.01) noticedAlways++;
      if (everLeast < 0.05) falseAlarms++;
    }
    assertThat(share(noticed)).as("seed %d", seed).isGreaterThan(0.99);
    assertThat(share(noticedAlways)).as("seed %d", seed).isGreaterThan(0.99);
    assertThat(share(falseAlarms)).as("seed %d", seed).isLessThanOrEqualTo(0.05);
  }

  @Test
  void small_samples_of_users_raise_no_more_alarms_about_their_ratio_than_allowed() {
    long seed = 23;
    var random = new SplittableRandom(seed);
    double[] weights = {20, 30, 50};
    int falseAlarms = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      long[] users = new long[3];
      boolean alarm = false;
      for (int look = 0; look < LOOKS; look++) {
        for (int user = 0; user < 25; user++) {
          double draw = random.nextDouble();
          users[draw < 0.2 ? 0 : draw < 0.5 ? 1 : 2]++;
        }
        alarm |= SampleRatio.pValueAlwaysValid(users, weights) < 0.05;
      }
      if (alarm) falseAlarms++;
    }
    assertThat(share(falseAlarms)).as("seed %d", seed).isLessThanOrEqualTo(0.05);
  }

  @Test
  void behaviour_before_makes_intervals_shorter_and_they_still_hold() {
    long seed = 24;
    var random = new SplittableRandom(seed);
    int covered = 0;
    double shorter = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      var treatment = paired(200, 0.5, random);
      var control = paired(200, 0, random);
      var adjusted = Cuped.adjusted(List.of(treatment, control));
      var interval = Means.difference(adjusted.get(0), adjusted.get(1), 0.95);
      var raw = Means.difference(treatment.sample(), control.sample(), 0.95);
      if (covers(interval, 0.5)) covered++;
      shorter += (interval.high() - interval.low()) / (raw.high() - raw.low()) / EXPERIMENTS;
    }
    assertThat(share(covered)).as("seed %d", seed).isBetween(0.93, 0.97);
    // Three quarters of the variance were there before.
    assertThat(shorter).as("seed %d", seed).isBetween(0.47, 0.53);
  }

  private static Paired paired(int users, double effect, SplittableRandom random) {
    double[] before = new double[users];
    double[] during = new double[users];
    for (int user = 0; user < users; user++) {
      before[user] = Math.sqrt(3) * random.nextGaussian();
      during[user] = before[user] + random.nextGaussian() + effect;
    }
    return Paired.of(before, during);
  }

  /** Draws how many of so many trials succeed, by the binomial distribution's running sums. */
  private static final class Trials {
    private final double[] upTo;

    Trials(int trials, double rate) {
      upTo = new double[trials];
      double sum = 0;
      double probability = Math.pow(1 - rate, trials);
      for (int successes = 0; successes < trials; successes++) {
        sum += probability;
        upTo[successes] = sum;
        probability *= (double) (trials - successes) / (successes + 1) * rate / (1 - rate);
      }
    }

    Proportion next(SplittableRandom random) {
      int at = Arrays.binarySearch(upTo, random.nextDouble());
      return new Proportion(at < 0 ? -at - 1 : at, upTo.length);
    }
  }

  private static Proportion plus(Proportion a, Proportion b) {
    return new Proportion(a.successes() + b.successes(), a.trials() + b.trials());
  }

  /** Heads among fair coins, a multiple of 64 or nearly so, 64 at a time. */
  private static long halfOf(int coins, SplittableRandom random) {
    long heads = 0;
    int left = coins;
    for (; left >= Long.SIZE; left -= Long.SIZE) heads += Long.bitCount(random.nextLong());
    return heads + Long.bitCount(random.nextLong() >>> (Long.SIZE - left));
  }

  private static double[] exponentials(int many, double mean, SplittableRandom random) {
    double[] values = new double[many];
    for (int n = 0; n < many; n++) values[n] = -mean * Math.log(1 - random.nextDouble());
    return values;
  }

  private static boolean covers(Interval interval, double truth) {
    return interval.contains(truth);
  }

  private static double share(int experiments) {
    return (double) experiments / EXPERIMENTS;
  }
}
