package dev.kindred.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Examples from the papers that the methods come from; more digits, and the rest, from SciPy 1.17
 * and statsmodels 0.14.
 */
class ComparisonsTest {
  private static void near(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, withinPercentage(1e-6));
  }

  private static void near(Interval actual, double low, double high) {
    assertThat(actual.low()).isCloseTo(low, offset(1e-9));
    assertThat(actual.high()).isCloseTo(high, offset(1e-9));
  }

  @Test
  void wilsons_interval_is_that_of_newcombes_examples() {
    near(new Proportion(81, 263).interval(0.95), 0.2552885198782742, 0.36620957698280004);
    near(new Proportion(15, 148).interval(0.95), 0.06238639953073628, 0.16048724172330803);
    near(new Proportion(0, 10).interval(0.95), 0, 0.27753279986288926);
    near(new Proportion(10, 10).interval(0.95), 0.7224672001371106, 1);
    near(new Proportion(1, 1_000_000).interval(0.95), 1.7652457674537e-7, 5.664911804311e-6);
    near(new Proportion(0, 0).interval(0.95), 0, 1);
  }

  @Test
  void the_difference_of_rates_is_that_of_newcombes_examples() {
    near(difference(56, 70, 48, 80), 0.05243147240236498, 0.33387265403690614);
    near(difference(9, 10, 3, 10), 0.1705227239345029, 0.809017973535488);
    near(difference(6, 7, 2, 7), 0.05822792748231209, 0.8062496375242278);
    near(difference(10, 10, 0, 20), 0.6790860371419145, 1);
    near(difference(45, 4000, 80, 4100), -0.013753809470630223, -0.002905695521900443);
  }

  private static Interval difference(long x, long n, long y, long m) {
    return Proportions.difference(new Proportion(x, n), new Proportion(y, m), 0.95);
  }

  @Test
  void the_z_test_of_rates_uses_the_pooled_rate() {
    near(Proportions.zTest(new Proportion(120, 1000), new Proportion(100, 1000)), 0.1529177818639);
    near(Proportions.zTest(new Proportion(45, 4000), new Proportion(80, 4100)), 0.0025608521284);
    near(Proportions.zTest(new Proportion(300, 500), new Proportion(280, 500)), 0.2000463324877);
    assertThat(Proportions.zTest(new Proportion(0, 9), new Proportion(0, 9))).isEqualTo(1);
  }

  @Test
  void fishers_test_finds_what_he_found_about_the_tea() {
    near(Proportions.fisher(new Proportion(3, 4), new Proportion(1, 4)), 0.48571428571428565);
    near(Proportions.fisher(new Proportion(1, 10), new Proportion(11, 14)), 0.00275945618522008);
    near(Proportions.fisher(new Proportion(0, 5), new Proportion(4, 5)), 0.04761904761904762);
    near(Proportions.fisher(new Proportion(7, 12), new Proportion(2, 14)), 0.037528604118993135);
    near(Proportions.fisher(new Proportion(2, 1000), new Proportion(12, 1000)), 0.01264103059682);
    near(Proportions.fisher(new Proportion(998, 1000), new Proportion(988, 1000)), 0.0126410305968);
  }

  @Test
  void small_counts_are_tested_exactly_and_large_ones_by_z() {
    var few = new Proportion(3, 4);
    var fewOther = new Proportion(1, 4);
    assertThat(Proportions.pValue(few, fewOther)).isEqualTo(Proportions.fisher(few, fewOther));
    var many = new Proportion(300, 500);
    var manyOther = new Proportion(280, 500);
    assertThat(Proportions.pValue(many, manyOther)).isEqualTo(Proportions.zTest(many, manyOther));
    var rare = new Proportion(3, 1_000_000);
    assertThat(Proportions.pValue(rare, new Proportion(0, 1_000_000)))
        .isCloseTo(0.25, offset(1e-4));
    assertThat(Proportions.pValue(new Proportion(0, 0), many)).isEqualTo(1);
  }

  @Test
  void the_lift_of_rates_is_close_to_the_score_interval() {
    var lift = Proportions.lift(new Proportion(120, 1000), new Proportion(100, 1000), 0.95);
    assertThat(lift.low()).isCloseTo(0.9348 - 1, offset(0.002));
    assertThat(lift.high()).isCloseTo(1.5410 - 1, offset(0.002));
    var drop = Proportions.lift(new Proportion(45, 4000), new Proportion(80, 4100), 0.95);
    assertThat(drop.low()).isCloseTo(0.4019 - 1, offset(0.005));
    assertThat(drop.high()).isCloseTo(0.8268 - 1, offset(0.005));
  }

  @Test
  void the_lift_over_nothing_has_no_upper_end() {
    var lift = Proportions.lift(new Proportion(5, 100), new Proportion(0, 100), 0.95);
    assertThat(lift.low()).isGreaterThan(-1).isFinite();
    assertThat(lift.high()).isEqualTo(Double.POSITIVE_INFINITY);
    var nothing = Proportions.lift(new Proportion(0, 100), new Proportion(7, 100), 0.95);
    assertThat(nothing.low()).isEqualTo(-1);
    assertThat(nothing.high()).isNegative();
    var unknown = Proportions.lift(new Proportion(0, 0), new Proportion(7, 100), 0.95);
    assertThat(unknown.contains(1e9)).isTrue();
  }

  @Test
  void welchs_test_finds_what_is_in_the_books() {
    var one =
        Sample.of(
            27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7,
            21.4);
    var other =
        Sample.of(
            27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5,
            24.4);
    near(Means.degrees(one, other), 24.988529290231416);
    near(Means.pValue(one, other), 0.021378001462866992);
    near(Means.difference(one, other, 0.95), -3.984096267140929, -0.3492370661924069);

    var few = Sample.of(17.2, 20.9, 22.6, 18.1, 21.7, 21.4, 23.5, 24.2, 14.7, 21.8);
    var more =
        Sample.of(
            21.5, 22.8, 21.0, 23.0, 21.6, 23.6, 22.5, 20.7, 23.4, 21.8, 20.7, 21.7, 21.5, 22.5,
            23.6, 21.5, 22.5, 23.5, 21.5, 21.8);
    near(Means.pValue(few, more), 0.14884169660532817);
    near(Means.difference(few, more, 0.95), -3.698421325375163, 0.6484213253751658);
  }

  @Test
  void the_lift_of_means_is_fiellers_interval() {
    var treatment = new Sample(1000, 11, 25);
    var control = new Sample(1000, 10, 25);
    var lift = Means.lift(treatment, control, 0.95);
    // The limits are the ratios that a test of treatment - ratio * control just does not reject.
    double t = StudentT.quantile(0.975, Means.degrees(treatment, control));
    for (double limit : new double[] {lift.low(), lift.high()}) {
      double ratio = 1 + limit;
      double error = Math.sqrt(0.025 + ratio * ratio * 0.025);
      near(Math.abs(11 - ratio * 10) / error, t);
    }
    assertThat(Means.lift(treatment, new Sample(1000, 0.1, 25), 0.95)).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void a_sample_from_sums_is_that_from_its_values() {
    var sample = Sample.of(3, 1, 4, 1, 5);
    var summed = Sample.ofSums(5, 14, 52);
    near(summed.mean(), sample.mean());
    near(summed.variance(), sample.variance());
    assertThat(Sample.ofSums(0, 0, 0).interval(0.95)).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void too_little_says_nothing() {
    var none = Sample.of();
    var one = Sample.of(5);
    assertThat(Means.pValue(none, one)).isEqualTo(1);
    assertThat(Means.difference(none, one, 0.95)).isEqualTo(Interval.UNKNOWN);
    assertThat(Means.pValue(Sample.of(2, 2), Sample.of(2, 2))).isEqualTo(1);
    var always = new AlwaysValid(0.95, 1000);
    assertThat(always.pValue(none, one)).isEqualTo(1);
    assertThat(always.difference(none, one)).isEqualTo(Interval.UNKNOWN);
    assertThat(always.difference(new Proportion(0, 0), new Proportion(0, 5)))
        .isEqualTo(new Interval(-1, 1));
    assertThat(SampleRatio.pValue(new long[] {0, 0}, new double[] {1, 1})).isEqualTo(1);
    assertThat(SampleRatio.pValueAlwaysValid(new long[] {0, 0}, new double[] {1, 1})).isEqualTo(1);
  }

  @Test
  void the_sample_ratio_test_is_pearsons() {
    near(
        SampleRatio.pValue(new long[] {821_588, 815_482}, new double[] {50, 50}),
        1.8217928726191858e-06);
    near(
        SampleRatio.pValue(new long[] {5000, 5200, 4800}, new double[] {30, 35, 35}),
        2.8653762024088808e-21);
    assertThatThrownBy(() -> SampleRatio.pValue(new long[] {1, 2}, new double[] {1, 0}))
        .hasMessageContaining("weights");
  }

  @Test
  void sample_sizes_are_those_of_the_books() {
    assertThat(Power.usersForRates(0.10, 0.12, 0.95, 0.8)).isEqualTo(3841);
    assertThat(Power.usersForRates(0.05, 0.06, 0.95, 0.8)).isEqualTo(8158);
    assertThat(Power.usersForRates(0.65, 0.85, 0.95, 0.8)).isEqualTo(73);
    assertThat(Power.usersForRates(0.65, 0.85, 0.95, 0.9)).isEqualTo(97);
    assertThat(Power.usersForMeans(0.5, 1, 0.95, 0.8)).isEqualTo(63);
    assertThat(Power.usersForMeans(0.2, 1, 0.95, 0.9)).isEqualTo(526);
    assertThat(Power.usersForRates(0.1, 0.1, 0.95, 0.8)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void power_is_what_the_sample_size_was_made_for() {
    near(Power.of(new Sample(64, 0.5, 1), new Sample(64, 0, 1), 0.95), 0.807430419432557);
    assertThat(Power.of(new Proportion(461, 3841), new Proportion(384, 3841), 0.95))
        .isCloseTo(0.8, offset(0.01));
  }

  @Test
  void a_confidence_that_is_none_is_refused() {
    assertThatThrownBy(() -> new Proportion(1, 2).interval(95)).hasMessageContaining("95");
    assertThatThrownBy(() -> new AlwaysValid(1, 100)).hasMessageContaining("confidence");
    assertThatThrownBy(() -> new AlwaysValid(0.95, 0)).hasMessageContaining("planned");
    assertThatThrownBy(() -> new Proportion(3, 2)).hasMessageContaining("3 of 2");
  }

  @Test
  void an_interval_that_always_holds_excludes_zero_just_when_its_p_value_is_small() {
    var always = new AlwaysValid(0.95, 5000);
    for (long successes = 100; successes < 260; successes++) {
      var treatment = new Proportion(successes, 1000);
      var control = new Proportion(150, 1000);
      assertThat(always.difference(treatment, control).contains(0))
          .as("%d of 1000", successes)
          .isEqualTo(always.pValue(treatment, control) >= 0.05);
    }
  }

  @Test
  void taking_out_what_was_foretold_leaves_means_comparable() {
    double[] before = {1, 2, 3, 4, 5};
    double[] during = {2.1, 3.9, 6.2, 7.8, 10};
    double[] otherBefore = {2, 3, 4, 5, 9};
    double[] otherDuring = {5.2, 6.8, 9.1, 11, 19.3};
    var samples =
        Cuped.adjusted(List.of(Paired.of(before, during), Paired.of(otherBefore, otherDuring)));
    // The second variant's users were busier before; of its lead little more than one is left.
    double raw = Sample.of(otherDuring).mean() - Sample.of(during).mean();
    double adjusted = samples.get(1).mean() - samples.get(0).mean();
    assertThat(raw).isCloseTo(4.28, offset(1e-9));
    assertThat(adjusted).isCloseTo(1.0, offset(0.3));
    assertThat(samples.get(0).variance()).isLessThan(Sample.of(during).variance() / 50);
    assertThat(samples.get(1).variance()).isLessThan(Sample.of(otherDuring).variance() / 50);
  }

  @Test
  void behaviour_that_foretells_nothing_changes_nothing() {
    var flat = Paired.of(new double[] {1, 1, 1}, new double[] {3, 1, 2});
    assertThat(Cuped.adjusted(List.of(flat, flat))).containsExactly(flat.sample(), flat.sample());
  }
}
