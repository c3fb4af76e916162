package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import java.util.List;
import java.util.Optional;

/**
 * A column as people name it: {@code price}, {@code #3} for the third, {@code genres[|]} for one
 * that holds several texts with something between them, {@code sku:text} for one whose values are
 * to be taken as text, number, time or json.
 */
record ColumnChoice(String column, Optional<Shape> shape, String separator) {

  static ColumnChoice parse(String text) {
    int bracket = text.lastIndexOf('[');
    if (bracket > 0 && text.endsWith("]") && text.length() > bracket + 2) {
      String separator = text.substring(bracket + 1, text.length() - 1);
      return new ColumnChoice(text.substring(0, bracket), Optional.of(Shape.LIST), separator);
    }
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      Shape shape = Shape.of(text.substring(colon + 1));
      return new ColumnChoice(text.substring(0, colon), Optional.of(shape), "");
    }
    return new ColumnChoice(text, Optional.empty(), "");
  }

  /** Which of the columns it is. */
  int indexIn(List<String> columns) {
    int named = columns.indexOf(column);
    if (named >= 0) return named;
    if (column.startsWith("#")) {
      try {
        int number = Integer.parseInt(column.substring(1));
        if (number >= 1 && number <= columns.size()) return number - 1;
      } catch (NumberFormatException notANumber) {
        // Told below, like a number that is out of bounds.
      }
    }
    return -1;
  }

  InvalidRequest unknown(List<String> columns) {
    return new InvalidRequest(
        "there is no column '" + column + "'; there are " + String.join(", ", columns));
  }
}
