package dev.kindred.transfer;

import dev.kindred.transfer.ParquetFooter.Chunk;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.GZIPInputStream;

/**
 * The values of a column in a group of rows, one after the other; a page of them is held at a time.
 */
final class ParquetCursor {

  static final Cell NOTHING = Cell.plain("");

  private static final int PAGE_BYTES_MAX = 64 << 20;
  private static final int HEADER_BYTES = 8 << 10;
  private static final int HEADER_BYTES_MAX = 1 << 20;

  private static final int UNCOMPRESSED = 0;
  private static final int SNAPPY = 1;
  private static final int GZIP = 2;
  private static final int ZSTD = 6;

  private static final int DATA = 0;
  private static final int DICTIONARY = 2;
  private static final int DATA_V2 = 3;

  private static final int PLAIN = 0;
  private static final int PLAIN_DICTIONARY = 2;
  private static final int RLE = 3;
  private static final int RLE_DICTIONARY = 8;

  /** What stands before a page. */
  private record Header(
      int type, int unpacked, int packed, int values, int encoding, int levels, boolean isPacked) {}

  /** What the pages of one group may take together. */
  static final class Room {
    private static final long BYTES_MAX = 256L << 20;
    private long taken;

    /** Takes so much more, or less where it is negative. */
    private void take(long bytes) {
      taken += bytes;
      if (taken > BYTES_MAX) {
        throw new IllegalArgumentException(
            "its pages take more than " + BYTES_MAX + " bytes at once");
      }
    }
  }

  private final FileChannel file;
  private final ParquetColumn column;
  private final Chunk chunk;
  private final Room room;
  private final long end;
  private int held;
  private long at;

  private Cell[] dictionary = {};
  private int left;
  private HybridRuns levels = new HybridRuns(ByteBuffer.allocate(0), 0);
  private HybridRuns indices = levels;
  private ByteBuffer plain = ByteBuffer.allocate(0);
  private boolean isIndexed;
  private boolean areBits;

  ParquetCursor(FileChannel file, ParquetColumn column, Chunk chunk, Room room) throws IOException {
    this.file = file;
    this.column = column;
    this.chunk = chunk;
    this.room = room;
    this.at = chunk.start();
    this.end = Math.addExact(chunk.start(), chunk.bytes());
    if (at < 0 || end < at || end > file.size())
      throw new IllegalArgumentException("a chunk is cut off");
  }

  /** The next value; empty plain text where there is none. */
  Cell next() throws IOException {
    while (left == 0) readPage();
    left--;
    if (column.isOptional() && levels.next() == 0) return NOTHING;
    if (isIndexed) return dictionary[indices.next()];
    if (areBits) return Cell.json(indices.next() == 1 ? "true" : "false");
    return column.plain(plain);
  }

  private void readPage() throws IOException {
    if (at >= end) throw new IllegalArgumentException("there are fewer values than rows");
    Header header = header();
    requireSize(header.packed());
    requireSize(header.unpacked());
    boolean isDictionary = header.type() == DICTIONARY;
    room.take(header.unpacked() - (isDictionary ? 0 : held));
    if (!isDictionary) held = header.unpacked();
    ByteBuffer body = read(at, header.packed());
    at += header.packed();
    switch (header.type()) {
      case DICTIONARY -> readDictionary(unpacked(body, header.unpacked()), header.values());
      case DATA -> {
        ByteBuffer page = unpacked(body, header.unpacked());
        if (column.isOptional()) levels = new HybridRuns(part(page, page.getInt()), 1);
        begin(page, header);
      }
      case DATA_V2 -> {
        if (column.isOptional()) levels = new HybridRuns(part(body, header.levels()), 1);
        int unpacked = header.unpacked() - header.levels();
        begin(header.isPacked() ? unpacked(body, unpacked) : body, header);
      }
      default -> {} // an index, which we do not need
    }
  }

