package dev.kindred.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment is to find out, and how. It stays as it is once users have come.
 *
 * @param targetMetrics what is measured; the first decides who wins
 * @param minimumSampleSize users that each variant must have before one can win
 * @param attributionWindow for how long after a user's first exposure conversions count
 */
public record ExperimentDesign(
    List<Variant> variants,
    List<String> targetMetrics,
    long minimumSampleSize,
    Instant startDate,
    Optional<Instant> endDate,
    Optional<String> description,
    Duration attributionWindow,
    AssignedBy assignedBy) {

  public static final Duration ATTRIBUTION_DEFAULT = Duration.ofDays(30);
  public static final long SAMPLE_DEFAULT = 1_000;

  private static final int VARIANTS_MAX = 20;
  private static final int METRICS_MAX = 20;
  private static final int LONGEST_METRIC = 100;
  private static final int LONGEST_DESCRIPTION = 10_000;
  private static final long SAMPLE_MAX = 1_000_000_000;
  private static final double WEIGHTS_TOLERANCE = 0.01;
  private static final Duration ATTRIBUTION_MAX = Duration.ofDays(365);

  /** Who decides which variant a user gets. */
  public enum AssignedBy {
    /** We do, by {@link Assignment}. */
    KINDRED,
    /** The client does, and tells with each exposure. */
    CLIENT
  }

  public ExperimentDesign {
    variants = List.copyOf(variants);
    targetMetrics = List.copyOf(targetMetrics);
    startDate = startDate.truncatedTo(ChronoUnit.MICROS);
    endDate = endDate.map(end -> end.truncatedTo(ChronoUnit.MICROS));
    requireVariants(variants);
    requireMetrics(targetMetrics);
    if (minimumSampleSize < 1 || minimumSampleSize > SAMPLE_MAX) {
      throw invalid(
          "minimumSampleSize",
          "must be between 1 and " + SAMPLE_MAX + " users, got " + minimumSampleSize);
    }
    if (endDate.isPresent() && !endDate.get().isAfter(startDate)) {
      throw invalid("endDate", "must be after startDate " + startDate + ", got " + endDate.get());
    }
    if (description.isPresent() && description.get().length() > LONGEST_DESCRIPTION) {
      throw invalid(
          "description",
          "must have at most "
              + LONGEST_DESCRIPTION
              + " characters, got "
              + description.get().length());
    }
    if (attributionWindow.compareTo(Duration.ofSeconds(1)) < 0
        || attributionWindow.compareTo(ATTRIBUTION_MAX) > 0) {
      throw invalid(
          "attributionWindowHours",
          "must be between a second and " + ATTRIBUTION_MAX.toDays() + " days");
    }
  }

  private static void requireVariants(List<Variant> variants) {
    if (variants.size() < 2 || variants.size() > VARIANTS_MAX) {
      throw invalid(
          "variants", "must be 2 to " + VARIANTS_MAX + " variants, got " + variants.size());
    }
    var names = new HashSet<String>();
    double sum = 0;
    for (Variant variant : variants) {
      sum += variant.weight();
      if (!names.add(variant.name())) {
        throw invalid("variants", "must have different names, got twice " + variant.name());
      }
    }
    if (Math.abs(sum - 100) > WEIGHTS_TOLERANCE) {
      throw invalid("variants", "must have weights that sum to 100, got " + sum);
    }
    if (variants.stream().allMatch(variant -> variant.holdout().isPresent())) {
      throw invalid("variants", "must not all be holdouts: nothing would be compared with them");
    }
  }

  private static void requireMetrics(List<String> metrics) {
    if (metrics.isEmpty() || metrics.size() > METRICS_MAX) {
      throw invalid(
          "targetMetrics", "must name 1 to " + METRICS_MAX + " metrics, got " + metrics.size());
    }
    for (String metric : metrics) Text.id("a metric's name", metric, LONGEST_METRIC);
    if (new HashSet<>(metrics).size() != metrics.size()) {
      throw invalid("targetMetrics", "must be different from each other, got " + metrics);
    }
  }

  private static InvalidRequest invalid(String field, String message) {
    return InvalidRequest.at("/" + field, field + " " + message);
  }

  /**
   * The variant that the others are compared with: the one called so, else the first that is no
   * holdout.
   */
  public int control() {
    int first = -1;
    for (int v = 0; v < variants.size(); v++) {
      if (variants.get(v).holdout().isPresent()) continue;
      if (variants.get(v).name().equalsIgnoreCase("control")) return v;
      if (first < 0) first = v;
    }
    return first;
  }

  /** Where a variant of that name stands, or -1. */
  public int indexOf(String variant) {
    for (int v = 0; v < variants.size(); v++) {
      if (variants.get(v).name().equals(variant)) return v;
    }
    return -1;
  }

  /** Where the variant of that name stands. */
  public int requireVariant(String variant) {
    int index = indexOf(variant);
    if (index >= 0) return index;
    List<String> names = variants.stream().map(Variant::name).toList();
    throw invalid("variant", "must be one of " + names + ", got " + Text.shown(variant));
  }

  /** Where the metric of that name stands. */
  public int requireMetric(String metric) {
    int index = targetMetrics.indexOf(metric);
    if (index >= 0) return index;
    throw invalid("metricName", "must be one of " + targetMetrics + ", got " + Text.shown(metric));
  }

  /** Whether any variant changes recommendations. */
  public boolean isServed() {
    return variants.stream().anyMatch(Variant::isServed);
  }
}
