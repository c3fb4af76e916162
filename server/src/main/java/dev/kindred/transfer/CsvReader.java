package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Reads CSV (RFC 4180) record by record in constant memory: any delimiter, quoted fields with line
 * ends in them, lines that end with LF or CRLF. Empty lines are passed over.
 *
 * <p>A record that is wrong is refused alone, when it is asked for its fields. One that is longer
 * than the bound, as behind a quote that nobody closed, is dropped up to the bound, and reading
 * goes on with the line after that: so every byte is looked at a bounded number of times, whatever
 * comes.
 *
 * <p>Works on bytes, because most fields are plain ASCII that need not be decoded twice. Not for
 * several threads.
 */
final class CsvReader {

  static final int RECORD_BYTES_MAX = 1 << 20;
  static final int FIELDS_MAX = 1_000;

  private static final int END = -1;
  private static final byte QUOTE = '"';

  private final InputStream source;
  private final byte[] delimiter;
  private final int recordBytesMax;

  private byte[] buffer = new byte[64 << 10];
  private int from; // where the record begins
  private int at; // the next byte
  private int filled;
  private boolean ended;

  /** The line that comes next, from 1. */
  private long line = 1;

  private long recordLine;
  private int recordTo;

  // The fields of the record: where they begin and end, and whether quotes in them are doubled.
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] doubled = new boolean[16];
  private int fields;
  private String problem = "";
  private boolean isRead;

  CsvReader(InputStream source, String delimiter, int recordBytesMax) {
    this.source = source;
    this.delimiter = delimiter.getBytes(UTF_8);
    this.recordBytesMax = recordBytesMax;
    if (this.delimiter.length == 0) throw new IllegalArgumentException("an empty delimiter");
  }

  /** Goes to the next record, if there is one. */
  boolean next() throws IOException {
    while (true) {
      from = at;
      recordLine = line;
      fields = 0;
      problem = "";
      isRead = false;
      if (!has(0)) return false;
      readRecord();
      if (fields > 1 || !problem.isEmpty() || ends[0] > starts[0] || buffer[from] == QUOTE)
        return true;
    }
  }

  /** The line on which the record begins, from 1. */
  long line() {
    return recordLine;
  }

  /** Whether it may be the last one, for all that was read so far. */
  boolean isLast() throws IOException {
    return !has(0);
  }

  int size() {
    return fields;
  }

  /** Refuses the record if it is none. */
  void require() {
    if (!problem.isEmpty()) throw new InvalidRequest(problem);
  }

  /** How many bytes the record takes. */
  int bytes() {
    return recordTo - from;
  }

  /** Copies the record as it stands in the file, without its line end. */
  void copyTo(byte[] target, int offset) {
    System.arraycopy(buffer, from, target, offset, recordTo - from);
  }

  /** A field of the record, as it is meant. */
  String field(int index) {
    int start = starts[index];
    int length = ends[index] - start;
    if (!doubled[index]) return decode(buffer, start, length);
    byte[] plain = new byte[length];
    int to = 0;
    for (int i = start; i < start + length; i++) {
      plain[to++] = buffer[i];
      if (buffer[i] == QUOTE) i++;
    }
    return decode(plain, 0, to);
  }

  boolean isEmpty(int index) {
    return starts[index] == ends[index];
  }

  private static String decode(byte[] bytes, int start, int length) {
    boolean ascii = true;
    for (int i = start; i < start + length && ascii; i++) ascii = bytes[i] >= 0;
    if (ascii) return new String(bytes, start, length, ISO_8859_1);
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new InvalidRequest(
          "the text is not UTF-8; name its encoding, for example --encoding ISO-8859-1");
    }
  }

  /** Reads fields up to the end of the record and goes behind it. */
  private void readRecord() throws IOException {
    while (true) {
      if (byteAt(0) == QUOTE) readQuoted();
      else readPlain();
      // Many short fields can be too long together, though none of them is.
      if (problem.isEmpty() && (isRead ? recordTo : at) - from > recordBytesMax) tooLong();
      if (isRead) return;
      if (!problem.isEmpty()) {
        skipLine();
        return;
      }
    }
  }

  private void readPlain() throws IOException {
    int start = at - from;
    while (true) {
      int b = byteAt(0);
      if (b == delimiter[0] && isDelimiter()) {
        add(start, at - from, false);
        at += delimiter.length;
        return;
      }
      if (b == '\n' || b == END) {
        int end = at - from;
        if (b == '\n' && end > start && buffer[at - 1] == '\r') end--;
        add(start, end, false);
        endRecord(b);
        return;
      }
      at++;
      if (at - from > recordBytesMax) {
        tooLong();
        return;
      }
    }
  }

  private void readQuoted() throws IOException {
    at++;
    int start = at - from;
    boolean doubles = false;
    while (true) {
      int b = byteAt(0);
      if (b == END) {
        problem = "a quoted field has no end";
        recordTo = at;
        return;
      }
      if (b == QUOTE) {
        if (byteAt(1) != QUOTE) break;
        doubles = true;
        at++;
      } else if (b == '\n') {
        line++;
      }
      at++;
      if (at - from > recordBytesMax) {
        tooLong();
        return;
      }
    }
    add(start, at - from, doubles);
    at++;
    int b = byteAt(0);
    if (b == '\r' && byteAt(1) == '\n') {
      at++;
      b = '\n';
    }
    if (b == '\n' || b == END) {
      endRecord(b);
      return;
    }
    if (b == delimiter[0] && isDelimiter()) {
      at += delimiter.length;
      return;
    }
    problem =
        "after the closing quote of field " + fields + " something else than a delimiter stands";
    recordTo = at;
  }

  private void endRecord(int b) {
    isRead = true;
    recordTo = at;
    if (b == '\n') {
      if (recordTo > from && buffer[recordTo - 1] == '\r') recordTo--;
      at++;
      line++;
    }
  }

  private void tooLong() {
    problem =
        "a record must have at most "
            + recordBytesMax
            + " bytes; perhaps a quote is open since line "
            + recordLine;
    recordTo = from;
  }

  /** Passes over the rest of a line whose record is wrong. */
  private void skipLine() throws IOException {
    boolean keeps = recordTo > from;
    while (true) {
      if (at - from > recordBytesMax) {
        // What was read is not needed any more, so that memory stays bounded.
        from = at;
        recordTo = at;
        keeps = false;
      }
      int b = byteAt(0);
      if (b == END || b == '\n') {
        if (keeps) recordTo = at;
        if (b == '\n') {
          at++;
          line++;
        }
        return;
      }
      at++;
    }
  }

  private boolean isDelimiter() throws IOException {
    for (int i = 1; i < delimiter.length; i++) if (byteAt(i) != delimiter[i]) return false;
    return true;
  }

  private void add(int start, int end, boolean doubles) {
    if (fields == FIELDS_MAX) {
      problem = "a record must have at most " + FIELDS_MAX + " fields";
      recordTo = at;
      return;
    }
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      doubled = Arrays.copyOf(doubled, fields * 2);
    }
    // They are given from the beginning of the record, for the buffer may have moved meanwhile.
    starts[fields] = from + start;
    ends[fields] = from + end;
    doubled[fields] = doubles;
    fields++;
  }

  private int byteAt(int ahead) throws IOException {
    return has(ahead) ? buffer[at + ahead] : END;
  }

  private boolean has(int ahead) throws IOException {
    while (at + ahead >= filled) {
      if (ended) return false;
      fill();
    }
    return true;
  }

  private void fill() throws IOException {
    if (filled == buffer.length) {
      if (from > 0) moveToFront();
      else buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = source.read(buffer, filled, buffer.length - filled);
    if (read < 0) ended = true;
    else filled += read;
  }

  private void moveToFront() {
    int by = from;
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    filled -= by;
    at -= by;
    recordTo -= by;
    from = 0;
    for (int i = 0; i < fields; i++) {
      starts[i] -= by;
      ends[i] -= by;
    }
  }
}
