package dev.kindred.measure.experiments;

import dev.kindred.domain.ExperimentDesign;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says who has won an experiment, or why nobody has yet. */
final class Judge {

  private Judge() {}

  /**
   * Judges by the rates of the metric that decides.
   *
   * @param risk how small an always-valid p-value must be
   */
  static Verdict verdict(
      MetricResult metric, RatioCheck ratio, ExperimentDesign design, double risk) {
    boolean reached =
        metric.variants().stream()
            .filter(result -> result.variant().holdout().isEmpty())
            .allMatch(result -> result.users() >= design.minimumSampleSize());
    if (ratio.isMismatch()) {
      return new Verdict(
          Optional.empty(),
          reached,
          "users came to the variants in another ratio than their weights say, so some got lost or"
              + " were counted twice on the way; nothing here can be trusted before that is found");
    }
    if (!reached) {
      return new Verdict(
          Optional.empty(),
          false,
          "not every variant has the " + design.minimumSampleSize() + " users it needs yet");
    }
    List<Comparison> sure =
        metric.comparisons().stream()
            .filter(comparison -> comparison.rates().alwaysValidPValue() < risk)
            .toList();
    Optional<Comparison> best =
        sure.stream()
            .filter(comparison -> comparison.rates().difference() > 0)
            .max(Comparator.comparingDouble(comparison -> comparison.rates().difference()));
    if (best.isPresent()) {
      return new Verdict(
          best.get().variants().stream().findFirst(),
          true,
          "its users convert more often than those of '"
              + best.get().against()
              + "', and that holds however often one looks");
    }
    if (!metric.comparisons().isEmpty() && sure.size() == metric.comparisons().size()) {
      return new Verdict(
          Optional.of(metric.comparisons().getFirst().against()),
          true,
          "the users of every other variant convert less often, and that holds however often one"
              + " looks");
    }
    return new Verdict(
        Optional.empty(), true, "no difference is sure enough yet to be looked at any day");
  }
}
