package dev.kindred.domain;

/**
 * Which variant a user gets: a pure function of the experiment's name and the user's id, so that it
 * is the same on every replica, after every restart, and in every year.
 *
 * <p>The name is the salt: without it the same users would be together in every experiment, and one
 * experiment's effect would look like another's. Each character is mixed in by a multiplication and
 * a shift, the end by the finalizer of MurmurHash3, which spreads a difference in any bit over all
 * of them. Nothing is allocated.
 */
public final class Assignment {

  private static final long START = 0x9e3779b97f4a7c15L;
  private static final long STEP = 0xbf58476d1ce4e5b9L;
  private static final double UNIT = 0x1p-53;

  private Assignment() {}

  /** A number from 0 to 1, without 1; evenly spread over the users, and salted. */
  public static double place(String salt, String userId) {
    long hash = mixed(START, salt);
    // Keeps "ab" and "c" apart from "a" and "bc": no character has this code.
    hash = step(hash, 0x10000);
    hash = mixed(hash, userId);
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return (hash >>> 11) * UNIT;
  }

  static int variantOf(String experiment, UserId user, ExperimentDesign design) {
    double left = place(experiment, user.value()) * 100;
    int last = design.variants().size() - 1;
    for (int v = 0; v < last; v++) {
      left -= design.variants().get(v).weight();
      if (left < 0) return v;
    }
    return last;
  }

  private static long mixed(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) mixed = step(mixed, text.charAt(i));
    return mixed;
  }

  private static long step(long hash, int character) {
    long next = (hash ^ character) * STEP;
    return next ^ (next >>> 32);
  }
}
