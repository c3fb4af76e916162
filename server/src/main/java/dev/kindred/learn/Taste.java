package dev.kindred.learn;

import dev.kindred.engine.History;

/**
 * What a user did, as it speaks for the items of one shelf: each item once, with what all of its
 * interactions count together, in the order of the latest.
 *
 * <p>An interaction counts by its own weight or its type's, halved with every half-life of its age
 * (seen from the user's newest, so that asking later changes nothing). A rating counts one, more or
 * less what it is above or below the user's usual rating. Items that are deleted do not count.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Taste(int[] items, float[] weights, int[] latest) {
  /** Ratings of others that a user's own mean is drawn towards, and what they are. */
  private static final double USUAL_RATINGS = 3;

  private static final double USUAL_RATING = 3.5;

  public static final Taste NONE = new Taste(new int[0], new float[0], new int[0]);

  /** The last so many entries of a history speak; more say nothing new and cost time. */
  private static final int ENTRIES_MAX = 1_000;

  /**
   * Reads a user's deeds.
   *
   * @param upTo the deeds after this position are not looked at
   * @param scratch for one thread; an int for each item of the shelf, all zero, and so again after
   */
  public static Taste of(
      LiveTenant tenant,
      Shelf shelf,
      Deeds deeds,
      long upTo,
      double halfLifeMicros,
      int[] scratch) {
    return of(tenant, shelf, deeds, upTo, -1, halfLifeMicros, scratch);
  }

  /**
   * The same as if one deed had never been.
   *
   * @param without that deed; -1 for none
   */
  public static Taste of(
      LiveTenant tenant,
      Shelf shelf,
      Deeds deeds,
      long upTo,
      int without,
      double halfLifeMicros,
      int[] scratch) {
    int size = deeds.size();
    while (size > 0 && deeds.position(size - 1) > upTo) size--;
    if (size == 0) return NONE;
    double usual = usualRating(tenant.kinds(), deeds, size, without);
    long newest = newest(deeds, size, without);
    int[] items = new int[Math.min(size, ENTRIES_MAX)];
    float[] weights = new float[items.length];
    int[] latest = new int[items.length];
    int count = 0;
    // From the newest on, so that an item stands where it was taken last.
    for (int n = size - 1; n >= 0; n--) {
      if (n == without) continue;
      int item = tenant.item(shelf, deeds.entity(n));
      if (item < 0 || !shelf.isLive(item)) continue;
      float weight = opinion(tenant.kinds(), deeds, n, usual);
      weight *=
          (float) tenant.kinds().left(deeds.type(n), newest - deeds.atMicros(n), halfLifeMicros);
      if (weight == 0) continue;
      if (scratch[item] == 0) {
        if (count == items.length) continue;
        items[count] = item;
        latest[count] = n;
        scratch[item] = ++count;
      }
      weights[scratch[item] - 1] += weight;
    }
    for (int n = 0; n < count; n++) scratch[items[n]] = 0;
    return new Taste(reversed(items, count), reversed(weights, count), reversed(latest, count));
  }

  public History history() {
    return new History(items, weights);
  }

  public int size() {
    return items.length;
  }

  /** How many of the items count for the user, not against. */
  public int liked() {
    int liked = 0;
    for (float weight : weights) if (weight > 0) liked++;
    return liked;
  }

  private static float opinion(Kinds kinds, Deeds deeds, int n, double usual) {
    float weight = kinds.weight(deeds.type(n), deeds.weight(n));
    return kinds.isRating(deeds.type(n)) ? (float) (1 + weight - usual) : weight;
  }

  private static double usualRating(Kinds kinds, Deeds deeds, int size, int without) {
    double sum = USUAL_RATINGS * USUAL_RATING;
    double count = USUAL_RATINGS;
    for (int n = 0; n < size; n++) {
      if (n == without || !kinds.isRating(deeds.type(n))) continue;
      sum += kinds.weight(deeds.type(n), deeds.weight(n));
      count++;
    }
    return sum / count;
  }

  private static long newest(Deeds deeds, int size, int without) {
    long newest = Long.MIN_VALUE;
    for (int n = 0; n < size; n++) {
      if (n != without) newest = Math.max(newest, deeds.atMicros(n));
    }
    return newest;
  }

  private static int[] reversed(int[] values, int count) {
    int[] turned = new int[count];
    for (int n = 0; n < count; n++) turned[n] = values[count - 1 - n];
    return turned;
  }

  private static float[] reversed(float[] values, int count) {
    float[] turned = new float[count];
    for (int n = 0; n < count; n++) turned[n] = values[count - 1 - n];
    return turned;
  }
}
