package dev.kindred.learn;

import dev.kindred.domain.FeatureVector;

/**
 * By which rules of a tenant its state was made: rules change while it lives, and what was made by
 * older ones is made anew at the next start, so it is not to be kept in a checkpoint. Changed under
 * the tenant's lock.
 */
final class Vintage {
  private int oldestVector = Integer.MAX_VALUE;
  private boolean isMixed;

  /** Whether some interactions were counted by weights that are others now. */
  boolean isMixed() {
    return isMixed;
  }

  /** The version of statistics that the oldest vector was made with. */
  int oldestVector() {
    return oldestVector;
  }

  /** Whether some vectors were made before these statistics were in force. */
  boolean isBehind(int statistics) {
    return oldestVector < statistics;
  }

  /** Other weights are in force from now on. */
  void kinds(Kinds before, Kinds now) {
    isMixed |= !now.words().containsAll(before.words());
  }

  /** A vector came, made with those statistics, or given. */
  void vector(int madeWith) {
    if (madeWith != FeatureVector.GIVEN) oldestVector = Math.min(oldestVector, madeWith);
  }

  /** All vectors were read again, and the oldest was made with those. */
  void allVectors(int oldest) {
    oldestVector = oldest;
  }
}
