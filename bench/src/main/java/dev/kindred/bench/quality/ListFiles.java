package dev.kindred.bench.quality;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes lists and what they are judged on, for other evaluators to read. */
final class ListFiles {
  private ListFiles() {}

  static void write(Path file, int[][] lists, DataSet set) throws IOException {
    try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int user = 0; user < lists.length; user++) {
        out.println(set.users().get(user) + "\t" + names(lists[user], ",", set));
      }
    }
  }

  static void writeHeldOut(Path file, DataSet set) throws IOException {
    try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int user = 0; user < set.heldOut().rows(); user++) {
        int[] items = set.heldOut().row(user).items();
        if (items.length > 0) out.println(set.users().get(user) + " " + names(items, " ", set));
      }
    }
  }

  private static String names(int[] items, String between, DataSet set) {
    return Arrays.stream(items).mapToObj(set.items()::get).collect(Collectors.joining(between));
  }
}
