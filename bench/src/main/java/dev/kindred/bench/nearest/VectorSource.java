package dev.kindred.bench.nearest;

import java.util.SplittableRandom;

/** Makes up vectors of length one, as many as asked for. */
interface VectorSource {
  float[] next();

  /** Gaussian clusters: a centre, and noise {@code spread} times as long. */
  static VectorSource clusters(
      int dimensions, int clusters, double spread, SplittableRandom random) {
    float[][] centres = new float[clusters][dimensions];
    for (float[] centre : centres) {
      for (int d = 0; d < dimensions; d++) centre[d] = (float) random.nextGaussian();
    }
    return () -> {
      float[] centre = centres[random.nextInt(clusters)];
      float[] vector = new float[dimensions];
      for (int d = 0; d < dimensions; d++) {
        vector[d] = centre[d] + (float) (spread * random.nextGaussian());
      }
      return normalised(vector);
    };
  }

  /**
   * Products as hashed features: a category and a brand, a few tags of the category, words of a
   * title, each of which adds ±weight at one place. Popular categories, brands and words are much
   * more frequent than rare ones.
   */
  static VectorSource catalogue(int dimensions, SplittableRandom random) {
    return () -> {
      float[] vector = new float[dimensions];
      int category = zipf(300, random);
      add(vector, 1, category, 1.5f);
      add(vector, 2, category * 20 + zipf(20, random), 1f);
      for (int tag = 0; tag < 3; tag++) add(vector, 3, category * 30 + zipf(30, random), 0.7f);
      for (int word = 0; word < 3; word++) add(vector, 4, category * 200 + zipf(200, random), 0.5f);
      for (int word = 0; word < 4; word++) add(vector, 5, zipf(20_000, random), 0.5f);
      vector[0] += (float) random.nextGaussian() * 0.3f;
      return normalised(vector);
    };
  }

  private static void add(float[] vector, int kind, int feature, float weight) {
    long hash = new SplittableRandom((long) kind << 32 | feature).nextLong();
    vector[(int) Long.remainderUnsigned(hash >>> 1, vector.length)] +=
        (hash & 1) == 0 ? weight : -weight;
  }

  private static int zipf(int many, SplittableRandom random) {
    return (int) Math.pow(many, random.nextDouble()) - 1;
  }

  private static float[] normalised(float[] vector) {
    double square = 0;
    for (float x : vector) square += (double) x * x;
    float scale = (float) (1 / Math.sqrt(square));
    for (int d = 0; d < vector.length; d++) vector[d] *= scale;
    return vector;
  }
}
