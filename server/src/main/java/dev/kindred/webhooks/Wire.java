package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to one address, over which HTTP/1.1 is spoken. It is written by hand because it must
 * go to exactly the address that was judged, while certificate and Host are those of the name.
 *
 * <p>Redirects are answers like any other: nothing follows them. What a receiver answers is read up
 * to a bound and never kept. For one thread; {@link #close} may be called by any, and ends what
 * that thread waits for.
 */
final class Wire implements AutoCloseable {

  private static final int LINE_BYTES_MAX = 8 << 10;
  private static final int HEADER_LINES_MAX = 100;
  private static final int INTERIM_ANSWERS_MAX = 5;
  private static final long BODY_BYTES_MAX = 64 << 10;

  private final Target target;
  private final Socket socket;
  private volatile Socket outer;
  private InputStream in = InputStream.nullInputStream();
  private boolean isReusable;

  private Wire(Target target) {
    this.target = target;
    this.socket = new Socket();
    this.outer = socket;
  }

  /** A connection that is not made yet. */
  static Wire to(Target target) {
    return new Wire(target);
  }

  /** Connects to the first of these addresses that takes it. */
  void connect(InetAddress address, int timeoutMillis, SSLSocketFactory tls) throws IOException {
    socket.connect(new InetSocketAddress(address, target.port()), timeoutMillis);
    socket.setTcpNoDelay(true);
    if (target.isSecure()) {
      var secure = (SSLSocket) tls.createSocket(socket, target.host(), target.port(), true);
      outer = secure;
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
    }
    in = new BufferedInputStream(outer.getInputStream());
  }

  /** Sends a letter and returns the status that it is answered with. */
  int post(Letter letter, Map<String, String> headers) throws IOException {
    isReusable = false;
    var head = new StringBuilder(512);
    head.append("POST ").append(target.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.authority()).append("\r\n");
    head.append("User-Agent: Kindred-Webhooks\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(letter.body().length).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] first = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] whole = new byte[first.length + letter.body().length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(letter.body(), 0, whole, first.length, letter.body().length);
    OutputStream out = outer.getOutputStream();
    out.write(whole);
    out.flush();
    return readAnswer();
  }

  /** Whether another letter may go the same way. */
  boolean isReusable() {
    return isReusable;
  }

  private int readAnswer() throws IOException {
    for (int i = 0; i < INTERIM_ANSWERS_MAX; i++) {
      String first = readLine();
      int status = status(first);
      boolean isLast = first.startsWith("HTTP/1.0");
      long length = -1;
      int lines = 0;
      for (String line = readLine(); !line.isEmpty(); line = readLine()) {
        if (lines++ == HEADER_LINES_MAX) throw new IOException("the answer has too many headers");
        int colon = line.indexOf(':');
        if (colon < 0) throw new IOException("the answer is not HTTP");
        String name = line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        if (name.equalsIgnoreCase("Connection")) isLast |= value.equalsIgnoreCase("close");
        if (name.equalsIgnoreCase("Content-Length")) length = length(value);
      }
      if (status < 200) continue;
      if (status == 204 || status == 304) length = 0;
      isReusable = !isLast && length >= 0 && length <= BODY_BYTES_MAX;
      if (isReusable) in.skipNBytes(length);
      return status;
    }
    throw new IOException("the answer does not come to an end");
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new IOException("the answer is not HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static long length(String value) {
    return value.matches("[0-9]{1,15}") ? Long.parseLong(value) : -1;
  }

  private String readLine() throws IOException {
    var line = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new EOFException("the receiver closed without an answer");
      if (line.length() == LINE_BYTES_MAX) throw new IOException("the answer's headers are long");
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  /** Ends it, whatever it is waiting for. */
  @Override
  public void close() {
    // The plain socket: closing the secure one may wait for the other side.
    for (Socket each : List.of(socket, outer)) {
      try {
        each.close();
      } catch (IOException e) {
        // Then it is closed already.
      }
    }
  }
}
