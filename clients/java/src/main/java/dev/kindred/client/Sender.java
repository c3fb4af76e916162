package dev.kindred.client;

import dev.kindred.client.ApiException.Detail;
import dev.kindred.client.ApiException.Refusal;
import dev.kindred.client.KindredException.ConnectionFailed;
import dev.kindred.client.KindredException.TimedOut;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.type.TypeReference;

/**
 * Sends calls: with the key, in time, again when that may help. What all groups of calls stand on.
 */
abstract class Sender {

  private static final Set<Integer> RETRIED = Set.of(429, 502, 503, 504);
  private static final Duration SLOW = Duration.ofHours(1);
  private static final int TOLD_CHARS_MAX = 200;

  /** What a client shares with those made from it. */
  record Connection(
      HttpClient http,
      String baseUrl,
      Optional<String> apiKey,
      RetryPolicy retry,
      boolean readYourWrites,
      AtomicLong lastPosition) {}

  /** What may differ from call to call. */
  record Options(
      Optional<String> tenantId,
      Optional<Long> minPosition,
      Optional<String> idempotencyKey,
      Duration timeout) {}

  final Connection connection;
  final Options options;

  Sender(Connection connection, Options options) {
    this.connection = connection;
    this.options = options;
  }

  <T> T json(Call call, TypeReference<T> type) {
    return parsed(send(call, false), type);
  }

  static <T> T parsed(HttpResponse<InputStream> response, TypeReference<T> type) {
    byte[] body = bytes(response);
    try {
      return Json.read(body, type);
    } catch (Json.NotJson e) {
      throw new KindredException(
          "the answer is not what was expected, so perhaps not from Kindred ("
              + e.getMessage()
              + "): "
              + start(body),
          e);
    }
  }

  String text(Call call) {
    return new String(bytes(send(call, false)), StandardCharsets.UTF_8);
  }

  /** Sends a call whose answer is only the position of what was written. */
  long position(Call call) {
    return positionOf(send(call, true));
  }

  /** Sends a call whose answer may be of any length. */
  InputStream stream(Call call) {
    return send(call.header("Accept", "*/*"), false).body();
  }

  HttpResponse<InputStream> send(Call call, boolean missingIsDone) {
    HttpRequest request = request(call.withIdempotencyKey(options.idempotencyKey));
    boolean uncertain =
        false; // whether an earlier try may have taken effect without our hearing of it
    for (int tried = 1; ; tried++) {
      KindredException failure;
      Optional<Duration> retryAfter = Optional.empty();
      try {
        HttpResponse<InputStream> response =
            connection.http.send(request, BodyHandlers.ofInputStream());
        int status = response.statusCode();
        if (status < 400 || call.expected.equals(Optional.of(status))) return remembered(response);
        if (status == 404 && missingIsDone && uncertain)
          return response; // the try before has deleted it
        uncertain |= status == 502 || status == 504;
        ApiException refused = refusal(response);
        if (!RETRIED.contains(status)) throw refused;
        retryAfter = refused.retryAfter();
        failure = refused;
      } catch (HttpTimeoutException e) {
        uncertain = true;
        failure =
            new TimedOut(
                told(request) + " took longer than " + request.timeout().orElse(options.timeout),
                e);
      } catch (IOException e) {
        uncertain |= !(e instanceof ConnectException);
        failure = noAnswer(request, tried, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ConnectionFailed(told(request) + " was interrupted", e);
      }
      Optional<Duration> wait = connection.retry.waitAfter(tried, retryAfter);
      if (wait.isEmpty()) throw failure;
      sleep(wait.get(), failure);
    }
  }

  private HttpRequest request(Call call) {
    Duration timeout = call.slow && options.timeout.compareTo(SLOW) < 0 ? SLOW : options.timeout;
    var request =
        HttpRequest.newBuilder(URI.create(connection.baseUrl + call.address()))
            .timeout(timeout)
            .method(call.operation.verb, body(call));
    call.headers.forEach(request::setHeader);
    connection.apiKey.ifPresent(key -> request.setHeader("X-API-Key", key));
    options.tenantId.ifPresent(tenant -> request.setHeader("X-Tenant-ID", tenant));
    minPosition(call)
        .ifPresent(
            position -> request.setHeader("X-Kindred-Min-Position", String.valueOf(position)));
    return request.build();
  }

  private static BodyPublisher body(Call call) {
    try {
      if (call.file.isPresent()) return BodyPublishers.ofFile(call.file.get());
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("there is no file " + call.file.get(), e);
    }
    return call.body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
  }

  private Optional<Long> minPosition(Call call) {
    long last = connection.lastPosition.get();
    boolean asked = connection.readYourWrites && call.operation.verb.equals("GET") && last > 0;
    return options.minPosition.isEmpty() && asked ? Optional.of(last) : options.minPosition;
  }

  private HttpResponse<InputStream> remembered(HttpResponse<InputStream> response) {
    if (!response.request().method().equals("GET")) {
      connection.lastPosition.accumulateAndGet(positionOf(response), Math::max);
    }
    return response;
  }

  private static long positionOf(HttpResponse<?> response) {
    return response.headers().firstValueAsLong("X-Kindred-Position").orElse(0);
  }

  private record ErrorBody(Optional<Told> error) {
    record Told(
        String code, String message, Optional<String> requestId, Optional<List<Detail>> details) {}
  }

  /** Also for an answer that did not come from Kindred but from a proxy before it. */
  private static ApiException refusal(HttpResponse<InputStream> response) throws IOException {
    byte[] body = response.body().readAllBytes();
    Optional<ErrorBody.Told> error;
    try {
      error = Json.read(body, new TypeReference<ErrorBody>() {}).error;
    } catch (Json.NotJson e) {
      error = Optional.empty();
    }
    return new Refusal(
            response.statusCode(),
            error.map(ErrorBody.Told::code).orElse("UNEXPECTED_ANSWER"),
            error.map(ErrorBody.Told::message).orElseGet(() -> start(body)),
            error
                .flatMap(ErrorBody.Told::requestId)
                .or(() -> response.headers().firstValue("X-Request-ID")),
            error.flatMap(ErrorBody.Told::details).orElse(List.of()),
            response
                .headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))))
        .exception();
  }

  private static byte[] bytes(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new ConnectionFailed("the answer to " + told(response.request()) + " broke off", e);
    }
  }

  private static String start(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() <= TOLD_CHARS_MAX ? text : text.substring(0, TOLD_CHARS_MAX);
  }

  private static String told(HttpRequest request) {
    return request.method() + " " + request.uri();
  }

  private static ConnectionFailed noAnswer(HttpRequest request, int tried, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new ConnectionFailed(
        told(request)
            + " got no answer ("
            + tried
            + " tries): "
            + reason
            + ". Is the address right, and does the server run?",
        cause);
  }

  private static void sleep(Duration wait, KindredException failure) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
