package dev.kindred.domain;

import java.util.Arrays;

/**
 * Where an entity stands in the space of contents.
 *
 * @param values finite numbers; not copied, for reading only
 * @param given whether the client sent it; otherwise it was made from the attributes
 */
public record FeatureVector(float[] values, boolean given) {

  public FeatureVector {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidRequest("feature_vector must hold finite numbers only, got " + value);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that
        && given == that.given
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Boolean.hashCode(given);
  }

  @Override
  public String toString() {
    return (given ? "given" : "made") + Arrays.toString(values);
  }
}
