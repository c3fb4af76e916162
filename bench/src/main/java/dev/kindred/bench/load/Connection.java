package dev.kindred.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connection with at most one request under way. Reads just enough of an answer to know where it
 * ends.
 */
final class Connection {

  /** What {@link #advance} says while the answer is not whole yet. */
  static final int MORE = -1;

  private static final byte[] LENGTH =
      "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int HEAD_MAX = 64 << 10;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocateDirect(HEAD_MAX);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private boolean waiting;
  private long dueSince;
  private int status;
  private long bodyLeft;

  private Connection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  static Connection open(InetSocketAddress target, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(target);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    var connection = new Connection(channel, key);
    key.attach(connection);
    return connection;
  }

  boolean isWaiting() {
    return waiting;
  }

  long dueSince() {
    return dueSince;
  }

  void send(byte[] request, long dueSince) throws IOException {
    this.dueSince = dueSince;
    waiting = true;
    status = 0;
    in.clear();
    out = ByteBuffer.wrap(request);
    channel.write(out);
    if (out.hasRemaining()) key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** Goes on sending and reading; returns the status of the answer once it is whole. */
  int advance() throws IOException {
    if (out.hasRemaining()) {
      channel.write(out);
      if (!out.hasRemaining()) key.interestOps(SelectionKey.OP_READ);
    }
    while (true) {
      int read = channel.read(in);
      if (read < 0) throw new EOFException("closed before the answer was whole");
      if (read == 0) return MORE;
      if (status != 0) {
        bodyLeft -= read;
        in.clear();
      } else if (!readHead()) {
        continue;
      }
      if (bodyLeft <= 0) {
        waiting = false;
        return status;
      }
    }
  }

  private boolean readHead() throws IOException {
    int end = in.position();
    for (int i = 3; i < end; i++) {
      if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n') {
        status = 100 * (in.get(9) - '0') + 10 * (in.get(10) - '0') + (in.get(11) - '0');
        bodyLeft = contentLength(i) - (end - i - 1);
        in.clear();
        return true;
      }
    }
    if (!in.hasRemaining()) throw new IOException("a head of more than " + HEAD_MAX + " bytes");
    return false;
  }

  private long contentLength(int headEnd) throws IOException {
    for (int line = 0; line < headEnd; line++) {
      if (in.get(line) != '\n' || !isLength(line + 1)) continue;
      long length = 0;
      for (int i = line + 1 + LENGTH.length; in.get(i) != '\r'; i++) {
        if (in.get(i) != ' ') length = 10 * length + (in.get(i) - '0');
      }
      return length;
    }
    if (status == 204 || status == 304) return 0;
    throw new IOException("an answer without Content-Length, status " + status);
  }

  private boolean isLength(int from) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((in.get(from + i) | (LENGTH[i] == '-' || LENGTH[i] == ':' ? 0 : 0x20)) != LENGTH[i])
        return false;
    }
    return true;
  }

  void close() {
    try {
      key.cancel();
      channel.close();
    } catch (IOException closed) {
      // It is gone either way.
    }
  }
}
