package dev.kindred.measure.experiments;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.Variant;
import dev.kindred.engine.statistics.AlwaysValid;
import dev.kindred.engine.statistics.Cuped;
import dev.kindred.engine.statistics.Power;
import dev.kindred.engine.statistics.Sample;
import dev.kindred.store.Experiments.Sums;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Makes a {@link Report} from sums: as long as there are days, however many users there are.
 *
 * <p>Where several variants are compared with the control, each comparison has to be surer
 * (Bonferroni), so that all of them together are as sure as one would be.
 */
public final class Reporter {

  private static final double CONFIDENCE = 0.95;
  private static final double POWER = 0.8;
  private static final double MILLIS_A_DAY = Duration.ofDays(1).toMillis();

  private final Experiment experiment;
  private final ExperimentDesign design;
  private final Sums sums;
  private final double days;
  private final int control;
  private final List<Integer> recommended;
  private final AlwaysValid always;

  private Reporter(Experiment experiment, Sums sums, Instant now) {
    this.experiment = experiment;
    this.design = experiment.design();
    this.sums = sums;
    this.days = daysUntil(now);
    this.control = design.control();
    this.recommended =
        IntStream.range(0, design.variants().size())
            .filter(v -> design.variants().get(v).holdout().isEmpty())
            .boxed()
            .toList();
    int comparisons = Math.max(1, recommended.size() - 1);
    this.always =
        new AlwaysValid(1 - (1 - CONFIDENCE) / comparisons, 2 * design.minimumSampleSize());
  }

  /**
   * Makes the report.
   *
   * @param sums of the users who came from {@code from} to {@code to}
   */
  public static Report report(
      Experiment experiment, Sums sums, LocalDate from, LocalDate to, Instant now) {
    return new Reporter(experiment, sums, now).report(from, to);
  }

  private Report report(LocalDate from, LocalDate to) {
    var metrics = new ArrayList<MetricResult>();
    for (int m = 0; m < design.targetMetrics().size(); m++) metrics.add(metric(m));
    long[] users = new long[design.variants().size()];
    for (int v = 0; v < users.length; v++) users[v] = metrics.getFirst().variants().get(v).users();
    double[] weights = design.variants().stream().mapToDouble(Variant::weight).toArray();
    RatioCheck ratio = RatioCheck.of(users, weights);
    return new Report(
        experiment,
        from,
        to,
        IntStream.range(0, users.length).mapToLong(v -> users[v]).sum(),
        CONFIDENCE,
        ratio,
        metrics,
        Judge.verdict(metrics.getFirst(), ratio, design, 1 - always.confidence()));
  }

  private MetricResult metric(int metric) {
    var arms = new ArrayList<Arm>();
    var variants = new ArrayList<VariantResult>();
    for (int v = 0; v < design.variants().size(); v++) {
      Arm arm = Arm.of(sums, v, metric);
      arms.add(arm);
      variants.add(VariantResult.of(design.variants().get(v), v == control, arm, CONFIDENCE));
    }
    List<Sample> adjusted = Cuped.adjusted(arms.stream().map(Arm::paired).toList());
    var comparisons = new ArrayList<Comparison>();
    for (int v : recommended) {
      if (v == control) continue;
      comparisons.add(
          comparison(
              List.of(name(v)),
              name(control),
              new Side(arms.get(v), adjusted.get(v)),
              new Side(arms.get(control), adjusted.get(control))));
    }
    return new MetricResult(
        design.targetMetrics().get(metric), variants, comparisons, incremental(arms));
  }

  private List<Comparison> incremental(List<Arm> arms) {
    Arm together = Arm.NOBODY;
    for (int v : recommended) together = together.plus(arms.get(v));
    List<String> names = recommended.stream().map(this::name).toList();
    var incremental = new ArrayList<Comparison>();
    for (int v = 0; v < arms.size(); v++) {
      if (recommended.contains(v)) continue;
      Arm held = arms.get(v);
      List<Sample> adjusted = Cuped.adjusted(List.of(together.paired(), held.paired()));
      incremental.add(
          comparison(
              names,
              name(v),
              new Side(together, adjusted.getFirst()),
              new Side(held, adjusted.getLast())));
    }
    return incremental;
  }

  /** One side of a comparison: its users, and their values as adjusted. */
  private record Side(Arm arm, Sample adjusted) {

    double variance() {
      return arm.values().variance();
    }
  }

  private Comparison comparison(List<String> variants, String against, Side one, Side other) {
    double variance = one.variance() + other.variance();
    double left = one.adjusted().variance() + other.adjusted().variance();
    OptionalLong needed = usersNeeded(one.arm(), other.arm());
    return new Comparison(
        variants,
        against,
        Difference.of(one.arm().rate(), other.arm().rate(), always),
        Difference.of(one.arm().values(), other.arm().values(), always),
        Difference.of(one.adjusted(), other.adjusted(), always),
        variance == 0 ? 0 : 1 - left / variance,
        needed,
        daysNeeded(needed, Math.min(one.arm().users(), other.arm().users())));
  }

  /** None as long as no difference is to be seen, which no number of users would find. */
  private OptionalLong usersNeeded(Arm one, Arm other) {
    if (one.users() == 0 || other.users() == 0) return OptionalLong.empty();
    long users =
        Power.usersForRates(other.rate().rate(), one.rate().rate(), always.confidence(), POWER);
    return users == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(users);
  }

  private OptionalDouble daysNeeded(OptionalLong needed, long users) {
    if (needed.isEmpty() || users == 0 || days == 0) return OptionalDouble.empty();
    long missing = Math.max(needed.getAsLong(), design.minimumSampleSize()) - users;
    return OptionalDouble.of(missing <= 0 ? 0 : Math.ceil(missing / (users / days)));
  }

  private double daysUntil(Instant now) {
    Instant began =
        experiment
            .startedAt()
            .filter(started -> started.isAfter(design.startDate()))
            .orElse(design.startDate());
    Instant ended = experiment.stoppedAt().orElse(now);
    return Math.max(0, Duration.between(began, ended).toMillis()) / MILLIS_A_DAY;
  }

  private String name(int variant) {
    return design.variants().get(variant).name();
  }
}
