package dev.kindred.collect.features;

import java.text.Normalizer;

/** What the characters of a text are; quick for ASCII, right for all. */
final class Letters {

  private static final int ASCII = 0x80;

  /** Below this there is one way to write each character. */
  private static final int FIRST_COMBINING = 0x300;

  private static final boolean[] IN_WORD = new boolean[ASCII];

  static {
    for (int c = 0; c < ASCII; c++) IN_WORD[c] = Character.isLetterOrDigit(c);
  }

  private Letters() {}

  static int lower(int c) {
    if (c >= ASCII) return Character.toLowerCase(c);
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
  }

  /** Whether it is a part of a word; marks are, which stand for vowels in some scripts. */
  static boolean isInWord(int c) {
    if (c < ASCII) return IN_WORD[c];
    if (Character.isLetterOrDigit(c)) return true;
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  static boolean isIdeograph(int c) {
    return c >= ASCII && Character.isIdeographic(c);
  }

  static boolean isSpace(int c) {
    return c == ' ' || Character.isWhitespace(c);
  }

  /** The text with its characters in the one form that their compatible variants have. */
  static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING)
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
    return text;
  }
}
