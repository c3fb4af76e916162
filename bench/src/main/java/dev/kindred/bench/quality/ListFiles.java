package dev.kindred.bench.quality;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes lists and what they are judged on, for other evaluators to read. */
final class ListFiles {
  private ListFiles() {}

  static void write(Path file, int[][] lists, DataSet set) throws IOException {
    try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int user = 0; user < lists.length; user++) {
        out.println(set.users().get(user) + "\t" + names(lists[user], ",", set.items()));
      }
    }
  }

  /** A line a case, under its place in the file of cases. */
  static void writeCases(Path file, int[][] lists, SessionSet set) throws IOException {
    try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int n = 0; n < lists.length; n++) {
        out.println(n + "\t" + names(lists[n], ",", set.items()));
      }
    }
  }

  static void writeHeldOut(Path file, DataSet set) throws IOException {
    try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int user = 0; user < set.heldOut().rows(); user++) {
        int[] items = set.heldOut().row(user).items();
        if (items.length > 0)
          out.println(set.users().get(user) + " " + names(items, " ", set.items()));
      }
    }
  }

  private static String names(int[] items, String between, List<String> names) {
    return Arrays.stream(items).mapToObj(names::get).collect(Collectors.joining(between));
  }
}
