package dev.kindred.engine.math;

import dev.kindred.engine.Workers;
import java.util.Arrays;

/**
 * One weighted least-squares system after another, of the kind {@code (G + Σ c·y·yᵀ + λI) x = Σ
 * c·y}.
 *
 * <p>Vectors are gathered into a block, so that the sum of outer products is one Gram product in
 * registers instead of many updates through memory. For one thread; made once and begun again for
 * each system.
 */
public final class LeastSquares {
  private static final int BLOCK = 256;

  private final int rank;
  private final float[] system;
  private final float[] right;
  private final float[] block;
  private final float[] scaled;
  private int gathered;
  private boolean isFactored;

  public LeastSquares(int rank) {
    this.rank = rank;
    this.system = new float[rank * rank];
    this.right = new float[rank];
    this.block = new float[BLOCK * rank];
    this.scaled = new float[BLOCK * rank];
  }

  /** {@code weight} times the Gram matrix of all vectors. */
  public static float[] gram(float[] vectors, int rank, float weight, Workers workers) {
    float[] gram = Gemm.gram(vectors.length / rank, rank, vectors, workers);
    for (int n = 0; n < gram.length; n++) gram[n] *= weight;
    return gram;
  }

  public void begin(float[] gram, float lambda) {
    System.arraycopy(gram, 0, system, 0, gram.length);
    for (int k = 0; k < rank; k++) system[k * rank + k] += lambda;
    Arrays.fill(right, 0f);
    gathered = 0;
    isFactored = false;
  }

  /**
   * Adds the {@code index}-th vector with a weight; a negative weight pulls away and adds no
   * certainty.
   */
  public void add(float[] vectors, int index, float weight) {
    Vectors.axpy(weight, vectors, index * rank, right, 0, rank);
    if (weight <= 0) return;
    if (gathered == BLOCK) flush();
    int at = gathered++ * rank;
    System.arraycopy(vectors, index * rank, block, at, rank);
    for (int k = 0; k < rank; k++) scaled[at + k] = weight * block[at + k];
  }

  public float[] solve() {
    float[] solution = right.clone();
    factor();
    Cholesky.solve(system, rank, solution);
    return solution;
  }

  /** Solves the same system for the {@code index}-th vector as its right side. */
  public float[] solve(float[] vectors, int index) {
    float[] solution = Arrays.copyOfRange(vectors, index * rank, (index + 1) * rank);
    factor();
    Cholesky.solve(system, rank, solution);
    return solution;
  }

  private void factor() {
    if (isFactored) return;
    flush();
    Cholesky.factor(system, rank, 0f);
    isFactored = true;
  }

  private void flush() {
    Gemm.addProductLower(gathered, rank, scaled, block, system);
    gathered = 0;
  }
}
