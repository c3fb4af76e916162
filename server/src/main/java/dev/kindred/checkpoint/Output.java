package dev.kindred.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Numbers and arrays on their way into a file, with a checksum. For one thread. */
public final class Output {
  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final Images images;
  private final CRC32C sum = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  Output(FileChannel file, Images images) {
    this.file = file;
    this.images = images;
  }

  /** Where images lie: each in a file of its own, so that it can be mapped. */
  interface Images {
    /** Makes the next one; returns what {@link Input} finds it by. */
    String write(long bytes, Consumer<MemorySegment> image) throws IOException;
  }

  public void number(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  public void number(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  public void text(String text) throws IOException {
    bytes(text.getBytes(UTF_8));
  }

  public void bytes(byte[] values) throws IOException {
    bytes(values, values.length);
  }

  /** The first bytes of an array, with their number. */
  public void bytes(byte[] values, int length) throws IOException {
    number(length);
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, room(1).remaining());
      buffer.put(values, from, count);
      from += count;
    }
  }

  /** An array with its length. */
  public void ints(int[] values) throws IOException {
    number(values.length);
    ints(values, values.length);
  }

  /** The first numbers of an array; how many they are, the reader has to know. */
  public void ints(int[] values, int length) throws IOException {
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, room(Integer.BYTES).remaining() / Integer.BYTES);
      buffer.asIntBuffer().put(values, from, count);
      buffer.position(buffer.position() + count * Integer.BYTES);
      from += count;
    }
  }

  /** An array with its length. */
  public void longs(long[] values) throws IOException {
    number(values.length);
    longs(values, values.length);
  }

  /** The first numbers of an array; how many they are, the reader has to know. */
  public void longs(long[] values, int length) throws IOException {
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, room(Long.BYTES).remaining() / Long.BYTES);
      buffer.asLongBuffer().put(values, from, count);
      buffer.position(buffer.position() + count * Long.BYTES);
      from += count;
    }
  }

  /** An array with its length. */
  public void doubles(double[] values) throws IOException {
    number(values.length);
    for (int from = 0; from < values.length; ) {
      int count = Math.min(values.length - from, room(Double.BYTES).remaining() / Double.BYTES);
      buffer.asDoubleBuffer().put(values, from, count);
      buffer.position(buffer.position() + count * Double.BYTES);
      from += count;
    }
  }

  /** Bytes that are to be mapped when they are read. */
  public void image(long bytes, Consumer<MemorySegment> image) throws IOException {
    text(images.write(bytes, image));
  }

  /** Writes what is left, and the checksum of all. */
  void finish() throws IOException {
    flush();
    long value = sum.getValue();
    number(value);
    flush();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) flush();
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    sum.update(buffer.duplicate());
    while (buffer.hasRemaining()) file.write(buffer);
    buffer.clear();
  }
}
