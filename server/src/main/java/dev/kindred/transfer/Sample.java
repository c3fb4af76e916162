package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/** The beginning of a file, from which one can tell what it is. */
final class Sample {

  private static final int BYTES = 256 << 10;
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|", "::");

  private final byte[] bytes;
  private final InputStream rest;

  private Sample(byte[] bytes, InputStream rest) {
    this.bytes = bytes;
    this.rest = rest;
  }

  /** Takes the beginning from a stream; {@link #whole} gives it back. */
  static Sample take(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES);
    return new Sample(bytes, in);
  }

  /** Everything, from the beginning. */
  InputStream whole() {
    return new SequenceInputStream(stream(), rest);
  }

  /** Only the beginning, without a byte order mark. */
  InputStream stream() {
    int from = startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }

  /** Whether there is nothing behind it. */
  boolean isWhole() {
    return bytes.length < BYTES;
  }

  Format format() {
    if (startsWith(PARQUET)) return Format.PARQUET;
    int from = startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    for (int i = from; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == ' ' || b == '\t' || b == '\r' || b == '\n') continue;
      return b == '{' || b == '[' ? Format.NDJSON : Format.CSV;
    }
    return Format.CSV;
  }

  /** What stands most often between the values of the first line. */
  String delimiter() {
    String line = firstLine();
    String best = ",";
    int most = 0;
    for (String delimiter : DELIMITERS) {
      int count = count(line, delimiter);
      if (count > most) {
        most = count;
        best = delimiter;
      }
    }
    return best;
  }

  private String firstLine() {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') end++;
    return new String(bytes, 0, end, UTF_8);
  }

  /** Outside of quotes. */
  private static int count(String line, String delimiter) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '"') quoted = !quoted;
      else if (!quoted && line.startsWith(delimiter, i)) count++;
    }
    return count;
  }

  private boolean startsWith(byte[] start) {
    if (bytes.length < start.length) return false;
    for (int i = 0; i < start.length; i++) if (bytes[i] != start[i]) return false;
    return true;
  }
}
