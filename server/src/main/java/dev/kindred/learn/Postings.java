package dev.kindred.learn;

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
      System.arraycopy(row, n + 1, row, n, sizes[item] - n - 1);
      sizes[item]--;
      return;
    }
  }
}
