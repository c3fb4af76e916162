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
 * more directions may be kept. Trains by one truncated SVD; holds two vectors for each item. Shen,
 * Wu, Zhang et al. 2021: How powerful is graph convolution for recommendation?
 */
public final class LowPass implements Model {
  private final int items;
  private final int rank;
  private final float[] in;
  private final float[] out;

  /**
   * How the matrix is normalised and how the filter falls off.
   *
   * @param user the exponent a of users' degrees
   * @param item the exponent b of items' degrees
   * @param target the exponent of an item's degree in its score
   * @param fade the power p of the singular values
   */
  public record Settings(float user, float item, float target, float fade, int rank) {}

  private LowPass(int items, int rank, float[] in, float[] out) {
    this.items = items;
    this.rank = rank;
    this.in = in;
    this.out = out;
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
    float[] byItem = Powers.of(ofItems, -settings.item());
    float[] byTarget = Powers.of(ofItems, settings.target());
    float[] faded = Powers.of(spectrum.values(), settings.fade());
    int rank = spectrum.rank();
    float[] in = new float[spectrum.right().length];
    float[] out = new float[spectrum.right().length];
    for (int item = 0; item < interactions.items(); item++) {
      for (int k = 0; k < rank; k++) {
        float value = spectrum.right()[item * rank + k];
        in[item * rank + k] = value * byItem[item] * faded[k];
        out[item * rank + k] = value * byTarget[item];
      }
    }
    return new LowPass(interactions.items(), rank, in, out);
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    float[] user = new float[rank];
    for (int n = 0; n < history.size(); n++) {
      Vectors.axpy(scale * history.weights()[n], in, history.items()[n] * rank, user, 0, rank);
    }
    for (int item = 0; item < scores.length; item++) {
      scores[item] += Vectors.dot(user, 0, out, item * rank, rank);
    }
  }

  @Override
  public float[] parts(History history, int item) {
    float[] parts = new float[history.size()];
    for (int n = 0; n < parts.length; n++)
      parts[n] = history.weights()[n] * weight(history.items()[n], item);
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
      return item -> {
        top.clear();
        for (int other : others.row(item).items()) top.offer(other, weight(item, other));
        return top.ranking();
      };
    };
  }

  /** How much having {@code from} speaks for {@code to}. */
  public float weight(int from, int to) {
    return Vectors.dot(in, from * rank, out, to * rank, rank);
  }
}
