package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/** Users by item, in the order in which they came; a user stands once with an item. */
final class Postings {
  private static final int[] NOBODY = {};

  private int[][] users = {};
  private int[] sizes = {};

  int size(int item) {
    return item < sizes.length ? sizes[item] : 0;
  }

  int user(int item, int n) {
    return users[item][n];
  }

  void add(int item, int user) {
    if (item >= users.length) {
      int known = users.length;
      int room = Math.max(Math.max(item + 1, 16), known + (known >> 1));
      users = Arrays.copyOf(users, room);
      Arrays.fill(users, known, room, NOBODY);
      sizes = Arrays.copyOf(sizes, room);
    }
    int[] row = users[item];
    if (sizes[item] == row.length) {
      row = Arrays.copyOf(row, row.length < 2 ? 2 : row.length + (row.length >> 1));
      users[item] = row;
    }
    row[sizes[item]++] = user;
  }

  void remove(int item, int user) {
    if (item >= users.length) return;
    int[] row = users[item];
    for (int n = 0; n < sizes[item]; n++) {
      if (row[n] != user) continue;
      // Another array: this one may have been captured.
      int[] without = row.clone();
      System.arraycopy(row, n + 1, without, n, sizes[item] - n - 1);
      users[item] = without;
      sizes[item]--;
      return;
    }
  }

  /** All of it: rows only grow behind what is captured. */
  Piece capture() {
    int[][] rows = users.clone();
    int[] lengths = sizes.clone();
    return out -> {
      out.ints(lengths);
      for (int item = 0; item < rows.length; item++) out.ints(rows[item], lengths[item]);
    };
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    sizes = in.ints();
    users = new int[sizes.length][];
    for (int item = 0; item < sizes.length; item++) {
      users[item] = sizes[item] == 0 ? NOBODY : in.ints(sizes[item]);
    }
  }
}
