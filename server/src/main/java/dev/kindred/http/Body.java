package dev.kindred.http;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Unavailable;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.RoutingRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** What a request carries, read within its bounds and unpacked. */
final class Body {

  private static final byte[] NONE = {};
  private static final int FIRST_GUESS = 8 << 10;

  private final RoutingRequest request;
  private final int bytesMax;
  private final BodyBudget budget;
  private boolean taken;
  private long reserved;

  Body(RoutingRequest request, int bytesMax, BodyBudget budget) {
    this.request = request;
    this.bytesMax = bytesMax;
    this.budget = budget;
  }

  /** All of it. */
  byte[] bytes() {
    if (!request.content().hasEntity()) return NONE;
    long announced = announcedLength(request.headers());
    if (announced > bytesMax) throw tooLarge();
    boolean packed = isPacked();
    taken = true;
    try (InputStream in = unpacked(new Sent(request.content().inputStream()), packed)) {
      int guess =
          announced < 0 || packed
              ? FIRST_GUESS
              : (int) Math.min(announced, BodyBudget.UNCOUNTED_BYTES);
      return readAll(in, guess);
    } catch (IOException broken) {
      throw broken(broken);
    }
  }

  /** Bit by bit. */
  InputStream stream() {
    if (!request.content().hasEntity()) return InputStream.nullInputStream();
    boolean packed = isPacked();
    taken = true;
    try {
      return new Unpacked(unpacked(new Sent(request.content().inputStream()), packed));
    } catch (IOException broken) {
      throw broken(broken);
    }
  }

  /** Whether somebody has begun to read it. */
  boolean isTaken() {
    return taken;
  }

  /** The request is answered: its memory is free again. */
  void release() {
    if (reserved > 0) budget.giveBack(reserved);
    reserved = 0;
  }

  private void reserve(int bytes) {
    if (bytes <= BodyBudget.UNCOUNTED_BYTES) return;
    release();
    if (!budget.take(bytes)) throw Unavailable.overloaded("the memory for bodies");
    reserved = bytes;
  }

  private byte[] readAll(InputStream in, int guess) throws IOException {
    byte[] bytes = new byte[Math.max(1, guess)];
    int length = 0;
    while (true) {
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      length += read;
      if (length > bytesMax) throw tooLarge();
      if (length < bytes.length) continue;
      int one = in.read();
      if (one < 0) return bytes;
      if (length == bytesMax) throw tooLarge();
      int larger = (int) Math.min(2L * length + 64, bytesMax + 1L);
      reserve(larger);
      bytes = Arrays.copyOf(bytes, larger);
      bytes[length++] = (byte) one;
    }
  }

  private boolean isPacked() {
    Headers headers = request.headers();
    if (!headers.contains(HeaderNames.CONTENT_ENCODING)) return false;
    String coding = headers.get(HeaderNames.CONTENT_ENCODING).get().strip();
    return switch (coding.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw new KindredException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding must be gzip or identity, got " + Shown.value(coding));
    };
  }

  private static InputStream unpacked(InputStream in, boolean packed) throws IOException {
    return packed ? new GZIPInputStream(in, FIRST_GUESS) : in;
  }

  private static long announcedLength(Headers headers) {
    return headers.contentLength().orElse(-1);
  }

  private KindredException tooLarge() {
    return new KindredException(
        ErrorCode.PAYLOAD_TOO_LARGE,
        "the body must have at most " + bytesMax + " bytes, packed and unpacked");
  }

  private static KindredException broken(IOException broken) {
    return new KindredException(
        ErrorCode.BAD_REQUEST, "the body is not valid gzip: " + broken.getMessage());
  }

  /** The bytes as sent, with an early end told as the client's mistake that it is. */
  private static final class Sent extends FilterInputStream {

    Sent(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (DataReader.InsufficientDataAvailableException cut) {
        throw cutShort();
      } catch (RequestException | IllegalArgumentException | IllegalStateException malformed) {
        throw malformed();
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (DataReader.InsufficientDataAvailableException cut) {
        throw cutShort();
      } catch (RequestException | IllegalArgumentException | IllegalStateException malformed) {
        throw malformed();
      }
    }

    private static KindredException cutShort() {
      return new KindredException(
          ErrorCode.BAD_REQUEST, "the body ended before all of it that was announced had come");
    }

    private static KindredException malformed() {
      return new KindredException(
          ErrorCode.BAD_REQUEST,
          "the body is not well-formed chunks of Transfer-Encoding: chunked");
    }
  }

  /** What a handler reads: broken packing is the client's mistake too. */
  private static final class Unpacked extends FilterInputStream {

    Unpacked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException broken) {
        throw broken(broken);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException broken) {
        throw broken(broken);
      }
    }
  }
}
