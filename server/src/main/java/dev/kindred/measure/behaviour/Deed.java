package dev.kindred.measure.behaviour;

import dev.kindred.domain.Event;
import dev.kindred.domain.Measures;

/**
 * What one interaction adds to the counts, in whole numbers, so that it can be taken away again
 * without a trace.
 *
 * @param title the index of the title within the tenant
 * @param hasOwnWeight whether it counts {@code weightMicros}; otherwise what its type counts
 * @param ratingMicros the rating, or {@link Measures#NOT_SAID}
 */
record Deed(
    int title,
    int type,
    Role role,
    boolean hasOwnWeight,
    long weightMicros,
    int ratingMicros,
    Measures measures) {

  static Deed of(int title, int type, Role role, Event.Counted counted) {
    boolean own = !Float.isNaN(counted.weight());
    Measures measures = counted.measures();
    int rating = measures.ratingMicros();
    boolean weighsWhatItRates = role == Role.RATE && own && !measures.isBehaviour();
    if (weighsWhatItRates && !measures.hasRating()) rating = rating(counted.weight());
    return new Deed(
        title, type, role, own, own ? Measures.micros(counted.weight()) : 0, rating, measures);
  }

  /** A rating that was sent as the weight, unless it is on another scale. */
  private static int rating(float weight) {
    long micros = Measures.micros(weight);
    boolean fits = micros >= 0 && micros <= (long) (Measures.RATING_MAX * Measures.MICROS);
    return fits ? (int) micros : Measures.NOT_SAID;
  }

  /** The key of the row where it counts. */
  long key() {
    int circumstances =
        (measures.ofExperiment() ? RowKey.EXPERIMENT : 0)
            | (measures.ofRecommendation() ? RowKey.RECOMMENDATION : 0)
            | (measures.isBehaviour() ? RowKey.BEHAVIOUR : 0);
    return RowKey.of(title, type, circumstances);
  }
}
