package dev.kindred.collect.features;

/** Texts that begin with a calendar date, which count as numbers: {@code 2026-01-02T03:04:05Z}. */
final class Dates {

  private Dates() {}

  static boolean isDate(String text) {
    if (text.length() < 10 || text.length() > 35) return false;
    for (int i = 0; i < 10; i++) {
      char c = text.charAt(i);
      boolean hyphen = i == 4 || i == 7;
      if (hyphen ? c != '-' : !isDigit(c)) return false;
    }
    if (text.length() > 10 && "Tt ".indexOf(text.charAt(10)) < 0) return false;
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /** About how many days since the year 0. */
  static double day(String text) {
    return number(text, 0, 4) * 365.2425
        + (number(text, 5, 7) - 1) * 30.436875
        + number(text, 8, 10);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) value = value * 10 + text.charAt(i) - '0';
    return value;
  }
}
