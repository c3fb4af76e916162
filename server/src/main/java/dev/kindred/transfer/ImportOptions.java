package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known about a file beside what it says itself.
 *
 * @param map columns by the fields that they are for, see {@link ColumnChoice}
 * @param fill what a field holds where the file says nothing
 * @param header whether the first line of CSV names the columns
 */
public record ImportOptions(
    Optional<RecordKind> kind,
    Optional<Format> format,
    Optional<Preset> preset,
    Map<String, String> map,
    Map<String, String> fill,
    Optional<String> delimiter,
    Optional<Boolean> header,
    Charset encoding) {

  public static final ImportOptions NONE =
      new ImportOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          UTF_8);

  private static final int ENTRIES_MAX = 200;
  private static final int DELIMITER_MAX = 8;

  public ImportOptions {
    // In order, because a run is called by what it was told, and must be called the same again.
    map = Collections.unmodifiableMap(new TreeMap<>(map));
    fill = Collections.unmodifiableMap(new TreeMap<>(fill));
    delimiter.ifPresent(ImportOptions::requireDelimiter);
  }

  /** Reads {@code FIELD=VALUE} pairs, each on its own or several with commas between them. */
  public static Map<String, String> pairs(String option, List<String> texts) {
    var pairs = new LinkedHashMap<String, String>();
    for (String text : texts) {
      for (String pair : text.split(",(?=[a-z_]+(?:\\.[^=,]*)?=)", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1 || equals == pair.length() - 1) {
          throw InvalidRequest.at(option, option + " takes FIELD=VALUE, got '" + pair + "'");
        }
        String before = pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        if (before != null) {
          throw InvalidRequest.at(
              option, option + " names " + pair.substring(0, equals) + " twice");
        }
      }
    }
    if (pairs.size() > ENTRIES_MAX) {
      throw InvalidRequest.at(option, option + " takes at most " + ENTRIES_MAX + " pairs");
    }
    return pairs;
  }

  /** A delimiter as people write it: itself, or {@code tab}. */
  public static String delimiter(String text) {
    return text.equals("tab") || text.equals("\\t") ? "\t" : text;
  }

  ImportOptions of(RecordKind known) {
    return new ImportOptions(
        Optional.of(known), format, preset, map, fill, delimiter, header, encoding);
  }

  private static void requireDelimiter(String delimiter) {
    boolean valid =
        !delimiter.isEmpty()
            && delimiter.length() <= DELIMITER_MAX
            && delimiter.chars().allMatch(c -> c < 0x7f && (c == '\t' || c >= ' ') && c != '"');
    if (!valid) {
      throw InvalidRequest.at(
          "delimiter",
          "delimiter must be 1 to " + DELIMITER_MAX + " ASCII characters without quotes, or 'tab'");
    }
  }

  /** Whether somebody says how columns become fields. */
  boolean maps() {
    return preset.isPresent() || !map.isEmpty() || !fill.isEmpty();
  }
}
