package dev.kindred.transfer;

/** Which texts are numbers as JSON writes them. */
final class Numerals {

  /** A double holds so many digits whatever they are; longer ones are rather somebody's id. */
  private static final int DIGITS_MAX = 15;

  private Numerals() {}

  /**
   * Whether the text is a number: {@code -12.5}, {@code 3e4}; not {@code 007}, {@code +1}, {@code
   * .5}.
   */
  static boolean isNumber(String text) {
    int length = text.length();
    int at = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int first = at;
    at = digits(text, at);
    if (at == first || (at > first + 1 && text.charAt(first) == '0')) return false;
    if (at < length && text.charAt(at) == '.') {
      int fraction = at + 1;
      at = digits(text, fraction);
      if (at == fraction) return false;
    }
    if (at < length && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) at++;
      int exponent = at;
      at = digits(text, exponent);
      if (at == exponent) return false;
    }
    return at == length;
  }

  /** Whether it is a number that loses nothing when it is kept as one. */
  static boolean isPlainNumber(String text) {
    return text.length() <= DIGITS_MAX && isNumber(text);
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
    return at;
  }
}
