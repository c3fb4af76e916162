package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/**
 * Many small pieces of bytes by dense index, in few large arrays: eight bytes an index and no
 * object a piece. A piece that is replaced leaves a hole; when holes are more than half, all is
 * moved together. One writer; readers are kept away while it writes.
 */
final class Arena {
  /** Small enough that no collector takes one for a large object, which has regions of its own. */
  private static final int CHUNK = 1 << 18;

  private static final long ABSENT = -1;

  private byte[][] chunks = {new byte[1 << 10]};
  private int chunk;
  private int end;

  /** Where a piece begins: chunk, offset and length in 16, 24 and 24 bits. */
  private long[] places = new long[16];

  private int size;
  private long live;
  private long holes;

  Arena() {
    Arrays.fill(places, ABSENT);
  }

  boolean contains(int index) {
    return index >= 0 && index < size && places[index] != ABSENT;
  }

  /** A copy of the piece. */
  byte[] get(int index) {
    long place = places[index];
    int from = offset(place);
    return Arrays.copyOfRange(chunks[chunk(place)], from, from + length(place));
  }

  boolean holds(int index, byte[] piece) {
    long place = places[index];
    int from = offset(place);
    return Arrays.equals(chunks[chunk(place)], from, from + length(place), piece, 0, piece.length);
  }

  void put(int index, byte[] piece) {
    if (index >= places.length) {
      int known = places.length;
      places = Arrays.copyOf(places, Math.max(index + 1, known + (known >> 1)));
      Arrays.fill(places, known, places.length, ABSENT);
    }
    size = Math.max(size, index + 1);
    remove(index);
    places[index] = append(piece);
    live += piece.length;
    if (holes > live + CHUNK) moveTogether();
  }

  void remove(int index) {
    if (!contains(index)) return;
    int length = length(places[index]);
    holes += length;
    live -= length;
    places[index] = ABSENT;
  }

  /** Bytes that are in use. */
  long bytes() {
    return live;
  }

  /** All of it; what is written later goes behind what is captured, or into other arrays. */
  Piece capture() {
    long[] where = Arrays.copyOf(places, size);
    byte[][] bytes = Arrays.copyOf(chunks, chunk + 1);
    int lastEnd = end;
    long liveThen = live;
    long holesThen = holes;
    return out -> {
      out.longs(where);
      out.number(liveThen);
      out.number(holesThen);
      out.number(bytes.length);
      for (int n = 0; n < bytes.length; n++) {
        out.bytes(bytes[n], n == bytes.length - 1 ? lastEnd : bytes[n].length);
      }
    };
  }

  /** Takes over what was captured, into an arena that is new. */
  void read(Input in) throws IOException {
    places = in.longs();
    size = places.length;
    live = in.longNumber();
    holes = in.longNumber();
    chunks = new byte[in.number()][];
    for (int n = 0; n < chunks.length; n++) chunks[n] = in.bytes();
    chunk = chunks.length - 1;
    end = chunks[chunk].length;
  }

  private long append(byte[] piece) {
    if (end + piece.length > chunks[chunk].length) makeRoom(piece.length);
    System.arraycopy(piece, 0, chunks[chunk], end, piece.length);
    long place = ((long) chunk << 48) | ((long) end << 24) | piece.length;
    end += piece.length;
    return place;
  }

  private void makeRoom(int length) {
    int wanted = Math.max(length, Math.min(CHUNK, 2 * chunks[chunk].length));
    if (end + length <= CHUNK) {
      chunks[chunk] = Arrays.copyOf(chunks[chunk], Math.max(end + length, wanted));
      return;
    }
    chunk++;
    if (chunk == chunks.length) chunks = Arrays.copyOf(chunks, chunk + 1 + chunk / 2);
    chunks[chunk] = new byte[Math.max(length, CHUNK)];
    end = 0;
  }

  private void moveTogether() {
    byte[][] old = chunks;
    chunks = new byte[][] {new byte[1 << 10]};
    chunk = 0;
    end = 0;
    holes = 0;
    for (int index = 0; index < size; index++) {
      long place = places[index];
      if (place == ABSENT) continue;
      int from = offset(place);
      places[index] = append(Arrays.copyOfRange(old[chunk(place)], from, from + length(place)));
    }
  }

  private static int chunk(long place) {
    return (int) (place >>> 48);
  }

  private static int offset(long place) {
    return (int) (place >>> 24) & 0xFF_FFFF;
  }

  private static int length(long place) {
    return (int) place & 0xFF_FFFF;
  }
}
