package dev.kindred.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kindred.domain.InvalidRequest;

/** Numbers: their one way of being written, and their values. */
final class JsonNumber {

  /** Enough for every double in its shortest form, without an exponent. */
  static final int LONGEST = 400;

  private static final int LARGEST_EXPONENT = 1_000;

  private static final double[] POWERS_OF_TEN = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS_OF_TEN.length; i++, power *= 10) POWERS_OF_TEN[i] = power;
  }

  private JsonNumber() {}

  /**
   * Adds a number as PostgreSQL's numeric type writes it: as it was sent, but with its exponent
   * multiplied out, and with no sign on a zero.
   */
  static void writeCanonical(byte[] json, int from, int to, Bytes out) {
    boolean signed = json[from] == '-';
    int exponentAt = exponentAt(json, from, to);
    if (to - from > LONGEST) throw tooLarge(json, from, to);
    int written = out.size();
    if (exponentAt == to) {
      out.add(json, signed && isZero(json, from, to) ? from + 1 : from, to);
    } else {
      writeOut(json, from, exponentAt, to, out);
    }
    // Everything shorter than the largest double is finite.
    if (out.size() - written > 308 && !Double.isFinite(parse(out.array(), written, out.size()))) {
      throw tooLarge(json, from, to);
    }
  }

  private static void writeOut(byte[] json, int from, int exponentAt, int to, Bytes out) {
    boolean signed = json[from] == '-';
    int integer = signed ? from + 1 : from;
    int point = integer;
    while (point < exponentAt && json[point] != '.') point++;
    int fraction = Math.min(point + 1, exponentAt);
    int exponent = exponent(json, exponentAt, to);
    int digits = point - integer + exponentAt - fraction;
    int whole = point - integer + exponent; // how many of the digits stand before the point now
    int scale = Math.max(0, exponentAt - fraction - exponent);
    if (Math.abs(exponent) > LARGEST_EXPONENT || Math.max(whole, 1) + scale > LONGEST) {
      throw tooLarge(json, from, to);
    }
    if (signed && !isZero(json, from, exponentAt)) out.add('-');
    boolean leading = true;
    for (int i = 0; i < whole; i++) {
      int digit = digit(json, integer, point, i, digits);
      leading &= digit == '0';
      if (!leading) out.add(digit);
    }
    if (leading) out.add('0');
    if (scale > 0) out.add('.');
    for (int i = whole; i < whole + scale; i++) out.add(digit(json, integer, point, i, digits));
  }

  /** The digit at a place, the point left out; beyond both ends there are zeros. */
  private static int digit(byte[] json, int integer, int point, int index, int digits) {
    if (index < 0 || index >= digits) return '0';
    int at = integer + index;
    return json[at < point ? at : at + 1];
  }

  private static int exponentAt(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) if ((json[i] | 0x20) == 'e') return i;
    return to;
  }

  /** The exponent, or anything beyond {@link #LARGEST_EXPONENT} where it is larger. */
  private static int exponent(byte[] json, int exponentAt, int to) {
    int at = exponentAt + 1;
    boolean negative = json[at] == '-';
    if (negative || json[at] == '+') at++;
    int value = 0;
    while (at < to && value <= LARGEST_EXPONENT) value = value * 10 + json[at++] - '0';
    return negative ? -value : value;
  }

  private static boolean isZero(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) if (json[i] >= '1' && json[i] <= '9') return false;
    return true;
  }

  private static InvalidRequest tooLarge(byte[] json, int from, int to) {
    return new InvalidRequest(
        "numbers must be finite as 64-bit floating point and have at most "
            + LONGEST
            + " digits, got "
            + shown(json, from, to));
  }

  static String shown(byte[] json, int from, int to) {
    return to - from <= 40
        ? new String(json, from, to - from, ISO_8859_1)
        : new String(json, from, 37, ISO_8859_1) + "...";
  }

  /** The nearest double; infinite where it is too large. */
  static double parse(byte[] json, int from, int to) {
    // A whole number below 2^53 times or over a power of ten up to 10^22 is rounded only once.
    long digits = 0;
    int scale = 0;
    boolean point = false;
    int at = json[from] == '-' ? from + 1 : from;
    if (to - at > 16) return slow(json, from, to);
    for (; at < to; at++) {
      byte b = json[at];
      if (b == '.') {
        point = true;
      } else if (b >= '0' && b <= '9') {
        digits = digits * 10 + b - '0';
        if (point) scale++;
      } else {
        return slow(json, from, to);
      }
    }
    if (digits >= 1L << 53) return slow(json, from, to);
    double value = digits / POWERS_OF_TEN[scale];
    return json[from] == '-' ? -value : value;
  }

  /** The nearest float; infinite where it is too large. */
  static float parseFloat(byte[] json, int from, int to) {
    double value = parse(json, from, to);
    // Halfway between two floats the double may itself have been rounded: decide on the text.
    if ((Double.doubleToRawLongBits(value) & 0x1fff_ffffL) == 0x1000_0000L
        || Math.abs(value) < 0x1p-126) {
      return Float.parseFloat(new String(json, from, to - from, ISO_8859_1));
    }
    return (float) value;
  }

  private static double slow(byte[] json, int from, int to) {
    return Double.parseDouble(new String(json, from, to - from, ISO_8859_1));
  }
}
