package dev.kindred.bench.quality;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.SparseRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder read: what to learn from, what was held out, and the names behind the indexes.
 *
 * @param relevant the least weight that counts as liked
 */
record DataSet(
    Interactions train,
    SparseRows heldOut,
    List<String> users,
    List<String> items,
    float relevant) {

  /** Reads whichever layout the folder holds. */
  static DataSet read(Path folder) throws IOException {
    if (Files.exists(folder.resolve("train.txt"))) return LinesLayout.read(folder);
    for (String name : List.of("ratings.csv", "ratings.dat", "u.data")) {
      if (Files.exists(folder.resolve(name))) return RatingsLayout.read(folder.resolve(name));
    }
    throw new IOException(
        folder + " holds none of train.txt, ratings.csv, ratings.dat, u.data, train_sessions.txt");
  }
}
