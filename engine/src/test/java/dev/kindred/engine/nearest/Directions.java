package dev.kindred.engine.nearest;

import java.util.SplittableRandom;

/** Vectors to test with, and the obvious way to compare them. */
final class Directions {
  private Directions() {}

  static float[] gaussian(int dimensions, SplittableRandom random) {
    float[] vector = new float[dimensions];
    for (int d = 0; d < dimensions; d++) vector[d] = (float) random.nextGaussian();
    return vector;
  }

  /** A centre and noise of about the same length. */
  static float[] near(float[] centre, SplittableRandom random) {
    float[] vector = gaussian(centre.length, random);
    for (int d = 0; d < centre.length; d++) vector[d] += centre[d];
    return vector;
  }

  /** A few features of a category, the rest zero, as hashed attributes are. */
  static float[] sparse(int dimensions, SplittableRandom random) {
    float[] vector = new float[dimensions];
    int category = (int) Math.pow(100, random.nextDouble());
    add(vector, category, 1.5f);
    for (int tag = 0; tag < 3; tag++) add(vector, 1000 * category + random.nextInt(30), 0.7f);
    for (int word = 0; word < 5; word++) {
      add(vector, 1_000_000 + (int) Math.pow(5000, random.nextDouble()), 0.5f);
    }
    return vector;
  }

  private static void add(float[] vector, int feature, float weight) {
    long hash = Rotation.mix(feature);
    vector[(int) Long.remainderUnsigned(hash >>> 1, vector.length)] +=
        (hash & 1) == 0 ? weight : -weight;
  }

  static double cosine(float[] a, float[] b) {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (int d = 0; d < a.length; d++) {
      dot += (double) a[d] * b[d];
      squareA += (double) a[d] * a[d];
      squareB += (double) b[d] * b[d];
    }
    return squareA == 0 || squareB == 0 ? 0 : dot / Math.sqrt(squareA * squareB);
  }
}
