package dev.kindred.collect.features;

/** Texts that only machines read: addresses and long identifiers. They say little of a thing. */
final class Codes {

  private static final int SHORTEST_IDENTIFIER = 16;

  private Codes() {}

  static boolean isCode(String text) {
    if (text.indexOf(' ') >= 0) return false;
    return text.contains("://") || text.startsWith("www.") || isMail(text) || isIdentifier(text);
  }

  private static boolean isMail(String text) {
    int at = text.indexOf('@');
    return at > 0 && text.indexOf('.', at) > 0;
  }

  /** Long, and all of it hexadecimal digits, with hyphens perhaps; such as a UUID. */
  private static boolean isIdentifier(String text) {
    if (text.length() < SHORTEST_IDENTIFIER) return false;
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 && text.charAt(i) != '-') return false;
    }
    return true;
  }
}
