package dev.kindred.json;

import dev.kindred.domain.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * A stream of JSON values, one a line (NDJSON), read in constant memory. Lines without anything on
 * them are passed over; a line that is too long is refused alone.
 */
public final class JsonLines {

  private final InputStream source;
  private final int longestLine;
  private byte[] buffer = new byte[8 << 10];
  private int lineFrom;
  private int lineTo;
  private int next; // where the line after this one begins
  private int filled;
  private long number;
  private long index = -1;
  private boolean ended;
  private boolean tooLong;

  public JsonLines(InputStream source, int longestLine) {
    this.source = source;
    this.longestLine = longestLine;
  }

  /** Goes to the next line that has something on it, if there is one. */
  public boolean next() throws IOException {
    while (readLine()) {
      number++;
      if (tooLong || !isBlank()) {
        index++;
        return true;
      }
    }
    return false;
  }

  /** The place of the line among those that have something on them, from 0. */
  public long index() {
    return index;
  }

  /** The number of the line in the text, from 1. */
  public long number() {
    return number;
  }

  /** Reads the line; to be done with before the next one. */
  public JsonReader reader() {
    if (tooLong) {
      throw new InvalidRequest("a line must have at most " + longestLine + " bytes");
    }
    return JsonReader.of(buffer, lineFrom, lineTo, "/" + index);
  }

  /** How many bytes the line has. */
  public int bytes() {
    return tooLong ? 0 : lineTo - lineFrom;
  }

  /** Copies the line. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(buffer, lineFrom, target, offset, bytes());
  }

  /** Adds the line to a sum over several. */
  public void addTo(Checksum sum) {
    if (!tooLong) sum.update(buffer, lineFrom, lineTo - lineFrom);
  }

  private boolean readLine() throws IOException {
    lineFrom = next;
    tooLong = false;
    int searched = lineFrom;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (buffer[i] == '\n') {
          lineTo = i;
          next = i + 1;
          tooLong |= lineTo - lineFrom > longestLine;
          return true;
        }
      }
      if (ended) {
        lineTo = filled;
        next = filled;
        tooLong |= lineTo - lineFrom > longestLine;
        return tooLong || lineTo > lineFrom;
      }
      if (filled - lineFrom > longestLine) {
        tooLong = true;
        filled = lineFrom; // what was read of it so far is not needed
      }
      makeRoom();
      searched = filled;
      int read = source.read(buffer, filled, buffer.length - filled);
      if (read < 0) ended = true;
      else filled += read;
    }
  }

  private void makeRoom() {
    if (filled < buffer.length) return;
    if (lineFrom > 0) {
      System.arraycopy(buffer, lineFrom, buffer, 0, filled - lineFrom);
      filled -= lineFrom;
      lineFrom = 0;
    } else {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  private boolean isBlank() {
    for (int i = lineFrom; i < lineTo; i++) {
      byte b = buffer[i];
      if (b != ' ' && b != '\t' && b != '\r') return false;
    }
    return true;
  }
}
