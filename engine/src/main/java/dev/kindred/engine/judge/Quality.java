package dev.kindred.engine.judge;

import java.util.BitSet;

/**
 * How well lists of {@code k} foretold what was held out, averaged over users; the measures are
 * defined in {@link Judge}.
 *
 * @param users who had something held out
 * @param coverage how many different items stood in all lists
 * @param recallError the standard error of the mean; twice it on either side is a 95 % interval
 */
public record Quality(
    int k,
    int users,
    double recall,
    double ndcg,
    double hitRate,
    double reciprocalRank,
    int coverage,
    double recallError,
    double ndcgError) {

  /** Averages what {@link Judge#measures} said of each list. */
  static Quality of(int k, double[][] measures, int[][] lists) {
    double[] mean = new double[4];
    double[] squares = new double[4];
    for (double[] one : measures) {
      for (int m = 0; m < mean.length; m++) {
        mean[m] += one[m];
        squares[m] += one[m] * one[m];
      }
    }
    int n = Math.max(1, measures.length);
    double[] error = new double[4];
    for (int m = 0; m < mean.length; m++) {
      mean[m] /= n;
      error[m] = Math.sqrt(Math.max(0, squares[m] / n - mean[m] * mean[m]) / n);
    }
    var covered = new BitSet();
    for (int[] list : lists) {
      for (int item = 0; item < Math.min(k, list.length); item++) covered.set(list[item]);
    }
    return new Quality(
        k,
        measures.length,
        mean[0],
        mean[1],
        mean[2],
        mean[3],
        covered.cardinality(),
        error[0],
        error[1]);
  }

  /** What the choice goes by: order and reach count alike. */
  double worth() {
    return ndcg + recall;
  }
}
