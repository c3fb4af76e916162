package dev.kindred.engine.statistics;

/** The chi-squared distribution. */
public final class ChiSquared {
  private ChiSquared() {}

  /** The probability of a value up to {@code x}. */
  public static double below(double x, double degrees) {
    return SpecialFunctions.gammaBelow(degrees / 2, x / 2);
  }

  /** The probability of a value beyond {@code x}, exact also where it is tiny. */
  public static double above(double x, double degrees) {
    return SpecialFunctions.gammaAbove(degrees / 2, x / 2);
  }
}
