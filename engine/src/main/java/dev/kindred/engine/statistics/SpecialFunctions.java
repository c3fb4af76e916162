package dev.kindred.engine.statistics;

/**
 * The incomplete gamma and beta functions, from which the distributions are made.
 *
 * <p>Each is a series where that converges quickly and a continued fraction, evaluated by Lentz's
 * method, elsewhere; both to about fourteen digits. See Press and others, Numerical Recipes (2007),
 * chapter 6.
 */
final class SpecialFunctions {
  private static final double EPSILON = 4e-16;
  private static final double TINY = 1e-300;
  private static final int TERMS_MAX = 100_000;

  /** Lanczos' approximation with g = 7. */
  private static final double[] LANCZOS = {
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private SpecialFunctions() {}

  /** The logarithm of the gamma function for positive {@code x}. */
  static double logGamma(double x) {
    if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    double shifted = x - 1;
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (shifted + i);
    double t = shifted + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
  }

  static double logBeta(double a, double b) {
    return logGamma(a) + logGamma(b) - logGamma(a + b);
  }

  /** The regularised lower incomplete gamma function P(a, x). */
  static double gammaBelow(double a, double x) {
    if (x <= 0) return 0;
    return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
  }

  /** Its complement Q(a, x), without loss when it is small. */
  static double gammaAbove(double a, double x) {
    if (x <= 0) return 1;
    return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
  }

  private static double gammaSeries(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < TERMS_MAX && Math.abs(term) > EPSILON * Math.abs(sum); n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
  }

  private static double gammaFraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double product = d;
    for (int n = 1; n < TERMS_MAX; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / away(numerator * d + b);
      c = away(b + numerator / c);
      double factor = d * c;
      product *= factor;
      if (Math.abs(factor - 1) <= EPSILON) break;
    }
    return product * Math.exp(a * Math.log(x) - x - logGamma(a));
  }

  /** The regularised incomplete beta function I(x; a, b). */
  static double beta(double x, double a, double b) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
    return x < (a + 1) / (a + b + 2)
        ? front * betaFraction(x, a, b) / a
        : 1 - front * betaFraction(1 - x, b, a) / b;
  }

  private static double betaFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double product = d;
    for (int m = 1; m < TERMS_MAX; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      product *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double factor = d * c;
      product *= factor;
      if (Math.abs(factor - 1) <= EPSILON) break;
    }
    return product;
  }

  /** Lentz's method must not divide by zero. */
  private static double away(double x) {
    return Math.abs(x) < TINY ? TINY : x;
  }
}
