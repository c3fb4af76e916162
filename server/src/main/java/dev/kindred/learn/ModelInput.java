package dev.kindred.learn;

import dev.kindred.engine.SparseRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;

/**
 * Reads what {@link ModelOutput} wrote, and uses it up: a piece that was read is let go, so that a
 * model and its bytes are never there together as a whole.
 */
final class ModelInput {
  private final Queue<byte[]> pieces;
  private ByteBuffer piece = ByteBuffer.allocate(0);

  ModelInput(Queue<byte[]> pieces) {
    this.pieces = pieces;
  }

  int integer() {
    return next().getInt();
  }

  long longInteger() {
    return next().getLong();
  }

  float decimal() {
    return next().getFloat();
  }

  double longDecimal() {
    return next().getDouble();
  }

  int[] integers() {
    int[] values = new int[integer()];
    for (int from = 0; from < values.length; ) {
      ByteBuffer in = next();
      int count = Math.min(values.length - from, in.remaining() / Integer.BYTES);
      in.asIntBuffer().get(values, from, count);
      in.position(in.position() + count * Integer.BYTES);
      from += count;
    }
    return values;
  }

  float[] decimals() {
    float[] values = new float[integer()];
    for (int from = 0; from < values.length; ) {
      ByteBuffer in = next();
      int count = Math.min(values.length - from, in.remaining() / Float.BYTES);
      in.asFloatBuffer().get(values, from, count);
      in.position(in.position() + count * Float.BYTES);
      from += count;
    }
    return values;
  }

  byte[] bytes() {
    byte[] values = new byte[integer()];
    for (int from = 0; from < values.length; ) {
      ByteBuffer in = next();
      int count = Math.min(values.length - from, in.remaining());
      in.get(values, from, count);
      from += count;
    }
    return values;
  }

  SparseRows rows() {
    return new SparseRows(integer(), integers(), integers(), decimals());
  }

  private ByteBuffer next() {
    if (!piece.hasRemaining()) {
      piece = ByteBuffer.wrap(pieces.remove()).order(ByteOrder.LITTLE_ENDIAN);
    }
    return piece;
  }
}
