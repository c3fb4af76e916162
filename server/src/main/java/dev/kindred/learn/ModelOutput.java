package dev.kindred.learn;

import dev.kindred.engine.SparseRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Numbers as bytes, in pieces of bounded size, and a name made from all of them. */
final class ModelOutput {
  private static final int PIECE = 1 << 20;
  private static final int NAME_LENGTH = 16;

  private final List<byte[]> pieces = new ArrayList<>();
  private ByteBuffer buffer = fresh();

  void number(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void number(long value) {
    room(Long.BYTES).putLong(value);
  }

  void number(float value) {
    room(Float.BYTES).putFloat(value);
  }

  void number(double value) {
    room(Double.BYTES).putDouble(value);
  }

  void numbers(int[] values) {
    number(values.length);
    for (int from = 0; from < values.length; ) {
      ByteBuffer to = room(Integer.BYTES);
      int count = Math.min(values.length - from, to.remaining() / Integer.BYTES);
      to.asIntBuffer().put(values, from, count);
      to.position(to.position() + count * Integer.BYTES);
      from += count;
    }
  }

  void numbers(float[] values) {
    number(values.length);
    for (int from = 0; from < values.length; ) {
      ByteBuffer to = room(Float.BYTES);
      int count = Math.min(values.length - from, to.remaining() / Float.BYTES);
      to.asFloatBuffer().put(values, from, count);
      to.position(to.position() + count * Float.BYTES);
      from += count;
    }
  }

  void bytes(byte[] values) {
    number(values.length);
    for (int from = 0; from < values.length; ) {
      ByteBuffer to = room(1);
      int count = Math.min(values.length - from, to.remaining());
      to.put(values, from, count);
      from += count;
    }
  }

  void rows(SparseRows rows) {
    number(rows.columns());
    numbers(rows.starts());
    numbers(rows.indexes());
    numbers(rows.values());
  }

  /** All of it; nothing may be written afterwards. */
  List<byte[]> pieces() {
    if (buffer.position() > 0) finishPiece();
    return pieces;
  }

  /** A name that other bytes do not have. */
  String name() {
    MessageDigest digest = sha256();
    for (byte[] piece : pieces()) digest.update(piece);
    return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) finishPiece();
    return buffer;
  }

  private void finishPiece() {
    byte[] piece = new byte[buffer.position()];
    buffer.flip().get(piece);
    pieces.add(piece);
    buffer = fresh();
  }

  private static ByteBuffer fresh() {
    return ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
