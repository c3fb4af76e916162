package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/** A real receiver of webhooks on loopback, which answers as a test tells it to. */
public final class Receiver implements AutoCloseable {

  /** What came in. Names of headers are in lower case. */
  public record Received(String requestLine, Map<String, String> headers, String body) {

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** What a receiver does about what came in. */
  public sealed interface Reaction {

    /** Answers with bytes, as they are. */
    record Say(String text, boolean staysOpen) implements Reaction {}

    /** Says nothing and keeps the connection, until the test ends. */
    record Hang() implements Reaction {}

    /** Says something, and goes on with no end. */
    record Drip(String text) implements Reaction {}

    /** Breaks the connection off. */
    record Reset() implements Reaction {}
  }

  private final ServerSocket server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedDeque<Socket> sockets = new ConcurrentLinkedDeque<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Function<Received, Reaction> reaction;

  private Receiver(ServerSocket server, Function<Received, Reaction> reaction) {
    this.server = server;
    this.reaction = reaction;
    Thread.ofVirtual().start(this::accept);
  }

  public static Receiver of(Function<Received, Reaction> reaction) throws IOException {
    return over(ServerSocketFactory.getDefault(), reaction);
  }

  public static Receiver over(ServerSocketFactory sockets, Function<Received, Reaction> reaction)
      throws IOException {
    return new Receiver(
        sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), reaction);
  }

  /** Takes everything. */
  public static Receiver friendly() throws IOException {
    return of(_ -> status(204));
  }

  public static Reaction status(int status) {
    return new Reaction.Say("HTTP/1.1 " + status + " so\r\nContent-Length: 0\r\n\r\n", true);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/hook?a=b";
  }

  public int port() {
    return server.getLocalPort();
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException ended) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Received request = read(in);
        received.add(request);
        if (!react(socket, reaction.apply(request))) return;
      }
    } catch (IOException gone) {
      // The sender has ended the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean react(Socket socket, Reaction wanted) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (wanted) {
      case Reaction.Say(String text, boolean staysOpen) -> {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
        return staysOpen;
      }
      case Reaction.Hang() -> closed.await();
      case Reaction.Drip(String text) -> {
        out.write(text.getBytes(ISO_8859_1));
        byte[] more = "x".repeat(1_000).getBytes(ISO_8859_1);
        while (!closed.await(1, TimeUnit.MILLISECONDS)) {
          out.write(more);
          out.flush();
        }
      }
      case Reaction.Reset() -> socket.setSoLinger(true, 0);
    }
    return false;
  }

  private static Received read(InputStream in) throws IOException {
    String first = line(in);
    var headers = new HashMap<String, String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Received(first, headers, new String(in.readNBytes(length), UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new IOException("the end");
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : sockets) socket.close();
  }
}
