package dev.kindred.domain;

/** What is asked of every text that names something. */
final class Text {

  private Text() {}

  /**
   * Returns the text if it has between one and {@code longest} characters, none of them a control
   * or half a pair.
   */
  static String id(String what, String value, int longest) {
    if (value.isEmpty()) throw new InvalidRequest(what + " must not be empty");
    if (value.codePointCount(0, value.length()) > longest) {
      throw new InvalidRequest(
          what
              + " must have at most "
              + longest
              + " characters, got "
              + value.codePointCount(0, value.length()));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
        throw new InvalidRequest(
            what + " must not hold control characters, got U+%04X at %d".formatted((int) c, i));
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair)
          throw new InvalidRequest(what + " is not valid text: half a surrogate pair at " + i);
        i++;
      }
    }
    return value;
  }

  /**
   * Returns the text if it has between one and {@code longest} letters, digits or characters of
   * {@code extra}.
   */
  static String name(String what, String value, int longest, String extra) {
    boolean valid = !value.isEmpty() && value.length() <= longest;
    for (int i = 0; valid && i < value.length(); i++) {
      char c = value.charAt(i);
      valid =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || extra.indexOf(c) >= 0;
    }
    if (valid) return value;
    throw new InvalidRequest(
        what + " must be 1 to " + longest + " of [A-Za-z0-9" + extra + "], got " + shown(value));
  }

  /** The value as it may stand in a message: quoted, and cut where it is long. */
  static String shown(String value) {
    String cut = value.length() <= 80 ? value : value.substring(0, 77) + "...";
    var shown = new StringBuilder("'");
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      shown.append(c < 0x20 || Character.isSurrogate(c) ? '\ufffd' : c);
    }
    return shown.append('\'').toString();
  }
}
