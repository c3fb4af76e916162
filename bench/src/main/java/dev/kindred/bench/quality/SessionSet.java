package dev.kindred.bench.quality;

import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sessions read: {@code train_sessions.txt}, a line a session, oldest item first; {@code
 * test_prefix_target.tsv}, a line a case: what was looked at, a tab, what came next.
 *
 * @param targets a row a case, with the one item that came next
 */
record SessionSet(
    SparseRows sessions, List<History> prefixes, SparseRows targets, List<String> items) {
  private static final String TRAIN = "train_sessions.txt";
  private static final String TEST = "test_prefix_target.tsv";

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(TRAIN));
  }

  static SessionSet read(Path folder) throws IOException {
    var names = new Names();
    List<Ranking> sessions = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(TRAIN))) {
      if (!line.isBlank()) sessions.add(row(line, names));
    }
    List<History> prefixes = new ArrayList<>();
    var targets = Interactions.builder();
    for (String line : Files.readAllLines(folder.resolve(TEST))) {
      if (line.isBlank()) continue;
      int tab = line.lastIndexOf('\t');
      targets.add(prefixes.size(), names.index(line.substring(tab + 1).strip()), 1f);
      prefixes.add(History.of(row(line.substring(0, tab), names).items()));
    }
    int items = names.all().size();
    return new SessionSet(
        SparseRows.of(items, sessions.toArray(new Ranking[0])),
        prefixes,
        targets.atLeast(prefixes.size(), items).build().byUser(),
        names.all());
  }

  private static Ranking row(String line, Names names) {
    int[] items = Arrays.stream(line.strip().split("\\s+")).mapToInt(names::index).toArray();
    return new Ranking(items, History.of(items).weights());
  }
}
