package dev.kindred.collect.features;

import java.util.Arrays;

/** Features with their weights, before they are put into their places. */
final class FeatureBag {

  private long[] features = new long[64];
  private float[] weights = new float[64];
  private int count;

  int size() {
    return count;
  }

  /**
   * Adds a feature in several places, so that it stands out even where one of the places is also
   * another feature's.
   */
  void add(long feature, float weight, int places) {
    while (count + places > features.length) {
      features = Arrays.copyOf(features, count * 2);
      weights = Arrays.copyOf(weights, count * 2);
    }
    float share = weight / (float) Math.sqrt(places);
    for (int place = 0; place < places; place++) {
      features[count] = Hash.both(feature, place);
      weights[count++] = share;
    }
  }

  /** The length of what was added since, as a vector. */
  float norm(int since) {
    double squares = 0;
    for (int i = since; i < count; i++) squares += (double) weights[i] * weights[i];
    return (float) Math.sqrt(squares);
  }

  /** Gives what was added since that length, unless it has none. */
  void scaleTo(float length, int since) {
    float norm = norm(since);
    if (norm == 0) return;
    float factor = length / norm;
    for (int i = since; i < count; i++) weights[i] *= factor;
  }

  /** Adds every feature with its sign at its place. */
  void addTo(float[] vector) {
    for (int i = 0; i < count; i++) {
      long feature = features[i];
      int place = (int) (((feature >>> 32) * vector.length) >>> 32);
      vector[place] += (feature & 1) == 0 ? weights[i] : -weights[i];
    }
  }
}
