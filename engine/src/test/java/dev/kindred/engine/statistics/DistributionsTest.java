package dev.kindred.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** The values are those of SciPy 1.17, which agree with the printed tables as far as these go. */
class DistributionsTest {
  private static void near(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, withinPercentage(1e-7));
  }

  @Test
  void the_normal_distribution_is_that_of_the_tables() {
    near(Normal.below(-8), 6.22096057427174e-16);
    near(Normal.below(-3), 0.0013498980316300933);
    near(Normal.below(-1.96), 0.024997895148220435);
    near(Normal.below(-0.5), 0.3085375387259869);
    near(Normal.below(0), 0.5);
    near(Normal.below(1), 0.8413447460685429);
    near(Normal.below(2.5), 0.9937903346742238);
    near(Normal.above(10), 7.61985302416047e-24);
    near(Normal.above(37), 5.7255712225239266e-300);
  }

  @Test
  void quantiles_of_the_normal_distribution_are_those_of_the_tables() {
    near(Normal.quantile(1e-300), -37.0470962993612);
    near(Normal.quantile(1e-10), -6.361340902404056);
    near(Normal.quantile(0.001), -3.090232306167813);
    near(Normal.quantile(0.025), -1.9599639845400545);
    near(Normal.quantile(0.3), -0.5244005127080409);
    assertThat(Math.abs(Normal.quantile(0.5))).isLessThan(1e-15);
    near(Normal.quantile(0.9), 1.2815515655446004);
    near(Normal.quantile(0.975), 1.959963984540054);
    assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> Normal.quantile(1.1)).hasMessageContaining("1.1");
  }

  @Test
  void students_distribution_is_that_of_the_tables() {
    near(StudentT.above(2.571, 5), 0.0249873173419257);
    near(StudentT.above(1, 1), 0.25);
    near(StudentT.above(12.706, 1), 0.025000401179066593);
    near(StudentT.above(0.5, 3.7), 0.3226678166599659);
    near(StudentT.above(3, 1e6), 0.0013499312707109);
    near(StudentT.above(40, 30), 6.863022597203209e-28);
    near(StudentT.above(-1, 10), 0.8295534338489701);
    near(StudentT.below(1, 1), 0.75);
  }

  @Test
  void quantiles_of_students_distribution_are_those_of_the_tables() {
    near(StudentT.quantile(0.975, 1), 12.706204736174694);
    near(StudentT.quantile(0.975, 2), 4.302652729749462);
    near(StudentT.quantile(0.975, 5), 2.5705818356363146);
    near(StudentT.quantile(0.975, 30), 2.0422724563012378);
    near(StudentT.quantile(0.995, 10), 3.16927267261695);
    near(StudentT.quantile(0.9, 7.5), 1.4052118464159533);
    near(StudentT.quantile(0.975, 1e6), 1.959966356814107);
    near(StudentT.quantile(0.0005, 3), -12.923978636687481);
    assertThat(StudentT.quantile(0.5, 3)).isZero();
  }

  @Test
  void the_chi_squared_distribution_is_that_of_the_tables() {
    near(ChiSquared.above(3.841, 1), 0.050013683763956804);
    near(ChiSquared.above(5.991, 2), 0.05001161502657909);
    near(ChiSquared.above(18.307, 10), 0.05000058909139812);
    near(ChiSquared.above(100, 10), 5.4497019829205215e-17);
    near(ChiSquared.above(0.1, 4), 0.9987908957257497);
    near(ChiSquared.above(1000, 900), 0.010994608942135844);
    near(ChiSquared.below(3.841458820694124, 1), 0.95);
    near(ChiSquared.below(18.307038053275146, 10), 0.95);
    near(ChiSquared.below(11.344866730144373, 3), 0.99);
  }

  @Test
  void the_incomplete_beta_and_gamma_functions_are_those_of_the_tables() {
    near(SpecialFunctions.beta(0.5, 2, 3), 0.6875);
    near(SpecialFunctions.beta(0.1, 0.5, 0.5), 0.20483276469913345);
    near(SpecialFunctions.beta(0.99, 20, 1.5), 0.9387962852165408);
    near(SpecialFunctions.beta(0.3, 1000, 2000), 4.0738279160507626e-05);
    near(SpecialFunctions.logGamma(0.5), 0.5723649429247);
    near(SpecialFunctions.logGamma(3.7), 1.428072326665388);
    near(SpecialFunctions.logGamma(100), 359.1342053695754);
    near(SpecialFunctions.logGamma(1e6), 12815504.569147611);
    assertThat(Math.abs(SpecialFunctions.logGamma(1))).isLessThan(1e-14);
  }
}
