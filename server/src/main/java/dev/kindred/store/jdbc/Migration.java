package dev.kindred.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One step of the tables' history, there and back.
 *
 * <p>A file {@code V001__some_name.sql} has a part after the line {@code -- migrate:up} and one
 * after {@code -- migrate:down}; a statement ends where a line ends with a semicolon. <code>
 * ${word}</code> stands for what the dialect says.
 *
 * @param checksum of the file as it is, so that a changed one is noticed
 */
record Migration(
    int version, String description, String checksum, List<String> up, List<String> down) {

  private static final String FOLDER = "/db/migration/";

  /**
   * Every migration there is, in order; a database's own version of one comes before the common.
   */
  static final List<String> NAMES =
      List.of(
          "V001__log",
          "V002__catalog",
          "V003__users_and_interactions",
          "V004__settings_keys_answers_jobs",
          "V005__interactions_taken_back",
          "V006__measures",
          "V007__experiments",
          "V008__bookmarks",
          "V009__webhooks",
          "V010__behaviours_past",
          "V011__models",
          "V012__user_merges",
          "V013__shown_lists",
          "V014__users_erased",
          "V015__sums_move_with_merges",
          "V016__interactions_filed");

  static List<Migration> all(Dialect dialect) {
    return NAMES.stream().map(name -> load(name, dialect)).toList();
  }

  private static Migration load(String name, Dialect dialect) {
    String text = resource(dialect.name() + "/" + name + ".sql", "common/" + name + ".sql");
    int separator = name.indexOf("__");
    var parts = new Parts(dialect.words());
    text.lines().forEach(parts::take);
    return new Migration(
        Integer.parseInt(name.substring(1, separator)),
        name.substring(separator + 2).replace('_', ' '),
        checksum(text),
        List.copyOf(parts.up),
        List.copyOf(parts.down));
  }

  private static String resource(String first, String second) {
    try (InputStream own = Migration.class.getResourceAsStream(FOLDER + first);
        InputStream common = Migration.class.getResourceAsStream(FOLDER + second)) {
      InputStream found = own != null ? own : common;
      if (found == null) throw new IllegalStateException("there is no migration " + second);
      return new String(found.readAllBytes(), UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As many digits as tell two texts apart. */
  private static String checksum(String text) {
    return Sha256.hexOf(text).substring(0, 16);
  }

  /** Sorts the lines of a file into statements. */
  private static final class Parts {
    private final Map<String, String> words;
    private final List<String> up = new ArrayList<>();
    private final List<String> down = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private List<String> part = new ArrayList<>();

    Parts(Map<String, String> words) {
      this.words = words;
    }

    void take(String line) {
      if (line.equals("-- migrate:up")) part = up;
      else if (line.equals("-- migrate:down")) part = down;
      if (line.startsWith("--") || line.isBlank()) return;
      statement.append(line).append('\n');
      if (!line.endsWith(";")) return;
      String sql = statement.substring(0, statement.length() - 2);
      for (var word : words.entrySet()) {
        sql = sql.replace("${" + word.getKey() + "}", word.getValue());
      }
      part.add(sql);
      statement.setLength(0);
    }
  }
}
