package dev.kindred.domain;

/**
 * What comes with an interaction to be measured: how it was rated, how much of it was taken in, how
 * long it took, at which time of the day, and whether an experiment was behind it.
 *
 * <p>Fixed-point numbers, in millionths, so that sums are exact in whatever order they are made.
 *
 * @param ratingMicros 0 to 10 in millionths, or {@link #NOT_SAID}
 * @param completionMicros per cent, 0 to 100, in millionths, or {@link #NOT_SAID}
 * @param durationMicros how long the session was, in microseconds, or {@link #NOT_SAID}
 * @param timeOfDay the code of a {@link TimeOfDay}, or {@link #NOT_SAID}
 * @param ofExperiment whether it was done under an experiment
 * @param ofRecommendation whether it was done with something that was recommended
 */
public record Measures(
    int ratingMicros,
    int completionMicros,
    long durationMicros,
    int timeOfDay,
    boolean ofExperiment,
    boolean ofRecommendation) {

  public static final int NOT_SAID = -1;

  /** Of an interaction that came with nothing to be measured. */
  public static final Measures NONE =
      new Measures(NOT_SAID, NOT_SAID, NOT_SAID, NOT_SAID, false, false);

  private static final Measures RECOMMENDED =
      new Measures(NOT_SAID, NOT_SAID, NOT_SAID, NOT_SAID, false, true);

  public static final double RATING_MAX = 10;
  public static final double COMPLETION_MAX = 100;
  public static final int COMPLETE = 100_000_000;

  /** The longest session: about thirty years. */
  public static final double SECONDS_MAX = 1e9;

  public static final double MICROS = 1e6;

  public Measures {
    require("rating", ratingMicros, (long) (RATING_MAX * MICROS));
    require("completion", completionMicros, COMPLETE);
    require("duration", durationMicros, (long) (SECONDS_MAX * MICROS));
    require("time of day", timeOfDay, TimeOfDay.COUNT - 1L);
  }

  /** Of an interaction of which only that is known. */
  public static Measures recommended(boolean isRecommended) {
    return isRecommended ? RECOMMENDED : NONE;
  }

  /** The shortest decimal that is this float, in millionths: 9.2 stays 9.2. */
  public static long micros(float value) {
    return Math.round(Double.parseDouble(Float.toString(value)) * MICROS);
  }

  private static void require(String what, long value, long most) {
    if (value < NOT_SAID || value > most) {
      throw new IllegalArgumentException(what + " is " + value + ", at most " + most);
    }
  }

  public boolean isNone() {
    return equals(NONE);
  }

  public boolean hasRating() {
    return ratingMicros != NOT_SAID;
  }

  public boolean hasDuration() {
    return durationMicros != NOT_SAID;
  }

  /** Whether it came with its circumstances; then it is kept raw for a limited time only. */
  public boolean isBehaviour() {
    return hasTimeOfDay();
  }

  public boolean hasTimeOfDay() {
    return timeOfDay != NOT_SAID;
  }

  /** Whether all of it was taken in. */
  public boolean isComplete() {
    return completionMicros == COMPLETE;
  }
}
