package dev.kindred.http;

import dev.kindred.http.TokenBucket.Rate;
import dev.kindred.http.TokenBucket.Tokens;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes an answer with all the headers that every answer has. */
final class Sender {

  private static final int WORTH_PACKING = 1_400;

  private static final HeaderName REQUEST_ID = RawRequest.REQUEST_ID;
  private static final HeaderName POSITION = HeaderNames.create("X-Kindred-Position");
  private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");
  private static final HeaderName RATE_LIMIT = HeaderNames.create("RateLimit");
  private static final HeaderName RATE_LIMIT_POLICY = HeaderNames.create("RateLimit-Policy");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
  private static final Header GZIP =
      HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
  private static final Header VARY_ENCODING =
      HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
  private static final Header VARY_ORIGIN_AND_ENCODING =
      HeaderValues.createCached(HeaderNames.VARY, "Origin, Accept-Encoding");
  private static final Header EXPOSED =
      HeaderValues.createCached("Access-Control-Expose-Headers", Cors.ANSWER_HEADERS);

  private volatile PolicyHeader lastPolicy = PolicyHeader.of(new Rate(1, 1));

  /** The policy of one rate, ready to be written. */
  private record PolicyHeader(Rate rate, Header header) {
    static PolicyHeader of(Rate rate) {
      String policy = "\"default\";q=" + rate.perMinute() + ";w=60;burst=" + rate.burst();
      return new PolicyHeader(rate, HeaderValues.createCached(RATE_LIMIT_POLICY, policy));
    }
  }

  /** Sends the answer; says in it that the connection ends, where {@code last}. */
  void send(Visit visit, Answer answer, RoutingResponse response, boolean last) {
    response.status(Status.create(answer.status()));
    ServerResponseHeaders headers = response.headers();
    common(visit, headers);
    if (last) headers.set(HeaderValues.CONNECTION_CLOSE);
    if (answer.position() != Answer.NO_POSITION) {
      headers.set(HeaderValues.create(POSITION, answer.position()));
    }
    for (Answer.HeaderLine line : answer.headers()) {
      headers.set(HeaderValues.create(HeaderNames.create(line.name()), line.value()));
    }
    if (!answer.contentType().isEmpty()) headers.set(contentType(answer.contentType()));
    boolean head = visit.request.prologue().method().equals(Method.HEAD);
    if (answer.writer() != null) {
      stream(visit, answer.writer(), response, head);
    } else {
      whole(visit, answer.body(), response, head);
    }
  }

  private void common(Visit visit, ServerResponseHeaders headers) {
    headers.set(HeaderValues.create(REQUEST_ID, visit.requestId));
    headers.set(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
    headers.set(NO_STORE);
    if (visit.allowedOrigin.isEmpty()) {
      headers.set(VARY_ENCODING);
    } else {
      headers.set(VARY_ORIGIN_AND_ENCODING);
      headers.set(
          HeaderValues.create(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, visit.allowedOrigin));
      headers.set(EXPOSED);
    }
    Tokens tokens = visit.tokens;
    if (tokens != null) {
      headers.set(policy(tokens.rate()));
      headers.set(HeaderValues.create(RATE_LIMIT, limit(tokens)));
    }
    var timing = new StringBuilder(48);
    Exchange exchange = visit.exchange;
    CharSequence steps = exchange == null ? null : exchange.timings();
    if (steps != null) timing.append(steps);
    ServerTiming.append(timing, "total", System.nanoTime() - visit.began);
    headers.set(HeaderValues.create(SERVER_TIMING, timing.toString()));
  }

  private static String limit(Tokens tokens) {
    return "\"default\";r=" + tokens.remaining() + ";t=" + tokens.secondsToFull();
  }

  private Header policy(Rate rate) {
    PolicyHeader last = lastPolicy;
    if (!last.rate().equals(rate)) {
      last = PolicyHeader.of(rate);
      lastPolicy = last;
    }
    return last.header();
  }

  private static Header contentType(String type) {
    return type.equals(Answer.JSON)
        ? HeaderValues.CONTENT_TYPE_JSON
        : HeaderValues.create(HeaderNames.CONTENT_TYPE, type);
  }

  private static void whole(Visit visit, byte[] body, RoutingResponse response, boolean head) {
    byte[] sent = body;
    if (body.length >= WORTH_PACKING && isPacked(visit, response)) {
      sent = packed(body);
      response.headers().set(GZIP);
    }
    if (head) {
      if (sent.length > 0) response.headers().contentLength(sent.length);
      response.send();
    } else {
      response.send(sent);
    }
  }

  private static void stream(
      Visit visit, Answer.BodyWriter writer, RoutingResponse response, boolean head) {
    if (head) {
      response.send();
      return;
    }
    boolean packs = isPacked(visit, response);
    if (packs) response.headers().set(GZIP);
    try {
      OutputStream out = response.outputStream();
      if (packs) out = new Packing(out);
      writer.writeTo(out);
      out.close();
      response.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPacked(Visit visit, RoutingResponse response) {
    return Accepts.gzip(visit.request.headers())
        && !response.headers().contains(HeaderNames.CONTENT_ENCODING)
        && isText(response.headers().get(HeaderNames.CONTENT_TYPE).get());
  }

  private static boolean isText(String type) {
    return type.startsWith("text/")
        || type.startsWith("application/json")
        || type.endsWith("+json")
        || type.startsWith("application/x-ndjson")
        || type.startsWith("application/javascript")
        || type.startsWith("image/svg");
  }

  private static byte[] packed(byte[] body) {
    var out = new ByteArrayOutputStream(body.length / 3 + 64);
    try (var gzip = new Packing(out)) {
      gzip.write(body);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return out.toByteArray();
  }

  /** Quick rather than thorough: the time of a waiting client is worth more than the last bytes. */
  private static final class Packing extends GZIPOutputStream {
    Packing(OutputStream out) throws IOException {
      super(out, 8 << 10, true);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
