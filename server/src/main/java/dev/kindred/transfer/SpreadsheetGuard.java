package dev.kindred.transfer;

/**
 * Keeps spreadsheets from running what a cell says. A text that they would take for a formula gets
 * an apostrophe in front, and so does one that begins like a text so guarded; thereby what was done
 * can be undone exactly. Numbers stay as they are, negative ones too.
 */
final class SpreadsheetGuard {

  private SpreadsheetGuard() {}

  /** The text as a cell may hold it. */
  static String guarded(String text) {
    return isDangerous(text, 0) && !Numerals.isNumber(text) ? "'" + text : text;
  }

  /** The text that a cell stands for. */
  static String opened(String cell) {
    return !cell.isEmpty() && cell.charAt(0) == '\'' && isDangerous(cell, 1)
        ? cell.substring(1)
        : cell;
  }

  /** Whether behind any apostrophes there is what begins a formula. */
  private static boolean isDangerous(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\'') at++;
    return at < text.length() && "=+-@\t\r\n".indexOf(text.charAt(at)) >= 0;
  }
}
