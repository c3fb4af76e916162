package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.airlift.compress.Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes Parquet files as other programs do: plain or by a dictionary, packed in several ways. */
final class TestParquet {

  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int TEXT = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  /**
   * A column.
   *
   * @param converted what its values mean, or -1
   * @param values texts, doubles or longs; null where there is none
   */
  record Column(
      String name,
      int type,
      int converted,
      boolean optional,
      boolean byDictionary,
      List<Optional<Object>> values) {}

  private record Chunk(Column column, long start, long bytes) {}

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int codec;

  private TestParquet(int codec) {
    this.codec = codec;
  }

  /** A file whose rows stand in groups of so many. */
  static byte[] write(int codec, int rowsAGroup, List<Column> columns) throws IOException {
    return new TestParquet(codec).write(rowsAGroup, columns);
  }

  private byte[] write(int rowsAGroup, List<Column> columns) throws IOException {
    out.write("PAR1".getBytes(UTF_8));
    int rows = columns.getFirst().values().size();
    var groups = new ArrayList<List<Chunk>>();
    for (int from = 0; from < rows; from += rowsAGroup) {
      int to = Math.min(rows, from + rowsAGroup);
      var chunks = new ArrayList<Chunk>();
      for (Column column : columns) chunks.add(chunk(column, column.values().subList(from, to)));
      groups.add(chunks);
    }
    var footer = new ByteArrayOutputStream();
    number(footer, 1, I32, 2);
    list(footer, 2, columns.size() + 1);
    text(footer, 4, "root");
    number(footer, 5, I32, columns.size());
    footer.write(0);
    for (Column column : columns) {
      number(footer, 1, I32, column.type());
      number(footer, 3, I32, column.optional() ? 1 : 0);
      text(footer, 4, column.name());
      if (column.converted() >= 0) number(footer, 6, I32, column.converted());
      footer.write(0);
    }
    number(footer, 3, I64, rows);
    list(footer, 4, groups.size());
    for (List<Chunk> chunks : groups) {
      list(footer, 1, chunks.size());
      for (Chunk chunk : chunks) chunk(footer, chunk);
      number(footer, 3, I64, chunks.getFirst().column().values().size());
      footer.write(0);
    }
    footer.write(0);
    out.write(footer.toByteArray());
    out.write(little(footer.size()));
    out.write("PAR1".getBytes(UTF_8));
    return out.toByteArray();
  }

  private void chunk(ByteArrayOutputStream footer, Chunk chunk) {
    field(footer, 3, STRUCT);
    number(footer, 1, I32, chunk.column().type());
    field(footer, 3, LIST);
    footer.write(1 << 4 | TEXT);
    plainText(footer, chunk.column().name());
    number(footer, 4, I32, codec);
    number(footer, 5, I64, chunk.column().values().size());
    number(footer, 7, I64, chunk.bytes());
    number(footer, 9, I64, chunk.start());
    footer.write(0);
    footer.write(0);
  }

  private Chunk chunk(Column column, List<Optional<Object>> values) throws IOException {
    long start = out.size();
    List<Object> there = values.stream().flatMap(Optional::stream).toList();
    var distinct = new ArrayList<>(new LinkedHashSet<>(there));
    if (column.byDictionary()) page(2, plain(distinct), distinct.size(), 0);
    var body = new ByteArrayOutputStream();
    if (column.optional()) {
      var levels = new ByteArrayOutputStream();
      for (Optional<Object> value : values) {
        levels.write(2);
        levels.write(value.isPresent() ? 1 : 0);
      }
      body.write(little(levels.size()));
      body.write(levels.toByteArray());
    }
    if (column.byDictionary()) {
      body.write(8);
      varint(body, (there.size() + 7) / 8 * 2L + 1);
      for (Object value : there) body.write(distinct.indexOf(value));
      for (int i = there.size(); i % 8 != 0; i++) body.write(0);
    } else {
      body.write(plain(there));
    }
    page(0, body.toByteArray(), values.size(), column.byDictionary() ? 8 : 0);
    var part =
        new Column(
            column.name(),
            column.type(),
            column.converted(),
            column.optional(),
            column.byDictionary(),
            values);
    return new Chunk(part, start, out.size() - start);
  }

  private void page(int type, byte[] body, int values, int encoding) throws IOException {
    byte[] packed = packed(body);
    number(out, 1, I32, type);
    number(out, 2, I32, body.length);
    number(out, 3, I32, packed.length);
    field(out, type == 2 ? 7 : 5, STRUCT);
    number(out, 1, I32, values);
    number(out, 2, I32, encoding);
    out.write(0);
    out.write(0);
    out.write(packed);
  }

  private byte[] packed(byte[] body) throws IOException {
    if (codec == 0) return body;
    if (codec == 2) {
      var packed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(packed)) {
        gzip.write(body);
      }
      return packed.toByteArray();
    }
    Compressor compressor = codec == 1 ? new SnappyCompressor() : new ZstdCompressor();
    byte[] room = new byte[compressor.maxCompressedLength(body.length)];
    int length = compressor.compress(body, 0, body.length, room, 0, room.length);
    return Arrays.copyOf(room, length);
  }

  private static byte[] plain(List<?> values) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (Object value : values) {
      switch (value) {
        case String text -> {
          bytes.write(little(text.getBytes(UTF_8).length));
          bytes.write(text.getBytes(UTF_8));
        }
        case Double number -> bytes.write(buffer(8).putDouble(number).array());
        case Long number -> bytes.write(buffer(8).putLong(number).array());
        default -> throw new IllegalArgumentException("not for tests: " + value);
      }
    }
    return bytes.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] little(int number) {
    return buffer(4).putInt(number).array();
  }

  private static void field(ByteArrayOutputStream to, int id, int type) {
    to.write(type);
    varint(to, 2L * id);
  }

  private static void number(ByteArrayOutputStream to, int id, int type, long value) {
    field(to, id, type);
    varint(to, value << 1);
  }

  private static void text(ByteArrayOutputStream to, int id, String text) {
    field(to, id, TEXT);
    plainText(to, text);
  }

  private static void plainText(ByteArrayOutputStream to, String text) {
    varint(to, text.length());
    to.writeBytes(text.getBytes(UTF_8));
  }

  private static void list(ByteArrayOutputStream to, int id, int size) {
    field(to, id, LIST);
    to.write(15 << 4 | STRUCT);
    varint(to, size);
  }

  private static void varint(ByteArrayOutputStream to, long value) {
    long rest = value;
    for (; rest > 127; rest >>>= 7) to.write((int) ((rest & 127) | 128));
    to.write((int) rest);
  }
}
