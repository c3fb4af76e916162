package dev.kindred.store;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The experiments of a tenant, who is in them, and sums of what became of them. */
public interface Experiments {

  /**
   * What a user did counts as behaviour before an experiment for so many days, up to the midnight
   * (UTC) before they came.
   */
  int DAYS_BEFORE = 28;

  /** Interactions before an experiment are counted up to here. */
  int BEFORE_MAX = 1_000;

  Optional<Experiment> find(String name);

  /** All of them, in the order of their creation. */
  List<Experiment> all();

  /** Every version of one, the newest first, at most {@code limit}. */
  List<Experiment> versions(String name, int limit);

  /** How a user came into an experiment; absent where they are not in it. */
  Optional<Exposure> exposure(String name, UserId user);

  /** The experiments that a user is in, by name. */
  List<Exposure> ofUser(UserId user);

  /** What a user's conversions add up to in the experiments that they are in, by metric. */
  List<Converted> conversions(UserId user);

  /**
   * Sums over the users of an experiment by the day (UTC) on which they came, from {@code from} to
   * {@code to}, both included. Kept while users come and convert, so that reading them takes as
   * long as there are days, however many users there are.
   */
  Sums sums(String name, LocalDate from, LocalDate to);

  /**
   * A user in an experiment.
   *
   * @param variant its place in the design
   * @param before how many interactions there were before, see {@link #DAYS_BEFORE}
   */
  record Exposure(String experiment, int variant, Instant at, long before, long position) {}

  /**
   * A user's conversions by one metric of an experiment.
   *
   * @param metric its place in the design
   * @param times how many there were
   * @param value what they add up to
   */
  record Converted(String experiment, int metric, long times, double value) {}

  /** Both lists in the order of days and variants. */
  record Sums(List<ExposedDay> exposed, List<ConvertedDay> converted) {

    public static final Sums NONE = new Sums(List.of(), List.of());

    public Sums {
      exposed = List.copyOf(exposed);
      converted = List.copyOf(converted);
    }
  }

  /**
   * Users of one variant who came on one day.
   *
   * @param before the sum of their interactions before
   * @param beforeSquares the sum of the squares of these
   */
  record ExposedDay(LocalDate day, int variant, long users, double before, double beforeSquares) {}

  /**
   * What became of them by one metric. A user's value is the sum of all their conversions.
   *
   * @param users how many of them converted
   * @param conversions how often, together
   * @param value the sum of the users' values
   * @param valueSquares the sum of the squares of the users' values
   * @param valueTimesBefore the sum of the products of value and interactions before
   */
  record ConvertedDay(
      LocalDate day,
      int variant,
      int metric,
      long users,
      long conversions,
      double value,
      double valueSquares,
      double valueTimesBefore) {}
}
