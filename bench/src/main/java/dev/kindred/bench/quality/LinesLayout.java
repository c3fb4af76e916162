package dev.kindred.bench.quality;

import dev.kindred.engine.Interactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code train.txt} and {@code test.txt}, a line a user: {@code user item item …}. */
final class LinesLayout {
  private LinesLayout() {}

  static DataSet read(Path folder) throws IOException {
    var users = new Names();
    var items = new Names();
    var train = Interactions.builder();
    var test = Interactions.builder();
    add(folder.resolve("train.txt"), users, items, train);
    add(folder.resolve("test.txt"), users, items, test);
    int userCount = users.all().size();
    int itemCount = items.all().size();
    return new DataSet(
        train.atLeast(userCount, itemCount).build(),
        test.atLeast(userCount, itemCount).build().byUser(),
        users.all(),
        items.all(),
        0f);
  }

  private static void add(Path file, Names users, Names items, Interactions.Builder into)
      throws IOException {
    try (var lines = Files.lines(file)) {
      lines
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> !words[0].isEmpty())
          .forEach(words -> {
            int user = users.index(words[0]);
            for (int n = 1; n < words.length; n++) into.add(user, items.index(words[n]), 1f);
          });
    }
  }
}
