package dev.kindred.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the values of a column look like in a sample of its file. One film called "1984" does not
 * make a column of titles numbers.
 */
enum ColumnType {
  NUMBERS,
  BOOLEANS,
  TEXTS;

  /** Gathers what a sample looks like. */
  static final class Sample {
    private final List<ColumnType> types;
    private final boolean[] seen;

    Sample(int columns) {
      types = new ArrayList<>(Collections.nCopies(columns, NUMBERS));
      seen = new boolean[columns];
    }

    void add(int column, String text) {
      if (text.isEmpty() || column >= seen.length) return;
      ColumnType one = of(text);
      types.set(column, !seen[column] || types.get(column) == one ? one : TEXTS);
      seen[column] = true;
    }

    List<ColumnType> types() {
      for (int i = 0; i < seen.length; i++) if (!seen[i]) types.set(i, TEXTS);
      return List.copyOf(types);
    }

    private static ColumnType of(String text) {
      if (Numerals.isPlainNumber(text)) return NUMBERS;
      return isBoolean(text) ? BOOLEANS : TEXTS;
    }
  }

  /** The text as JSON, if it is what the column is said to hold; else empty. */
  String json(String text) {
    return switch (this) {
      case NUMBERS -> Numerals.isPlainNumber(text) ? text : "";
      case BOOLEANS -> isBoolean(text) ? text : "";
      case TEXTS -> "";
    };
  }

  private static boolean isBoolean(String text) {
    return text.equals("true") || text.equals("false");
  }
}
