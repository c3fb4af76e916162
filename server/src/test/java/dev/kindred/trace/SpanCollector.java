package dev.kindred.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;

/** A real receiver of OTLP over HTTP, as far as tests look: it reads the spans out of protobuf. */
public final class SpanCollector implements AutoCloseable {

  /** A span that arrived; ids in hex, the parent's empty for a first one. */
  public record Span(String traceId, String spanId, String parentId, String name) {}

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final AtomicReference<String> path = new AtomicReference<>("");

  public SpanCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::receive);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where spans were sent to last. */
  public String path() {
    return path.get();
  }

  public List<Span> spans() {
    return List.copyOf(spans);
  }

  /** The only span of that name. */
  public Span named(String name) {
    var found = spans.stream().filter(span -> span.name().equals(name)).toList();
    if (found.size() != 1) throw new AssertionError(name + " is not once among " + spans);
    return found.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    path.set(exchange.getRequestURI().getPath());
    // ExportTraceServiceRequest.resource_spans = 1, ResourceSpans.scope_spans = 2, .spans = 2
    for (byte[] resource : parts(body, 1)) {
      for (byte[] scope : parts(resource, 2)) {
        for (byte[] span : parts(scope, 2)) spans.add(span(span));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Span span(byte[] message) {
    var hex = HexFormat.of();
    return new Span(
        hex.formatHex(first(message, 1)),
        hex.formatHex(first(message, 2)),
        hex.formatHex(first(message, 4)),
        new String(first(message, 5), UTF_8));
  }

  private static byte[] first(byte[] message, int field) {
    var parts = parts(message, field);
    return parts.isEmpty() ? new byte[0] : parts.getFirst();
  }

  /** The bytes of every length-delimited field of that number; all others are skipped. */
  private static List<byte[]> parts(byte[] message, int wanted) {
    var parts = new ArrayList<byte[]>();
    var in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      long tag = varint(in);
      switch ((int) (tag & 7)) {
        case 0 -> {
          long _ = varint(in);
        }
        case 1 -> in.position(in.position() + 8);
        case 2 -> {
          byte[] part = new byte[(int) varint(in)];
          in.get(part);
          if (tag >>> 3 == wanted) parts.add(part);
        }
        case 5 -> in.position(in.position() + 4);
        default -> throw new IllegalArgumentException("not protobuf: tag " + tag);
      }
    }
    return parts;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) return value;
    }
  }
}
