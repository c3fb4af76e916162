package dev.kindred.measure.behaviour;

/**
 * Finds the row of a key: open addressing, without gaps that were left behind. Where a place holds
 * 0, there is no row; otherwise it is the row plus 1. The keys stay with whoever has the rows.
 */
final class RowTable {

  static final int NONE = -1;

  private int[] places;

  /** Has the first rows in it. */
  RowTable(long[] keys, int rows) {
    places = new int[Integer.highestOneBit(rows * 2 - 1) * 2];
    for (int row = 0; row < rows; row++) put(keys, row);
  }

  boolean hasRoomFor(int rows) {
    return rows * 3 <= places.length * 2;
  }

  int find(long[] keys, long key) {
    int mask = places.length - 1;
    for (int at = hash(key) & mask; places[at] != 0; at = (at + 1) & mask) {
      if (keys[places[at] - 1] == key) return places[at] - 1;
    }
    return NONE;
  }

  void put(long[] keys, int row) {
    int mask = places.length - 1;
    int at = hash(keys[row]) & mask;
    while (places[at] != 0) at = (at + 1) & mask;
    places[at] = row + 1;
  }

  /** Takes a key out and moves up what had to give way to it. */
  void remove(long[] keys, long key) {
    int mask = places.length - 1;
    int hole = hash(key) & mask;
    while (keys[places[hole] - 1] != key) hole = (hole + 1) & mask;
    for (int at = (hole + 1) & mask; places[at] != 0; at = (at + 1) & mask) {
      int home = hash(keys[places[at] - 1]) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        places[hole] = places[at];
        hole = at;
      }
    }
    places[hole] = 0;
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
