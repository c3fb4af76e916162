package dev.kindred.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kindred.domain.ErrorCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.io.ByteArrayOutputStream;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is no request, so that Helidon refuses it before anybody is asked: broken first
 * lines, headers, framing. All of it is the client's mistake and a 4xx.
 */
final class ConnectionErrors implements DirectHandler {

  private static final String HEADERS_TOO_LARGE = "Header size exceeded";

  private final Errors errors;
  private final RequestIds ids;
  private final IntConsumer counted;

  /**
   * Answers with these parts.
   *
   * @param counted is told the status of every answer
   */
  ConnectionErrors(Errors errors, RequestIds ids, IntConsumer counted) {
    this.errors = errors;
    this.ids = ids;
    this.counted = counted;
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    var said = request.headers();
    String sentId =
        said.contains(RawRequest.REQUEST_ID) ? said.get(RawRequest.REQUEST_ID).get() : null;
    String id = ids.of(sentId);
    var reader = new Errors.Reader(id, Accepts.problemJson(said));
    Answer answer = answer(event, status.code(), message == null ? "" : message, reader);
    counted.accept(answer.status());
    return TransportResponse.builder()
        .status(Status.create(answer.status()))
        .headers(headers)
        .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()))
        .header(HeaderValues.create(RawRequest.REQUEST_ID, id))
        .keepAlive(false)
        .entity(answer.body())
        .build();
  }

  private Answer answer(EventType event, int status, String message, Errors.Reader reader) {
    if (status == 413) {
      return errors.answer(ErrorCode.PAYLOAD_TOO_LARGE, "the body is too large", reader);
    }
    if (status == 414) {
      return errors.answer(414, ErrorCode.BAD_REQUEST, "the address is too long", reader);
    }
    if (message.equals(HEADERS_TOO_LARGE)) {
      return errors.answer(431, ErrorCode.BAD_REQUEST, "the headers are too large", reader);
    }
    if (event == EventType.HTTP_VERSION_NOT_SUPPORTED) {
      return errors.answer(
          ErrorCode.BAD_REQUEST, "HTTP/1.0 is not supported; use HTTP/1.1", reader);
    }
    return errors.answer(
        ErrorCode.BAD_REQUEST, "this is not a well-formed HTTP/1.1 request", reader);
  }

  /** The whole answer, head and all, to a client that did not finish its request in time. */
  byte[] timeout() {
    var reader = new Errors.Reader(ids.make(), false);
    Answer answer =
        errors.answer(
            ErrorCode.REQUEST_TIMEOUT, "the request did not come to an end in time", reader);
    counted.accept(answer.status());
    String head =
        "HTTP/1.1 "
            + Status.create(answer.status()).text()
            + "\r\nContent-Type: "
            + answer.contentType()
            + "\r\nX-Request-ID: "
            + reader.requestId()
            + "\r\nConnection: close\r\nContent-Length: "
            + answer.body().length
            + "\r\n\r\n";
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(US_ASCII));
    whole.writeBytes(answer.body());
    return whole.toByteArray();
  }
}
