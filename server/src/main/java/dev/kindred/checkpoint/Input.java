package dev.kindred.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Gets back what {@link Output} wrote, in the same order. The file is read and not mapped, so that
 * it takes no memory afterwards. For one thread.
 */
public final class Input {
  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final Images images;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();

  Input(FileChannel file, Images images) {
    this.file = file;
    this.images = images;
  }

  /** Finds images by what {@link Output.Images} told. */
  interface Images {
    MemorySegment open(String name) throws IOException;
  }

  public int number() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  public long longNumber() throws IOException {
    return need(Long.BYTES).getLong();
  }

  public String text() throws IOException {
    return new String(bytes(), UTF_8);
  }

  public byte[] bytes() throws IOException {
    byte[] values = new byte[length(Byte.BYTES)];
    for (int from = 0; from < values.length; ) {
      int count = Math.min(values.length - from, need(1).remaining());
      buffer.get(values, from, count);
      from += count;
    }
    return values;
  }

  public int[] ints() throws IOException {
    return ints(length(Integer.BYTES));
  }

  public int[] ints(int length) throws IOException {
    int[] values = new int[length];
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, need(Integer.BYTES).remaining() / Integer.BYTES);
      buffer.asIntBuffer().get(values, from, count);
      buffer.position(buffer.position() + count * Integer.BYTES);
      from += count;
    }
    return values;
  }

  public long[] longs() throws IOException {
    return longs(length(Long.BYTES));
  }

  public long[] longs(int length) throws IOException {
    long[] values = new long[length];
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, need(Long.BYTES).remaining() / Long.BYTES);
      buffer.asLongBuffer().get(values, from, count);
      buffer.position(buffer.position() + count * Long.BYTES);
      from += count;
    }
    return values;
  }

  public double[] doubles() throws IOException {
    double[] values = new double[length(Double.BYTES)];
    for (int from = 0; from < values.length; ) {
      int count = Math.min(values.length - from, need(Double.BYTES).remaining() / Double.BYTES);
      buffer.asDoubleBuffer().get(values, from, count);
      buffer.position(buffer.position() + count * Double.BYTES);
      from += count;
    }
    return values;
  }

  /** What {@link Output#image} wrote, mapped, for as long as somebody refers to it. */
  public MemorySegment image() throws IOException {
    return images.open(text());
  }

  /** A length that the file can hold. */
  private int length(int bytesEach) throws IOException {
    int length = number();
    long left = file.size() - file.position() + buffer.remaining();
    if (length < 0 || (long) length * bytesEach > left) {
      throw new EOFException("a length of " + length + " in a checkpoint that has " + left);
    }
    return length;
  }

  private ByteBuffer need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        if (file.read(buffer) < 0) throw new EOFException("the checkpoint ends too early");
      }
      buffer.flip();
    }
    return buffer;
  }
}
