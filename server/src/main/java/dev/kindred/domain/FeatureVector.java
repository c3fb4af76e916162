package dev.kindred.domain;

import java.util.Arrays;

/**
 * Where an entity stands in the space of contents.
 *
 * @param values finite numbers; not copied, for reading only
 * @param madeWith the version of the tenant's feature statistics with which it was made from the
 *     attributes, or {@link #GIVEN} if the client sent it
 */
public record FeatureVector(float[] values, int madeWith) {

  /** Stands in {@code madeWith} for a vector that the client sent; it is kept as it came. */
  public static final int GIVEN = -1;

  public FeatureVector {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidRequest("feature_vector must hold finite numbers only, got " + value);
      }
    }
  }

  public static FeatureVector given(float[] values) {
    return new FeatureVector(values, GIVEN);
  }

  public boolean isGiven() {
    return madeWith == GIVEN;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that
        && madeWith == that.madeWith
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + madeWith;
  }

  @Override
  public String toString() {
    return (isGiven() ? "given" : "made with " + madeWith + " ") + Arrays.toString(values);
  }
}
