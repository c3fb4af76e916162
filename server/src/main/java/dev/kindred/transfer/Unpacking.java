package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks what is packed with gzip or zstd, which its first bytes tell. What was packed to keep
 * somebody busy, a small file that never seems to end, is refused.
 */
final class Unpacking {

  /** Real data shrinks to a tenth, seldom to a fiftieth; so much more is somebody's trick. */
  static final int TIMES_MAX = 250;

  /**
   * So much may come whatever the ratio, for short files of one repeated line are nobody's trick.
   */
  static final long FREE_BYTES = 64L << 20;

  private static final int BUFFER = 64 << 10;
  private static final int[] GZIP = {0x1f, 0x8b};
  private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};

  private Unpacking() {}

  static InputStream of(InputStream source) throws IOException {
    var counting = new Counting(source);
    var in = new BufferedInputStream(counting, BUFFER);
    in.mark(4);
    byte[] magic = in.readNBytes(4);
    in.reset();
    if (!startsWith(magic, GZIP) && !startsWith(magic, ZSTD)) return in;
    try {
      boolean isGzip = startsWith(magic, GZIP);
      return new Bounded(
          isGzip ? new GZIPInputStream(in, BUFFER) : new ZstdInputStream(in), counting);
    } catch (IOException | RuntimeException broken) {
      throw broken(broken);
    }
  }

  private static InvalidRequest broken(Exception broken) {
    return new InvalidRequest(
        "the file is not whole, or was not packed as it says: " + broken.getMessage());
  }

  private static boolean startsWith(byte[] magic, int[] bytes) {
    if (magic.length < bytes.length) return false;
    for (int i = 0; i < bytes.length; i++) if ((magic[i] & 0xff) != bytes[i]) return false;
    return true;
  }

  /** Counts what was read. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) count++;
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) count += read;
      return read;
    }
  }

  /** Watches the ratio, and tells broken packing in words. */
  private static final class Bounded extends FilterInputStream {
    private final Counting packed;
    private long count;

    Bounded(InputStream in, Counting packed) {
      super(in);
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read;
      try {
        read = super.read(into, offset, length);
      } catch (IOException | RuntimeException broken) {
        throw broken(broken);
      }
      if (read > 0) count += read;
      if (count > FREE_BYTES && count / TIMES_MAX > packed.count) {
        throw new InvalidRequest(
            "the file unpacks to more than "
                + TIMES_MAX
                + " times its size; unpack it first if that is meant");
      }
      return read;
    }
  }
}
