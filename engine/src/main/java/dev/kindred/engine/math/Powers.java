package dev.kindred.engine.math;

/** Powers of degrees, by which sparse matrices are normalised. */
public final class Powers {
  private Powers() {}

  /** Each value to the power; what is not above zero stays out, as zero. */
  public static float[] of(float[] values, double exponent) {
    float[] powers = new float[values.length];
    for (int n = 0; n < values.length; n++) {
      if (values[n] > 0) powers[n] = (float) Math.pow(values[n], exponent);
    }
    return powers;
  }
}
