package dev.kindred.learn;

import dev.kindred.engine.SparseRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Numbers as bytes, handed over in pieces of bounded size as they are full. */
final class ModelOutput {
  private static final int PIECE = 1 << 20;

  private final Consumer<byte[]> pieces;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);

  ModelOutput(Consumer<byte[]> pieces) {
    this.pieces = pieces;
  }

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

  /** Hands over what is left; nothing may be written afterwards. */
  void end() {
    if (buffer.position() > 0) finishPiece();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) finishPiece();
    return buffer;
  }

  private void finishPiece() {
    byte[] piece = new byte[buffer.position()];
    buffer.flip().get(piece);
    buffer.clear();
    pieces.accept(piece);
  }
}
