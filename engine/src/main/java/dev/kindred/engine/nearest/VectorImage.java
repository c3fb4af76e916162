package dev.kindred.engine.nearest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.kindred.engine.math.Hamming;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The flat image of a {@link VectorView}: numbers in the machine's order of bytes.
 *
 * <p>A head, the partition, the cells with their codes, which rows of each page are present and
 * their factors; then, from a multiple of 64 bytes on, the pages' vectors. Opening copies all but
 * the vectors, which stay where they are. The same state gives the same bytes.
 */
final class VectorImage {
  /**
   * Says what it is, which version, and by its own order of bytes whether this machine can read it.
   */
  private static final long MAGIC = 0x0001_524F_5443_4556L;

  private static final int ALIGNMENT = 64;

  private VectorImage() {}

  static long bytes(VectorView view) {
    var rotation = view.rotation();
    var partition = view.partition();
    long bytes = 3 * Long.BYTES + 3 * Integer.BYTES;
    bytes += 2 * (Long.BYTES + (long) Recent.REMEMBERED * Float.BYTES);
    bytes += (long) partition.size() * (rotation.length() + 2 * Float.BYTES);
    for (var cell : view.cells()) bytes += bytes(cell, rotation.words());
    for (var group : view.pages()) {
      for (var page : group) bytes += Long.BYTES + factorBytes(page);
    }
    bytes = aligned(bytes);
    for (var group : view.pages()) {
      for (var page : group) bytes += valueBytes(page, rotation.length());
    }
    return bytes;
  }

  private static long bytes(Cell cell, int words) {
    long blocks = Math.ceilDiv(cell.size(), Hamming.BLOCK);
    return Integer.BYTES
        + (long) cell.size() * Integer.BYTES
        + blocks * Hamming.BLOCK * words * Long.BYTES;
  }

  private static long factorBytes(VectorPage page) {
    return page.present() == 0 ? 0 : (long) VectorPage.ROWS * Float.BYTES;
  }

  private static long valueBytes(VectorPage page, int length) {
    return page.present() == 0 ? 0 : (long) VectorPage.ROWS * length;
  }

  private static long aligned(long at) {
    return Math.ceilDiv(at, ALIGNMENT) * ALIGNMENT;
  }

  static void write(VectorView view, MemorySegment image) {
    long bytes = bytes(view);
    if (image.byteSize() < bytes) {
      throw new IllegalArgumentException(
          "the image takes " + bytes + " bytes, got room for " + image.byteSize());
    }
    var out = new Writer(image);
    out.put(MAGIC);
    out.put(bytes);
    out.put(view.rotation().seed());
    out.put(view.rotation().dimensions());
    out.put(view.partition().size());
    out.put(view.pages().length);
    write(view.partition(), out);
    for (var cell : view.cells()) write(cell.compacted(), view.rotation().words(), out);
    for (var group : view.pages()) {
      for (var page : group) {
        out.put(page.present());
        if (page.present() != 0) out.put(page.presentFactors());
      }
    }
    image.asSlice(out.at, aligned(out.at) - out.at).fill((byte) 0);
    out.at = aligned(out.at);
    for (var group : view.pages()) {
      for (var page : group) {
        long length = valueBytes(page, view.rotation().length());
        if (length > 0) page.copyTo(image.asSlice(out.at, length));
        out.at += length;
      }
    }
  }

  private static void write(Partition partition, Writer out) {
    write(partition.reach().sideways(), out);
    write(partition.reach().behind(), out);
    out.put(partition.centres());
    out.put(partition.factors());
    out.put(partition.cohesions());
  }

  private static void write(Recent recent, Writer out) {
    out.put(recent.seen());
    out.put(recent.numbers());
  }

  private static void write(Cell cell, int words, Writer out) {
    out.put(cell.size());
    out.put(cell.items());
    out.put(cell.codes(), cell.blocks() * Hamming.BLOCK * words);
  }

