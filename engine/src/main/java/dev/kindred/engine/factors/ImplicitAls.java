package dev.kindred.engine.factors;

import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import dev.kindred.engine.math.LeastSquares;
import dev.kindred.engine.math.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Implicit matrix factorisation by alternating least squares: users and items as vectors whose
 * product should be one where there was an interaction and zero, with little weight, everywhere
 * else.
 *
 * <p>A vector solves {@code (w₀·YᵀY + Σ c·y·yᵀ + λ(n + w₀·N)·I) x = Σ c·y} over the n entries of
 * its row, out of N; regularisation that grows with the row's frequency is what makes the method
 * strong. A history that was not there at training gets its vector by the same solve. An iteration
 * costs {@code entries · k² + (users + items) · k³ / 3}. Hu, Koren, Volinsky 2008; Rendle,
 * Krichene, Zhang, Koren 2022: Revisiting the performance of iALS.
 */
public final class ImplicitAls implements Model {
  private final Settings settings;
  private final float[] factors;
  private final float[] gram;
  private final int items;

  /**
   * How large the vectors are, and what holds them back.
   *
   * @param unobserved the weight w₀ of what did not happen
   * @param lambda the regularisation
   */
  public record Settings(int rank, float unobserved, float lambda, int iterations) {}

  private ImplicitAls(Settings settings, float[] factors, int items, Workers workers) {
    this.settings = settings;
    this.factors = factors;
    this.items = items;
    this.gram = LeastSquares.gram(factors, settings.rank(), settings.unobserved(), workers);
  }

  public static ImplicitAls learn(
      Interactions interactions, Settings settings, long seed, Workers workers) {
    float[] ofItems = start(interactions.items(), settings.rank(), seed);
    for (int round = 0; round < settings.iterations(); round++) {
      float[] ofUsers = solve(interactions.byUser(), ofItems, settings, workers);
      ofItems = solve(interactions.byItem(), ofUsers, settings, workers);
    }
    return new ImplicitAls(settings, ofItems, interactions.items(), workers);
  }

  private static float[] solve(
      SparseRows rows, float[] others, Settings settings, Workers workers) {
    int rank = settings.rank();
    float[] gram = LeastSquares.gram(others, rank, settings.unobserved(), workers);
    float[] solved = new float[Math.multiplyExact(rows.rows(), rank)];
    workers.each(
        rows.rows(),
        (from, to) -> {
          var system = new LeastSquares(rank);
          for (int r = from; r < to; r++) {
            if (rows.size(r) == 0) continue;
            system.begin(
                gram, settings.lambda() * (rows.size(r) + settings.unobserved() * rows.columns()));
            for (int n = rows.starts()[r]; n < rows.starts()[r + 1]; n++) {
              system.add(others, rows.indexes()[n], rows.values()[n]);
            }
            System.arraycopy(system.solve(), 0, solved, r * rank, rank);
          }
        });
    return solved;
  }

  private static float[] start(int rows, int rank, long seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[Math.multiplyExact(rows, rank)];
    float scale = 0.1f / (float) Math.sqrt(rank);
    for (int n = 0; n < values.length; n++) values[n] = scale * (float) random.nextGaussian();
    return values;
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    float[] user = fold(history).solve();
    int rank = settings.rank();
    for (int item = 0; item < items; item++) {
      scores[item] += scale * Vectors.dot(user, 0, factors, item * rank, rank);
    }
  }

  /**
   * The vector is a sum over the history of what each entry pulls through the inverse of the
   * system.
   */
  @Override
  public float[] parts(History history, int item) {
    int rank = settings.rank();
    float[] seen = fold(history).solve(factors, item);
    float[] parts = new float[history.size()];
    for (int n = 0; n < parts.length; n++) {
      parts[n] =
          history.weights()[n] * Vectors.dot(seen, 0, factors, history.items()[n] * rank, rank);
    }
    return parts;
  }

  /** The vector of an item. */
  public float[] item(int item) {
    return Arrays.copyOfRange(factors, item * settings.rank(), (item + 1) * settings.rank());
  }

  /** The vector of a history. */
  public float[] vector(History history) {
    return fold(history).solve();
  }

  private LeastSquares fold(History history) {
    var system = new LeastSquares(settings.rank());
    system.begin(gram, settings.lambda() * (history.size() + settings.unobserved() * items));
    for (int n = 0; n < history.size(); n++)
      system.add(factors, history.items()[n], history.weights()[n]);
    return system;
  }
}
