package dev.kindred.domain;

/**
 * What a user did with an entity, of one type and in the same circumstances, where it is no longer
 * kept one by one. All sums are in millionths.
 *
 * @param owns how many had weights of their own, which sum up to {@code weight}
 * @param takenIn how often all of it was taken in
 * @param timesOfDay how many fell into each part of the day
 * @param lastMillis when the last was
 */
public record BehaviourSum(
    int tenant,
    int user,
    int entity,
    int type,
    boolean ofExperiment,
    boolean ofRecommendation,
    long count,
    long owns,
    long weight,
    long rated,
    long ratings,
    long takenIn,
    long timed,
    long durations,
    TimesOfDay timesOfDay,
    long lastMillis) {

  /** One behaviour. */
  public static BehaviourSum of(
      int tenant, int user, int entity, int type, Event.Counted counted, long atMicros) {
    Measures measures = counted.measures();
    boolean owns = !Float.isNaN(counted.weight());
    return new BehaviourSum(
        tenant,
        user,
        entity,
        type,
        measures.ofExperiment(),
        measures.ofRecommendation(),
        1,
        owns ? 1 : 0,
        owns ? Measures.micros(counted.weight()) : 0,
        measures.hasRating() ? 1 : 0,
        measures.hasRating() ? measures.ratingMicros() : 0,
        measures.isComplete() ? 1 : 0,
        measures.hasDuration() ? 1 : 0,
        measures.hasDuration() ? measures.durationMicros() : 0,
        TimesOfDay.one(measures.timeOfDay()),
        Math.floorDiv(atMicros, 1_000L));
  }

  /** The same, but for one rating. */
  public BehaviourSum rated(long micros) {
    return new BehaviourSum(
        tenant,
        user,
        entity,
        type,
        ofExperiment,
        ofRecommendation,
        count,
        owns,
        weight,
        1,
        micros,
        takenIn,
        timed,
        durations,
        timesOfDay,
        lastMillis);
  }

  /** The same, done by another user of the tenant. */
  public BehaviourSum by(int other) {
    return new BehaviourSum(
        tenant,
        other,
        entity,
        type,
        ofExperiment,
        ofRecommendation,
        count,
        owns,
        weight,
        rated,
        ratings,
        takenIn,
        timed,
        durations,
        timesOfDay,
        lastMillis);
  }

  /** The sum of two that are of the same kind. */
  public BehaviourSum plus(BehaviourSum other) {
    return new BehaviourSum(
        tenant,
        user,
        entity,
        type,
        ofExperiment,
        ofRecommendation,
        count + other.count,
        owns + other.owns,
        weight + other.weight,
        rated + other.rated,
        ratings + other.ratings,
        takenIn + other.takenIn,
        timed + other.timed,
        durations + other.durations,
        timesOfDay.plus(other.timesOfDay),
        Math.max(lastMillis, other.lastMillis));
  }

  /** What is the same in those that may be summed up. */
  public Kind kind() {
    return new Kind(tenant, user, entity, type, ofExperiment, ofRecommendation);
  }

  /** What tells sums apart. */
  public record Kind(
      int tenant, int user, int entity, int type, boolean ofExperiment, boolean ofRecommendation) {}

  /** How many fell into each part of the day. */
  public record TimesOfDay(long mornings, long afternoons, long evenings, long nights) {

    static TimesOfDay one(int code) {
      return new TimesOfDay(
          code == 0 ? 1 : 0, code == 1 ? 1 : 0, code == 2 ? 1 : 0, code == 3 ? 1 : 0);
    }

    TimesOfDay plus(TimesOfDay other) {
      return new TimesOfDay(
          mornings + other.mornings,
          afternoons + other.afternoons,
          evenings + other.evenings,
          nights + other.nights);
    }
  }
}