  private void begin(ByteBuffer page, Header header) {
    if (header.values() < 0) throw new IllegalArgumentException("a page holds fewer than none");
    left = header.values();
    plain = page;
    areBits = column.physical() == ParquetColumn.BOOLEAN;
    isIndexed = false;
    switch (header.encoding()) {
      case PLAIN -> {
        // Booleans are packed like indices of one bit, without anything before them.
        if (areBits) indices = HybridRuns.packed(page);
      }
      case RLE -> {
        if (!areBits) throw unknown("encoding", header.encoding());
        indices = new HybridRuns(part(page, page.getInt()), 1);
      }
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        isIndexed = true;
        if (page.hasRemaining()) indices = new HybridRuns(page, page.get());
      }
      default -> throw unknown("encoding", header.encoding());
    }
  }

  private void readDictionary(ByteBuffer page, int values) {
    if (values < 0 || values > page.remaining())
      throw new IllegalArgumentException("a dictionary is cut off");
    dictionary = new Cell[values];
    for (int i = 0; i < values; i++) dictionary[i] = column.plain(page);
  }

  private Header header() throws IOException {
    for (int size = HEADER_BYTES; ; size *= 4) {
      ByteBuffer bytes = read(at, (int) Math.min(size, end - at));
      try {
        Header header = header(new ThriftReader(bytes));
        at += bytes.position();
        return header;
      } catch (BufferUnderflowException tooShort) {
        if (size >= HEADER_BYTES_MAX || size >= end - at) throw tooShort;
      }
    }
  }

  private static Header header(ThriftReader in) {
    int type = -1;
    int unpacked = 0;
    int packed = 0;
    int values = 0;
    int encoding = PLAIN;
    int levels = 0;
    boolean isPacked = true;
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      switch (id) {
        case 1 -> type = in.intValue();
        case 2 -> unpacked = in.intValue();
        case 3 -> packed = in.intValue();
        case 5, 7, 8 -> {
          in.beginStruct();
          for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field == 1) values = in.intValue();
            else if (field == (id == 8 ? 4 : 2)) encoding = in.intValue();
            else if (id == 8 && (field == 5 || field == 6)) levels += in.intValue();
            else if (id == 8 && field == 7) isPacked = in.boolValue();
            else in.skip();
          }
        }
        default -> in.skip();
      }
    }
    return new Header(type, unpacked, packed, values, encoding, levels, isPacked);
  }

  /** Cuts off the beginning. */
  private static ByteBuffer part(ByteBuffer from, int length) {
    ByteBuffer part = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + length);
    return part;
  }

  private ByteBuffer read(long from, int length) throws IOException {
    if (from + length > end) throw new IllegalArgumentException("a page is cut off");
    var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new IllegalArgumentException("the file is cut off");
      }
    }
    return bytes.flip();
  }

  private ByteBuffer unpacked(ByteBuffer packed, int length) throws IOException {
    if (length < 0) throw new IllegalArgumentException("a page holds fewer than no bytes");
    if (chunk.codec() == UNCOMPRESSED) return packed;
    byte[] from = new byte[packed.remaining()];
    packed.get(from);
    byte[] bytes = new byte[length];
    int size =
        switch (chunk.codec()) {
          case SNAPPY ->
              new SnappyDecompressor().decompress(from, 0, from.length, bytes, 0, length);
          case ZSTD -> new ZstdDecompressor().decompress(from, 0, from.length, bytes, 0, length);
          case GZIP -> {
            try (var in = new GZIPInputStream(new ByteArrayInputStream(from))) {
              yield in.readNBytes(bytes, 0, length);
            }
          }
          default -> throw unknown("compression", chunk.codec());
        };
    return ByteBuffer.wrap(bytes, 0, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireSize(int bytes) {
    if (bytes < 0 || bytes > PAGE_BYTES_MAX) {
      throw new IllegalArgumentException("a page must have at most " + PAGE_BYTES_MAX + " bytes");
    }
  }

  private static IllegalArgumentException unknown(String what, int code) {
    return new IllegalArgumentException("its " + what + " " + code + " is not one that is read");
  }
}
