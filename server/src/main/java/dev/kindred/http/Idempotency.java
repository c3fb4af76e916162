package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Conflict;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a POST with an {@code Idempotency-Key} take effect once.
 *
 * <p>What a handler writes carries the key into the log's own transaction. The answers of handlers
 * that write nothing are remembered afterwards, by a submission without changes. A second request
 * with the key of one that is still being answered waits for it.
 */
final class Idempotency {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int KEY_CHARS_MAX = 128;

  private final Backing backing;
  private final Errors errors;
  private final ConcurrentHashMap<Flight, CompletableFuture<Boolean>> inFlight =
      new ConcurrentHashMap<>();

  private record Flight(TenantId tenant, String key) {}

  Idempotency(Backing backing, Errors errors) {
    this.backing = backing;
    this.errors = errors;
  }

  Answer answer(Exchange exchange, String key, Errors.Reader reader) throws Exception {
    requireFit(key);
    var flight = new Flight(exchange.tenant(), key);
    var landing = new CompletableFuture<Boolean>();
    waitForTurn(flight, landing);
    try {
      return inTurn(exchange, key, reader);
    } finally {
      inFlight.remove(flight, landing);
      landing.complete(true);
    }
  }

  private void waitForTurn(Flight flight, CompletableFuture<Boolean> landing)
      throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      CompletableFuture<Boolean> before = inFlight.putIfAbsent(flight, landing);
      if (before == null) return;
      try {
        before.get(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException stillBusy) {
        throw new Conflict(
            "the first request with this Idempotency-Key is still being answered; try again"
                + " shortly");
      }
    }
  }

  private Answer inTurn(Exchange exchange, String key, Errors.Reader reader) throws Exception {
    var attempt = new Attempt(exchange, key, reader);
    Optional<RememberedAnswer> first = backing.answers().apply(exchange.tenant()).find(key);
    if (first.isPresent()) return attempt.replay(first.get());
    exchange.attempt(attempt);
    Answer answer = exchange.route().handler().handle(exchange);
    return attempt.isInTheLog() || answer.writer() != null ? answer : remember(attempt, answer);
  }

  private Answer remember(Attempt attempt, Answer answer) {
    var receipt =
        backing
            .submit()
            .apply(
                new Submission(
                    attempt.exchange.tenant(), List.of(), Optional.of(attempt.once(_ -> answer))));
    return receipt.replayed().isPresent() ? attempt.replay(receipt.replayed().get()) : answer;
  }

  private static void requireFit(String key) {
    boolean fit = !key.isEmpty() && key.length() <= KEY_CHARS_MAX;
    for (int i = 0; fit && i < key.length(); i++) fit = key.charAt(i) > ' ' && key.charAt(i) < 0x7f;
    if (!fit) {
      throw Exchange.badRequest(
          "Idempotency-Key must be 1 to " + KEY_CHARS_MAX + " visible ASCII characters");
    }
  }

  /** One request with a key. */
  final class Attempt {
    private final Exchange exchange;
    private final String key;
    private final Errors.Reader reader;
    // Null unless the body is a stream.
    private @Nullable DigestInputStream stream;
    private boolean inTheLog;
    // Null until it was asked for; a digest can be finished only once.
    private @Nullable String hash;

    private Attempt(Exchange exchange, String key, Errors.Reader reader) {
      this.exchange = exchange;
      this.key = key;
      this.reader = reader;
    }

    boolean isInTheLog() {
      return inTheLog;
    }

    /** The same stream, so listened to that the request's hash is known once it is read. */
    InputStream hashing(InputStream body) {
      stream = new DigestInputStream(body, Sha256.digest());
      return stream;
    }

    Submission.Once once(Function<List<Outcome>, Answer> answer) {
      inTheLog = true;
      String ofRequest = requestHash();
      return new Submission.Once(
          key, ofRequest, outcomes -> remembered(ofRequest, answer, outcomes));
    }

    private RememberedAnswer remembered(
        String ofRequest, Function<List<Outcome>, Answer> answer, List<Outcome> outcomes) {
      Answer given;
      try {
        given = answer.apply(outcomes);
      } catch (KindredException refused) {
        given = errors.answer(refused, reader);
      }
      Optional<String> location =
          given.headers().stream()
              .filter(line -> line.name().equals("Location"))
              .map(Answer.HeaderLine::value)
              .findFirst();
      return new RememberedAnswer(
          ofRequest, given.status(), given.contentType(), location, given.body());
    }

    /** The first answer again, if it was to this same request. */
    Answer replay(RememberedAnswer first) {
      if (!first.requestHash().equals(requestHash())) {
        throw new KindredException(
            ErrorCode.UNPROCESSABLE,
            "this Idempotency-Key was sent with another request before; use a new key");
      }
      var again =
          Answer.of(first.status(), first.contentType(), first.body())
              .with("Idempotency-Replayed", "true");
      var placed = first.location().map(place -> again.with("Location", place)).orElse(again);
      OptionalLong position = positionIn(first);
      return position.isPresent() ? placed.at(position.getAsLong()) : placed;
    }

    /** Where the first one was kept, as it says itself. */
    private static OptionalLong positionIn(RememberedAnswer first) {
      if (first.status() >= 300 || !first.contentType().equals("application/json")) {
        return OptionalLong.empty();
      }
      JsonReader reader = JsonReader.of(first.body());
      if (reader.kind() != JsonReader.Kind.OBJECT) return OptionalLong.empty();
      for (var fields = reader.object(); fields.next(); ) {
        if (fields.name().equals("position")) {
          return OptionalLong.of(reader.integer(0, Long.MAX_VALUE));
        }
      }
      return OptionalLong.empty();
    }

    private String requestHash() {
      if (hash == null) hash = computeHash();
      return hash;
    }

    private String computeHash() {
      MessageDigest digest = Sha256.digest();
      digest.update(exchange.rawTarget().getBytes(UTF_8));
      digest.update((byte) '\n');
      digest.update(bodyHash());
      return HexFormat.of().formatHex(digest.digest());
    }

    private byte[] bodyHash() {
      if (stream == null && !exchange.bodyIsStreamed())
        return Sha256.digest().digest(exchange.body());
      InputStream rest = stream == null ? hashing(exchange.bodyStream()) : stream;
      try {
        rest.transferTo(OutputStream.nullOutputStream());
      } catch (IOException broken) {
        throw Exchange.badRequest("the body cannot be read: " + broken.getMessage());
      }
      return stream == null ? new byte[0] : stream.getMessageDigest().digest();
    }
  }
}
