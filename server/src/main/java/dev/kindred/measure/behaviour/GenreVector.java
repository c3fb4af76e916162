package dev.kindred.measure.behaviour;

import java.util.Arrays;

/**
 * How much somebody likes each genre: what they did with its titles, weighted.
 *
 * <p>Made of whole numbers, and the products are summed in 128 bits: so the same deeds give the
 * same cosine to the last digit, in whatever order genres and users were met.
 *
 * @param meaning for which state of titles and types it was made
 * @param genres their numbers, ascending
 * @param weights in millionths
 * @param square the vector with itself
 */
record GenreVector(long meaning, int[] genres, long[] weights, double square) {

  private static final double WORD = 0x1p64;

  /**
   * Sums up what a user did.
   *
   * @param withExperiments whether what was done under an experiment counts
   */
  static GenreVector of(UserHistory user, TenantBehaviour tenant, boolean withExperiments) {
    long[] sums = new long[tenant.genres.count()];
    for (int row = 0; row < user.rows(); row++) {
      long key = user.keyOf(row);
      int type = RowKey.type(key);
      if (type == RowKey.TAKEN_IN) continue;
      if (!withExperiments && RowKey.isOfExperiment(key)) continue;
      Title title = tenant.titles.at(RowKey.title(key));
      if (title.isDeleted) continue;
      long plain = (long) user.countOf(row) - user.ownsOf(row);
      long weight = plain * tenant.types.weight(type) + user.weightOf(row);
      for (int genre : title.genres) sums[genre] += weight;
    }
    int size = 0;
    for (long sum : sums) if (sum != 0) size++;
    int[] genres = new int[size];
    long[] weights = new long[size];
    int at = 0;
    for (int genre = 0; genre < sums.length; genre++) {
      if (sums[genre] == 0) continue;
      genres[at] = genre;
      weights[at++] = sums[genre];
    }
    return new GenreVector(
        tenant.meaning(), genres, weights, dot(genres, weights, genres, weights));
  }

  /** Between 0 and 1; 0 where somebody likes nothing, or the opposite. */
  static double cosine(GenreVector one, GenreVector other) {
    if (one.square == 0 || other.square == 0) return 0;
    double dot = dot(one.genres, one.weights, other.genres, other.weights);
    // The root of the product would overflow for nobody, but the product of the roots is as good.
    double cosine = dot / (Math.sqrt(one.square) * Math.sqrt(other.square));
    return Math.clamp(cosine, 0, 1);
  }

  /** How much the sets of liked genres overlap. */
  static double jaccard(GenreVector one, GenreVector other) {
    int both = 0;
    for (int i = 0; i < one.genres.length; i++) {
      if (one.weights[i] > 0 && other.weight(one.genres[i]) > 0) both++;
    }
    int either = one.liked() + other.liked() - both;
    return either == 0 ? 0 : (double) both / either;
  }

  long weight(int genre) {
    int at = Arrays.binarySearch(genres, genre);
    return at < 0 ? 0 : weights[at];
  }

  private int liked() {
    int liked = 0;
    for (long weight : weights) if (weight > 0) liked++;
    return liked;
  }

  private static double dot(int[] genres, long[] weights, int[] others, long[] otherWeights) {
    long high = 0;
    long low = 0;
    for (int i = 0, j = 0; i < genres.length && j < others.length; ) {
      if (genres[i] < others[j]) {
        i++;
      } else if (genres[i] > others[j]) {
        j++;
      } else {
        long product = weights[i] * otherWeights[j];
        high += Math.multiplyHigh(weights[i++], otherWeights[j++]);
        low += product;
        if (Long.compareUnsigned(low, product) < 0) high++;
      }
    }
    return high * WORD + unsigned(low);
  }

  private static double unsigned(long low) {
    return low >= 0 ? (double) low : (double) ((low >>> 1) | (low & 1)) * 2;
  }

  // Arrays have no equality of their own, and nobody compares vectors as wholes.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return Arrays.toString(genres) + Arrays.toString(weights);
  }
}
