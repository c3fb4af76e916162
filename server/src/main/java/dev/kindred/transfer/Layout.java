package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a well-known file is written whose first line does not say so.
 *
 * @param columns their names; empty where the first line has them
 */
record Layout(List<String> columns, String delimiter, Charset encoding) {

  private static final List<String> RATINGS = List.of("userId", "movieId", "rating", "timestamp");

  /** The files of MovieLens' older sets. */
  private static final Map<String, Layout> BY_FILE =
      Map.of(
          "ratings.dat", new Layout(RATINGS, "::", UTF_8),
          "movies.dat", new Layout(List.of("movieId", "title", "genres"), "::", ISO_8859_1),
          "users.dat",
              new Layout(List.of("userId", "gender", "age", "occupation", "zip"), "::", UTF_8),
          "tags.dat", new Layout(List.of("userId", "movieId", "tag", "timestamp"), "::", UTF_8),
          "u.data", new Layout(RATINGS, "\t", UTF_8));

  /** The layout of a file by its name, without what packs it. */
  static Optional<Layout> of(String fileName) {
    return Optional.ofNullable(BY_FILE.get(fileName));
  }
}
