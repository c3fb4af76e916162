package dev.kindred.measure.behaviour;

import dev.kindred.domain.BehaviourSum;

/** What a row of a user's history is about, in one number: title, type and circumstances. */
final class RowKey {

  static final int EXPERIMENT = 1;
  static final int RECOMMENDATION = 2;

  /** It came as a behaviour, which is kept raw for a limited time only. */
  static final int BEHAVIOUR = 4;

  /** How many circumstances there are. */
  static final int CIRCUMSTANCES = 8;

  /** Stands for a type on the row that counts how often all of a title was taken in. */
  static final int TAKEN_IN = 0xffff;

  private RowKey() {}

  /** A row's key; {@code circumstances} are bits such as {@link #EXPERIMENT}. */
  static long of(int title, int type, int circumstances) {
    return ((long) title << 19) | ((long) type << 3) | circumstances;
  }

  static int circumstances(BehaviourSum sum) {
    return (sum.ofExperiment() ? EXPERIMENT : 0)
        | (sum.ofRecommendation() ? RECOMMENDATION : 0)
        | BEHAVIOUR;
  }

  static int title(long key) {
    return (int) (key >> 19);
  }

  static int type(long key) {
    return (int) (key >> 3) & 0xffff;
  }

  static boolean isOfExperiment(long key) {
    return (key & EXPERIMENT) != 0;
  }

  static boolean isOfRecommendation(long key) {
    return (key & RECOMMENDATION) != 0;
  }

  static boolean isBehaviour(long key) {
    return (key & BEHAVIOUR) != 0;
  }

  /** Whether both are of the same title and type. */
  static boolean isSameDeed(long key, long other) {
    return key >> 3 == other >> 3;
  }
}