  static VectorView open(MemorySegment image) {
    var in = new Reader(image);
    if (image.byteSize() < 2 * Long.BYTES || in.getLong() != MAGIC) {
      throw new IllegalArgumentException(
          "not an image of vectors that this version and machine can read");
    }
    long bytes = in.getLong();
    if (image.byteSize() < bytes) {
      throw new IllegalArgumentException(
          "the image is cut off: " + image.byteSize() + " bytes of " + bytes);
    }
    long seed = in.getLong();
    var rotation = new Rotation(in.getInt(), seed);
    var cells = new Cell[in.getInt()];
    var pages = new VectorPage[in.getInt()][VectorView.PAGES];
    var partition = partition(cells.length, rotation.length(), in);
    int size = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = cell(rotation.words(), in);
      size += cells[cell].size();
    }
    readPages(pages, rotation.length(), in);
    return new VectorView(rotation, partition, cells, pages, size);
  }

  private static Partition partition(int cells, int length, Reader in) {
    var reach = new Reach(recent(in), recent(in));
    byte[] centres = in.getBytes(cells * length);
    return Partition.of(centres, in.getFloats(cells), in.getFloats(cells), length, reach);
  }

  private static Recent recent(Reader in) {
    long seen = in.getLong();
    return new Recent(in.getFloats(Recent.REMEMBERED), seen);
  }

  private static Cell cell(int words, Reader in) {
    int size = in.getInt();
    int slots = Math.ceilDiv(size, Hamming.BLOCK) * Hamming.BLOCK;
    int[] items = Arrays.copyOf(in.getInts(size), slots);
    return Cell.of(in.getLongs(slots * words), items, words, size);
  }

  /** Where a page's vectors lie follows from the pages before it that have any. */
  private static void readPages(VectorPage[][] pages, int length, Reader in) {
    long[] present = new long[pages.length * VectorView.PAGES];
    float[][] factors = new float[present.length][];
    for (int page = 0; page < present.length; page++) {
      present[page] = in.getLong();
      factors[page] = in.getFloats(present[page] == 0 ? 0 : VectorPage.ROWS);
    }
    long at = aligned(in.at);
    var vacant = VectorPage.vacant(length);
    for (int page = 0; page < present.length; page++) {
      var read = vacant;
      if (present[page] != 0) {
        long bytes = (long) VectorPage.ROWS * length;
        read = VectorPage.mapped(in.image.asSlice(at, bytes), factors[page], length, present[page]);
        at += bytes;
      }
      pages[page / VectorView.PAGES][page % VectorView.PAGES] = read;
    }
  }

  /** Puts values one after the other. */
  private static final class Writer {
    private final MemorySegment image;
    private long at;

    Writer(MemorySegment image) {
      this.image = image;
    }

    void put(long value) {
      image.set(JAVA_LONG_UNALIGNED, at, value);
      at += Long.BYTES;
    }

    void put(int value) {
      image.set(JAVA_INT_UNALIGNED, at, value);
      at += Integer.BYTES;
    }

    void put(float[] values) {
      MemorySegment.copy(values, 0, image, JAVA_FLOAT_UNALIGNED, at, values.length);
      at += (long) values.length * Float.BYTES;
    }

    void put(int[] values) {
      MemorySegment.copy(values, 0, image, JAVA_INT_UNALIGNED, at, values.length);
      at += (long) values.length * Integer.BYTES;
    }

    void put(byte[] values) {
      MemorySegment.copy(values, 0, image, JAVA_BYTE, at, values.length);
      at += values.length;
    }

    void put(long[] values, int length) {
      MemorySegment.copy(values, 0, image, JAVA_LONG_UNALIGNED, at, length);
      at += (long) length * Long.BYTES;
    }
  }

  /** Gets them back in the same order. */
  private static final class Reader {
    private final MemorySegment image;
    private long at;

    Reader(MemorySegment image) {
      this.image = image;
    }

    long getLong() {
      long value = image.get(JAVA_LONG_UNALIGNED, at);
      at += Long.BYTES;
      return value;
    }

    int getInt() {
      int value = image.get(JAVA_INT_UNALIGNED, at);
      at += Integer.BYTES;
      return value;
    }

    float[] getFloats(int length) {
      float[] values = new float[length];
      MemorySegment.copy(image, JAVA_FLOAT_UNALIGNED, at, values, 0, length);
      at += (long) length * Float.BYTES;
      return values;
    }

    int[] getInts(int length) {
      int[] values = new int[length];
      MemorySegment.copy(image, JAVA_INT_UNALIGNED, at, values, 0, length);
      at += (long) length * Integer.BYTES;
      return values;
    }

    byte[] getBytes(int length) {
      byte[] values = new byte[length];
      MemorySegment.copy(image, JAVA_BYTE, at, values, 0, length);
      at += length;
      return values;
    }

    long[] getLongs(int length) {
      long[] values = new long[length];
      MemorySegment.copy(image, JAVA_LONG_UNALIGNED, at, values, 0, length);
      at += (long) length * Long.BYTES;
      return values;
    }
  }
}
