package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a value of a file is written for the API. */
enum Shape {
  /** Characters, whatever they are. */
  TEXT,
  NUMBER,
  TIME,
  /** Any JSON. */
  JSON,
  /** A name of an interaction type, for which a preset may know another word. */
  WORD,
  /** What it looks like: a number or a boolean in a column of such, else characters. */
  VALUE,
  /** Several texts in one. */
  LIST;

  /** A shape that people may ask for. */
  static Shape of(String word) {
    for (Shape shape : new Shape[] {TEXT, NUMBER, TIME, JSON}) {
      if (shape.word().equals(word)) return shape;
    }
    String known =
        Arrays.stream(new Shape[] {TEXT, NUMBER, TIME, JSON})
            .map(Shape::word)
            .collect(Collectors.joining(", "));
    throw new InvalidRequest(
        "behind the colon of a column stands one of " + known + "; got '" + word + "'");
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
