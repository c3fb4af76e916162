package dev.kindred.learn;

import dev.kindred.engine.SparseRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;

/** Reads what {@link ModelOutput} wrote. */
final class ModelInput {
  private final Iterator<byte[]> pieces;
  private ByteBuffer piece = ByteBuffer.allocate(0);

  ModelInput(List<byte[]> pieces) {
    this.pieces = pieces.iterator();
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
      piece = ByteBuffer.wrap(pieces.next()).order(ByteOrder.LITTLE_ENDIAN);
    }
    return piece;
  }
}
