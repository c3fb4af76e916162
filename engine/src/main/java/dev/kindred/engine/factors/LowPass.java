package dev.kindred.engine.factors;

import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.SparseRows.RowMaker;
import dev.kindred.engine.TopK;
import dev.kindred.engine.Workers;
import dev.kindred.engine.math.Powers;
import dev.kindred.engine.math.TruncatedSvd;
import dev.kindred.engine.math.Vectors;
import java.util.function.Supplier;

/**
 * A low-pass filter on the graph of users and items: what a history has in common with the slow
 * directions of the normalised matrix {@code N = D_u^-a R D_i^-b} is kept, the rest is noise.
 *
 * <p>With {@code N = U S Vᵀ}, the scores of a history x are {@code x D_i^-b V S^p Vᵀ D_i^target}.
 * The ideal filter of GF-CF is p = 0; a power of one fades out instead of cutting off, so that many
 * more directions may be kept. Trains by one truncated SVD, whose vectors it shares with other
 * filters over it. Shen, Wu, Zhang et al. 2021: How powerful is graph convolution for
 * recommendation?
 */
public final class LowPass implements Model {
  private final TruncatedSvd spectrum;
  private final int rank;
  private final float[] byItem;
  private final float[] byTarget;
  private final float[] faded;

  /**
   * How the matrix is normalised and how the filter falls off.
   *
   * @param user the exponent a of users' degrees
   * @param item the exponent b of items' degrees
   * @param target the exponent of an item's degree in its score
   * @param fade the power p of the singular values
   */
  public record Settings(float user, float item, float target, float fade, int rank) {}

  private LowPass(TruncatedSvd spectrum, float[] byItem, float[] byTarget, float[] faded) {
    this.spectrum = spectrum;
    this.rank = spectrum.rank();
    this.byItem = byItem;
    this.byTarget = byTarget;
    this.faded = faded;
  }

  public static LowPass learn(
      Interactions interactions, Settings settings, long seed, Workers workers) {
    return of(interactions, settings, spectrum(interactions, settings, seed, workers));
  }

  /** The costly part, which does not depend on target and fade. */
  public static TruncatedSvd spectrum(
      Interactions interactions, Settings settings, long seed, Workers workers) {
    SparseRows normal =
        interactions
            .byUser()
            .timesRows(Powers.of(interactions.byUser().sums(), -settings.user()))
            .timesColumns(Powers.of(interactions.byItem().sums(), -settings.item()));
    return TruncatedSvd.of(normal, normal.transposed(), settings.rank(), seed, workers);
  }

  /** The filter over a spectrum of the same interactions and exponents. */
  public static LowPass of(Interactions interactions, Settings settings, TruncatedSvd spectrum) {
    float[] ofItems = interactions.byItem().sums();
    return new LowPass(
        spectrum,
        Powers.of(ofItems, -settings.item()),
        Powers.of(ofItems, settings.target()),
        Powers.of(spectrum.values(), settings.fade()));
  }

  @Override
  public int items() {
    return byItem.length;
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    float[] user = new float[rank];
    for (int n = 0; n < history.size(); n++) {
      int item = history.items()[n];
      float weight = scale * history.weights()[n] * byItem[item];
      Vectors.axpy(weight, spectrum.right(), item * spectrum.stride(), user, 0, rank);
    }
    for (int k = 0; k < rank; k++) user[k] *= faded[k];
    for (int item = 0; item < scores.length; item++) scores[item] += weight(user, item);
  }

  @Override
  public float[] parts(History history, int item) {
    float[] parts = new float[history.size()];
    float[] from = new float[rank];
    for (int n = 0; n < parts.length; n++) {
      through(history.items()[n], from);
      parts[n] = history.weights()[n] * weight(from, item);
    }
    return parts;
  }

  /**
   * The filter as rows of item-item weights: answers cost the rows of the history instead of all
   * items. Only the given pairs are weighed, which should be those with common users; rows keep the
   * strongest {@code neighbours}.
   */
  public Supplier<RowMaker> rows(Supplier<RowMaker> pairs, int neighbours) {
    return () -> {
      RowMaker others = pairs.get();
      var top = new TopK(neighbours);
      float[] from = new float[rank];
      return item -> {
        top.clear();
        through(item, from);
        for (int other : others.row(item).items()) top.offer(other, weight(from, other));
        return top.ranking();
      };
    };
  }

  /** How much having {@code from} speaks for {@code to}. */
  public float weight(int from, int to) {
    float[] through = new float[rank];
    through(from, through);
    return weight(through, to);
  }

  /** What the filter lets through of an item. */
  private void through(int item, float[] target) {
    int at = item * spectrum.stride();
    for (int k = 0; k < rank; k++) {
      target[k] = spectrum.right()[at + k] * byItem[item] * faded[k];
    }
  }

  private float weight(float[] from, int to) {
    return Vectors.dot(from, 0, spectrum.right(), to * spectrum.stride(), rank) * byTarget[to];
  }
}
