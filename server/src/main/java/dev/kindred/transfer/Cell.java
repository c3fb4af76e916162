package dev.kindred.transfer;

/**
 * One value of a record.
 *
 * @param kind what the file says that it is
 * @param text what it is: characters, or JSON for {@link Kind#JSON}
 */
record Cell(Kind kind, String text) {

  /** What is known about a value. */
  enum Kind {
    /** Characters that may stand for anything, as in CSV. */
    PLAIN,
    /** Characters that are meant as such. */
    STRING,
    NUMBER,
    /** True, false, an array, or an object, as JSON. */
    JSON
  }

  static Cell plain(String text) {
    return new Cell(Kind.PLAIN, text);
  }

  static Cell string(String text) {
    return new Cell(Kind.STRING, text);
  }

  static Cell number(String text) {
    return new Cell(Kind.NUMBER, text);
  }

  static Cell json(String text) {
    return new Cell(Kind.JSON, text);
  }
}
