package dev.kindred.learn;

import java.util.function.IntPredicate;

/** What the vectors of a shelf's items say. For one thread, within the tenant's reading. */
public interface ItemVectors {

  /** Whether an item has a vector. */
  boolean contains(int item);

  /** The cosine between two items' vectors; 0 where one has none. */
  float similarity(int item, int other);

  /**
   * Towards a weighted sum of items' directions, each less what all items have in common. Items
   * without a vector are passed over.
   *
   * @param common from {@link Learned#common}, or nothing
   */
  Aim aim(int[] items, float[] weights, float[] common);

  /** A direction to look in. */
  interface Aim {

    /** The cosine between an item's vector and this direction; 0 where it has none. */
    float cosine(int item);

    /** As much as that can be, where it is not known. */
    float cosineAtMost(int item);

    /**
     * The eligible items closest to this direction, best first, as many as asked for wherever there
     * are so many.
     *
     * @param comparisons after so many it may be content with what was found
     * @param cosineMin what has less is of no use and may be left out
     */
    int[] nearest(int k, int comparisons, float cosineMin, IntPredicate eligible);
  }
}
