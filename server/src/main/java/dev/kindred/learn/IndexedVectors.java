package dev.kindred.learn;

import dev.kindred.engine.nearest.VectorView;
import java.util.function.IntPredicate;

/** The vectors in the process. */
record IndexedVectors(VectorView view) implements ItemVectors {

  @Override
  public boolean contains(int item) {
    return view.contains(item);
  }

  @Override
  public float similarity(int item, int other) {
    return view.contains(item) && view.contains(other) ? view.similarity(item, other) : 0f;
  }

  @Override
  public Aim aim(int[] items, float[] weights, float[] common) {
    return new IndexedAim(view, view.aim(items, weights, common));
  }

  private record IndexedAim(VectorView view, VectorView.Aim aim) implements Aim {
    @Override
    public float cosine(int item) {
      return view.contains(item) ? view.cosine(item, aim) : 0f;
    }

    @Override
    public float cosineAtMost(int item) {
      return cosine(item);
    }

    @Override
    public int[] nearest(int k, int comparisons, float cosineMin, IntPredicate eligible) {
      return view.search(aim, k, comparisons, cosineMin, eligible).items();
    }
  }
}
