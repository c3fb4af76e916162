package dev.kindred.measure.behaviour;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Measures;

/** What is added to a row; negative where it is taken away. */
record Amounts(int count, int owns, long weight, int rated, long ratings) {

  static Amounts of(Deed deed, int sign) {
    boolean isRated = deed.ratingMicros() != Measures.NOT_SAID;
    return new Amounts(
        sign,
        deed.hasOwnWeight() ? sign : 0,
        sign * deed.weightMicros(),
        isRated ? sign : 0,
        isRated ? (long) sign * deed.ratingMicros() : 0);
  }

  static Amounts of(BehaviourSum sum, int sign) {
    return new Amounts(
        sign * Math.toIntExact(sum.count()),
        sign * Math.toIntExact(sum.owns()),
        sign * sum.weight(),
        sign * Math.toIntExact(sum.rated()),
        sign * sum.ratings());
  }

  static Amounts counting(int count) {
    return new Amounts(count, 0, 0, 0, 0);
  }
}
