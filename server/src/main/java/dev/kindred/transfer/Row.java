package dev.kindred.transfer;

/** The values of one record, by the number of their column. */
@FunctionalInterface
interface Row {

  /** The value in a column; empty plain text where there is none. */
  Cell cell(int column);
}
