package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;

/** Brings the ways in which files write times to the one that the API takes. */
final class Times {

  private static final int DATE = 10;
  private static final int MINUTES = 16;

  private Times() {}

  /**
   * RFC 3339 as it is; {@code 2026-01-02}, {@code 2026-01-02 03:04} and {@code 2026-01-02
   * 03:04:05.6 UTC} as what they are in UTC. Anything else is returned as it is, to be refused by
   * whoever reads it.
   */
  static String rfc3339(String text) {
    String time = text.strip();
    if (time.endsWith(" UTC")) time = time.substring(0, time.length() - 4) + "Z";
    if (!looksLikeADate(time)) return time;
    if (time.length() == DATE) return time + "T00:00:00Z";
    if (time.length() == MINUTES) return time + ":00Z";
    return hasZone(time) ? time : time + "Z";
  }

  private static boolean looksLikeADate(String time) {
    return time.length() >= DATE && time.charAt(4) == '-' && time.charAt(7) == '-';
  }

  private static boolean hasZone(String time) {
    char last = time.charAt(time.length() - 1);
    if (last == 'Z' || last == 'z') return true;
    int sign = Math.max(time.indexOf('+', DATE), time.indexOf('-', DATE));
    return sign > 0;
  }

  /** The time as JSON takes it: a number where it is one, else a string. */
  static boolean isEpoch(String text) {
    if (Numerals.isNumber(text)) return true;
    if (text.isEmpty()) throw new InvalidRequest("a time must not be empty");
    return false;
  }
}
