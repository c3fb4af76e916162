package dev.kindred.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, and how long it has kept us waiting.
 *
 * <p>Helidon's sockets have no read timeout, so every read goes through here. The connection's own
 * thread says what it is doing; the {@link ConnectionWatch} looks now and then and ends connections
 * that are past their time.
 */
final class Connection implements ConnectionContext {

  /** Who has the connection: its own thread, the client, or nobody any more. */
  private enum State {
    WORKING,
    WAITING,
    EXPIRED
  }

  private enum Phase {
    /** Between two requests. */
    IDLE,
    /** A request's first line and headers have begun to come in. */
    HEAD,
    /** A request is being answered; what we wait for is its body. */
    BODY,
    /** It is a WebSocket; what we wait for is a sign of life. */
    SOCKET,
    /** The answer is sent and the rest of what the client says is thrown away. */
    LINGERING
  }

  private final ConnectionContext helidon;
  private final Router router;
  private final HttpSettings.Limits limits;
  private final int unreadBytesMax;
  private final DataReader reader;
  private final DataWriter writer;
  private final InetAddress peer;
  private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);

  private volatile Phase phase = Phase.IDLE;
  private volatile long waitingSince;
  // 0 while nothing is being written.
  private volatile long writingSince;
  private volatile long phaseEnds;

  // What this connection's last request showed, so that the same key is not hashed again. Null
  // before the first. Only the connection's thread comes here.
  private Keyring.@Nullable Shown lastShown;

  Connection(ConnectionContext helidon, Router router, HttpSettings.Limits limits) {
    this.helidon = helidon;
    this.router = router;
    this.limits = limits;
    this.unreadBytesMax = limits.bodyBytes() + (64 << 10);
    this.reader = DataReader.create(this::read);
    this.writer = new Writer(helidon.dataWriter());
    this.peer = addressOf(helidon.remotePeer());
    this.phaseEnds = System.nanoTime() + limits.idle().toNanos();
  }

  /** The address at the other end, which may be a proxy's. */
  InetAddress peer() {
    return peer;
  }

  Keyring.@Nullable Shown lastShown() {
    return lastShown;
  }

  void remember(Keyring.Shown shown) {
    lastShown = shown;
  }

  /** A request's head is complete; its body, if any, has to come within the limits. */
  void requestBegins() {
    enter(Phase.BODY, limits.whole());
  }

  /** The body is a stream: it may take any time as long as it keeps moving. */
  void bodyIsStreamed() {
    enter(Phase.BODY, Duration.ofDays(365));
  }

  /** It is a WebSocket, and something came in; it ends when nothing more does in that time. */
  void isSocket(Duration atMost) {
    enter(Phase.SOCKET, atMost);
  }

  void requestEnded() {
    enter(Phase.IDLE, limits.idle());
  }

  /**
   * Reads and forgets what the client still sends after an answer that ends the connection: closing
   * at once would take the answer away from a client that is not done sending.
   */
  void linger(long bytesMax, Duration atMost) {
    enter(Phase.LINGERING, atMost);
    try {
      for (long read = 0; read < bytesMax; ) {
        reader.ensureAvailable();
        int available = reader.available();
        reader.skip(available);
        read += available;
      }
    } catch (RuntimeException gone) {
      // The client is gone or too slow, and the connection ends either way.
    }
  }

  private void enter(Phase next, Duration atMost) {
    phaseEnds = System.nanoTime() + atMost.toNanos();
    phase = next;
  }

  private byte @Nullable [] read() {
    if (reader.available() > unreadBytesMax) {
      // A chunk larger than any body may be: Helidon would gather it whole in memory.
      throw new CloseConnectionException("a chunk is larger than " + unreadBytesMax + " bytes");
    }
    waitingSince = System.nanoTime();
    if (!state.compareAndSet(State.WORKING, State.WAITING)) throw expired();
    byte[] bytes = receive();
    if (!state.compareAndSet(State.WAITING, State.WORKING)) throw expired();
    if (bytes == null && phase != Phase.BODY) {
      throw new CloseConnectionException("the client has closed");
    }
    if (phase == Phase.IDLE) {
      enter(Phase.HEAD, limits.silence());
    }
    return bytes;
  }

  private byte @Nullable [] receive() {
    try {
      return helidon.serverSocket().get();
    } catch (UncheckedIOException gone) {
      throw new CloseConnectionException("the connection is gone", gone);
    }
  }

  private static CloseConnectionException expired() {
    return new CloseConnectionException("the client took too long");
  }

  /** What the watch has to do about a connection. */
  enum Verdict {
    FINE,
    CLOSE_SILENTLY,
    TELL_AND_CLOSE
  }

  /**
   * Decides whether the client has had its time. After any verdict but {@code FINE} the
   * connection's own thread does nothing with it any more. Called by the watch.
   */
  Verdict judge(long now) {
    long writing = writingSince;
    if (writing != 0 && now - writing > limits.silence().toNanos()) return Verdict.CLOSE_SILENTLY;
    if (state.get() != State.WAITING) return Verdict.FINE;
    Phase current = phase;
    boolean silent = current == Phase.BODY && now - waitingSince > limits.silence().toNanos();
    if (!silent && now - phaseEnds < 0) return Verdict.FINE;
    if (!state.compareAndSet(State.WAITING, State.EXPIRED)) return Verdict.FINE;
    return switch (current) {
      case HEAD, BODY -> Verdict.TELL_AND_CLOSE;
      case IDLE, SOCKET, LINGERING -> Verdict.CLOSE_SILENTLY;
    };
  }

  /** Says a last word, if any, and ends the connection. */
  void end(byte[] lastWord) {
    try {
      if (lastWord.length > 0) helidon.dataWriter().writeNow(BufferData.create(lastWord));
      helidon.serverSocket().close();
    } catch (RuntimeException gone) {
      // The client was quicker.
    }
  }

  private static InetAddress addressOf(PeerInfo peer) {
    return peer.address() instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** Notes how long the client lets us wait until it takes what we write. */
  private final class Writer implements DataWriter {
    private final DataWriter to;

    Writer(DataWriter to) {
      this.to = to;
    }

    @Override
    public void write(BufferData... buffers) {
      writingSince = System.nanoTime();
      to.write(buffers);
      writingSince = 0;
    }

    @Override
    public void write(BufferData buffer) {
      writingSince = System.nanoTime();
      to.write(buffer);
      writingSince = 0;
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void writeNow(BufferData... buffers) {
      writingSince = System.nanoTime();
      to.writeNow(buffers);
      writingSince = 0;
    }

    @Override
    public void writeNow(BufferData buffer) {
      writingSince = System.nanoTime();
      to.writeNow(buffer);
      writingSince = 0;
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return helidon.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return helidon.executor();
  }

  @Override
  public Router router() {
    return router;
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return helidon.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return helidon.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return helidon.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return helidon.localPeer();
  }

  @Override
  public boolean isSecure() {
    return helidon.isSecure();
  }

  @Override
  public String socketId() {
    return helidon.socketId();
  }

  @Override
  public String childSocketId() {
    return helidon.childSocketId();
  }
}
