package dev.kindred.engine.judge;

import dev.kindred.engine.History;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Blend;
import java.util.function.IntFunction;

/**
 * What a choice was judged on: the chosen blend, learned without what was held out, and the users
 * who are asked. So that what is to stand beside the blend can be judged on the same.
 */
public final class Ground {
  private final Blend blend;
  private final Round round;
  private final int k;
  private final Workers workers;

  Ground(Blend blend, Round round, int k, Workers workers) {
    this.blend = blend;
    this.round = round;
    this.k = k;
    this.workers = workers;
  }

  /** Takes histories that are weighed. */
  public Blend blend() {
    return blend;
  }

  /** Makes lists by the blend, for one thread. */
  public Lister lister() {
    return new Lister(blend, Lister.Base.of(blend));
  }

  /** How many users are asked. */
  public int cases() {
    return round.size();
  }

  /** What is known of the {@code n}-th user, weights as they came. */
  public History history(int n) {
    return round.asItCame(n);
  }

  /** What the {@code n}-th user is not to be shown. */
  public int[] unwanted(int n) {
    return round.unwanted(n);
  }

  /** How long the lists are that are judged. */
  public int k() {
    return k;
  }

  /** Judges the lists of the first so many users. */
  public Quality judge(int cases, IntFunction<int[]> lists) {
    double[][] of = new double[cases][];
    int[][] shown = new int[cases][];
    workers.each(
        cases,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            shown[n] = lists.apply(n);
            of[n] = round.measures(n, shown[n]);
          }
        });
    return Quality.of(k, of, shown);
  }
}
