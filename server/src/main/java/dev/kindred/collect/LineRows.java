package dev.kindred.collect;

import dev.kindred.json.JsonLines;
import dev.kindred.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The lines of a stream (NDJSON). Empty ones are passed over. */
final class LineRows implements BulkRows {

  static final int LINE_BYTES_MAX = 1 << 20;

  private final JsonLines lines;
  private final CRC32C sum = new CRC32C();
  private List<String> unknown = List.of();
  private @Nullable JsonReader reader; // null until the row is asked for

  LineRows(InputStream in) {
    lines = new JsonLines(in, LINE_BYTES_MAX);
  }

  @Override
  public boolean next() throws IOException {
    unknown = unknownFields();
    reader = null;
    if (!lines.next()) return false;
    lines.addTo(sum);
    return true;
  }

  @Override
  public JsonReader row() {
    reader = lines.reader();
    return reader;
  }

  @Override
  public JsonReader rowAgain() {
    return lines.reader();
  }

  @Override
  public int bytes() {
    return lines.bytes();
  }

  @Override
  public String fingerprint() {
    String fingerprint = Long.toHexString(sum.getValue());
    sum.reset();
    return fingerprint;
  }

  /** Those of the first line that had any: what is wrong with one line is so with most. */
  @Override
  public List<String> unknownFields() {
    return unknown.isEmpty() && reader != null ? reader.unknownFields() : unknown;
  }
}
