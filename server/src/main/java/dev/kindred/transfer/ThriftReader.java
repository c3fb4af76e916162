package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Reads structs of Thrift's compact protocol, in which Parquet writes what it says of itself.
 * Whoever reads a struct asks for the next field until there is none, and reads its value or skips
 * it.
 *
 * <p>What is broken ends in a {@link RuntimeException}; what it claims of lengths is believed only
 * as far as there are bytes.
 */
final class ThriftReader {

  static final int TRUE = 1;
  static final int LIST = 9;
  static final int STRUCT = 12;

  private static final int STOP = 0;
  private static final int DEPTH_MAX = 16;

  private final ByteBuffer in;
  private final int[] lastIds = new int[DEPTH_MAX];
  private int depth;
  private int type;

  ThriftReader(ByteBuffer in) {
    this.in = in;
  }

  void beginStruct() {
    lastIds[depth++] = 0;
  }

  /** The id of the next field, or 0 at the end of the struct. */
  int nextField() {
    int header = in.get() & 0xff;
    type = header & 0x0f;
    if (type == STOP) {
      depth--;
      return 0;
    }
    int delta = header >>> 4;
    int id = delta == 0 ? (int) zigzag() : lastIds[depth - 1] + delta;
    lastIds[depth - 1] = id;
    return id;
  }

  int intValue() {
    return Math.toIntExact(zigzag());
  }

  long longValue() {
    return zigzag();
  }

  boolean boolValue() {
    return type == TRUE;
  }

  String text() {
    byte[] bytes = new byte[length()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }

  /** How many elements a list has, whose values are to be read next. */
  int beginList() {
    int header = in.get() & 0xff;
    type = header & 0x0f;
    int size = header >>> 4;
    if (size == 15) size = Math.toIntExact(varint());
    // Every element takes a byte at least.
    if (size < 0 || size > in.remaining()) throw new IllegalArgumentException("a list is cut off");
    return size;
  }

  /** Goes past the value of the field. */
  void skip() {
    skip(type);
  }

  private void skip(int kind) {
    switch (kind) {
      case 1, 2 -> {}
      case 3 -> in.get();
      case 4, 5, 6 -> varint();
      case 7 -> in.getLong();
      case 8 -> in.position(in.position() + length());
      case LIST, 10 -> {
        int size = beginList();
        int of = type;
        for (int i = 0; i < size; i++) {
          if (of <= 2) in.get();
          else skip(of);
        }
      }
      case STRUCT -> {
        beginStruct();
        while (nextField() != 0) skip();
      }
      default -> throw new IllegalArgumentException("no such type: " + kind);
    }
  }

  private int length() {
    int length = Math.toIntExact(varint());
    if (length < 0 || length > in.remaining())
      throw new IllegalArgumentException("a text is cut off");
    return length;
  }

  private long zigzag() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) return value;
    }
    throw new IllegalArgumentException("a number has no end");
  }
}
