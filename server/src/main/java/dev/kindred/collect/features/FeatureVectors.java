package dev.kindred.collect.features;

import dev.kindred.domain.JsonObject;
import java.util.Arrays;

/**
 * Makes vectors from attributes, such that what has much in common points the same way.
 *
 * <p><b>Features.</b> Every value of an attribute becomes one or more features, each named by a
 * hash of its path and its value, so that {@code {"color": "red"}} and {@code {"brand": "red"}}
 * have nothing in common, and the order of members does not matter:
 *
 * <ul>
 *   <li>a <b>category</b> (a short text, or an element of a list) is one feature as a whole;
 *   <li>a <b>text</b> is its words and its pairs of neighbouring words, rare ones weighing more;
 *       short texts are both, by how often their path repeats a value: {@code category} does, a
 *       {@code title} does not;
 *   <li>a <b>number</b> (or date) stands between two marks of a scale and is a feature of both, so
 *       that near numbers are alike and far ones are not. The marks are quantiles of what the
 *       tenant has under that path, or powers of two while that is not known;
 *   <li>true, false, null and emptiness are features too.
 * </ul>
 *
 * <p><b>Weights.</b> The features of one attribute together are given one length, so that a long
 * description does not drown the category. What says which sort of thing it is (category, genre,
 * type) weighs most, then names and lists, then texts, then numbers and flags. A value that nearly
 * all entities share says little, and weighs little.
 *
 * <p><b>Places.</b> Each feature is added with a sign to a few of the vector's places, both told by
 * its hash (feature hashing; Weinberger et al. 2009). Few of a vector's places are taken, so it can
 * be stored sparsely. Vectors have length 1.
 *
 * <p>The vector is a pure function of the attributes, the dimension and the {@link
 * FeatureStatistics}: equal attributes have equal vectors on every machine. Cost: some microseconds
 * for a product of 300 bytes.
 *
 * @param dimension of the vectors
 */
public record FeatureVectors(int dimension) {

  public FeatureVectors {
    if (dimension < 1) throw new IllegalArgumentException("dimension must be positive");
  }

  public float[] of(JsonObject attributes, FeatureStatistics statistics) {
    float[] vector = new float[dimension];
    if (attributes.isEmpty()) {
      vector[0] = 1; // nothing is like nothing else
      return vector;
    }
    var features = new AttributeFeatures(statistics);
    AttributeWalk.through(attributes, features);
    features.bag().addTo(vector);
    double norm = norm(vector);
    if (norm < 1e-6) { // features that cancelled each other out
      Arrays.fill(vector, 0);
      var whole = new FeatureBag();
      whole.add(Hash.of(attributes.toString()), 1, 1);
      whole.addTo(vector);
      return vector;
    }
    for (int i = 0; i < dimension; i++) vector[i] = (float) (vector[i] / norm);
    return vector;
  }

  private static double norm(float[] vector) {
    double squares = 0;
    for (float value : vector) squares += (double) value * value;
    return Math.sqrt(squares);
  }
}
