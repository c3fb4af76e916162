package dev.kindred.http;

/** How a caller's own value may stand in a message: quoted, cut, and without odd characters. */
final class Shown {

  private static final int LONGEST = 80;

  private Shown() {}

  static String value(String value) {
    int end = Math.min(value.length(), LONGEST);
    var shown = new StringBuilder(end + 8).append('\'');
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      boolean odd = c < ' ' || (c >= 0x7f && c < 0xa0) || Character.isSurrogate(c);
      shown.append(odd ? '\ufffd' : c);
    }
    return shown.append(end < value.length() ? "...'" : "'").toString();
  }
}
