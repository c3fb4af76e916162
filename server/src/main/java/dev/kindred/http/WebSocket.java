package dev.kindred.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a WebSocket (RFC 6455): text messages up to a length, pings and closing,
 * without extensions. One thread reads; any may send.
 */
final class WebSocket {

  static final int NORMAL = 1_000;
  static final int GOING_AWAY = 1_001;
  private static final int PROTOCOL_ERROR = 1_002;
  private static final int NOT_TEXT = 1_003;
  private static final int NO_STATUS = 1_005;
  private static final int NOT_UTF_8 = 1_007;
  private static final int TOO_LONG = 1_009;

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int CONTROL_BYTES_MAX = 125;

  private final DataReader in;
  private final DataWriter out;
  private final int messageBytesMax;
  private final Runnable heard;
  private boolean isClosed;

  /** Why a connection has to end. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Broken(int code, String why) {
      super(why, null, false, false);
      this.code = code;
    }
  }

  private record Frame(boolean isLast, int opcode, byte[] payload) {}

  /**
   * Takes a connection over.
   *
   * @param heard called when something came in
   */
  WebSocket(DataReader in, DataWriter out, int messageBytesMax, Runnable heard) {
    this.in = in;
    this.out = out;
    this.messageBytesMax = messageBytesMax;
    this.heard = heard;
  }

  /** What has to stand in Sec-WebSocket-Accept. */
  static String accept(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  /** Waits for the next text; null when the connection has come to its end. */
  @Nullable String read() {
    try {
      return next();
    } catch (Broken broken) {
      close(broken.code, String.valueOf(broken.getMessage()));
      return null;
    }
  }

  private @Nullable String next() throws Broken {
    var message = new ByteArrayOutputStream();
    boolean isBegun = false;
    while (true) {
      Frame frame = frame(messageBytesMax - message.size());
      heard.run();
      switch (frame.opcode()) {
        case PING -> send(PONG, frame.payload());
        case PONG -> {}
        case CLOSE -> {
          close(codeIn(frame.payload()), "");
          return null;
        }
        case TEXT, CONTINUATION -> {
          boolean continues = frame.opcode() == CONTINUATION;
          if (continues != isBegun) throw new Broken(PROTOCOL_ERROR, "a frame out of turn");
          isBegun = true;
          message.writeBytes(frame.payload());
          if (frame.isLast()) return text(message.toByteArray());
        }
        case BINARY -> throw new Broken(NOT_TEXT, "messages are text");
        default -> throw new Broken(PROTOCOL_ERROR, "an unknown kind of frame");
      }
    }
  }

  private Frame frame(int bytesMax) throws Broken {
    int first = in.read() & 0xff;
    int second = in.read() & 0xff;
    int opcode = first & 0x0f;
    boolean isLast = (first & 0x80) != 0;
    if ((first & 0x70) != 0) throw new Broken(PROTOCOL_ERROR, "reserved bits");
    if ((second & 0x80) == 0) throw new Broken(PROTOCOL_ERROR, "a frame without a mask");
    long length = second & 0x7f;
    if (length == 126) length = number(2);
    else if (length == 127) length = number(8);
    boolean isControl = opcode >= CLOSE;
    if (isControl && (length > CONTROL_BYTES_MAX || !isLast)) {
      throw new Broken(PROTOCOL_ERROR, "a control frame that is too long");
    }
    if (length < 0 || (!isControl && length > bytesMax)) {
      throw new Broken(TOO_LONG, "a message has at most " + messageBytesMax + " bytes");
    }
    byte[] mask = in.readBytes(4);
    byte[] payload = length == 0 ? new byte[0] : in.readBytes((int) length);
    for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
    return new Frame(isLast, opcode, payload);
  }

  private long number(int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) number = (number << 8) | (in.read() & 0xff);
    return number;
  }

  private static String text(byte[] bytes) throws Broken {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Broken(NOT_UTF_8, "text is UTF-8");
    }
  }

  private static int codeIn(byte[] payload) {
    int code = payload.length < 2 ? NO_STATUS : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    boolean isKnown = code >= NORMAL && code <= 1_014 && code != 1_004 && code != NO_STATUS;
    return isKnown || (code >= 3_000 && code < 5_000) ? code : NORMAL;
  }

  void send(byte[] text) {
    send(TEXT, text);
  }

  void ping() {
    send(PING, new byte[0]);
  }

  /** Says why it ends; nothing is sent after that. */
  void close(int code, String why) {
    byte[] reason = why.getBytes(UTF_8);
    byte[] payload = new byte[2 + reason.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(reason, 0, payload, 2, reason.length);
    send(CLOSE, payload);
  }

  private synchronized void send(int opcode, byte[] payload) {
    if (isClosed) return;
    isClosed = opcode == CLOSE;
    int length = payload.length;
    ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) (0x80 | opcode));
    if (length < 126) frame.put((byte) length);
    else if (length <= 0xffff) frame.put((byte) 126).putShort((short) length);
    else frame.put((byte) 127).putLong(length);
    frame.put(payload);
    out.writeNow(BufferData.create(frame.array(), 0, frame.position()));
  }
}
