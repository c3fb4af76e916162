package dev.kindred.http;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.KindredException.Detail;
import dev.kindred.json.JsonWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever went wrong into the answer that says so. Statuses of errors are known only here.
 */
final class Errors {

  private static final Logger log = LoggerFactory.getLogger(Errors.class);
  private static final TokenBucket.Rate LOGGED = new TokenBucket.Rate(30, 10);

  private final Clock clock;
  private final TokenBucket logged = new TokenBucket(System.nanoTime());

  Errors(Clock clock) {
    this.clock = clock;
  }

  /** For whom an error is written down: the request's id, and whether they asked for RFC 9457. */
  record Reader(String requestId, boolean wantsProblem, boolean wantsDetail) {

    Reader(String requestId, boolean wantsProblem) {
      this(requestId, wantsProblem, false);
    }

    Reader withDetail() {
      return new Reader(requestId, wantsProblem, true);
    }
  }

  private static boolean isWrong(KindredException refusal, Routes.@Nullable Match match) {
    return match != null
        && match.target().route().has(Route.Trait.WRONG_IS_422)
        && status(refusal.code()) == 400;
  }

  private static List<Detail> details(KindredException refusal) {
    return refusal.details().isEmpty()
        ? List.of(new Detail("", refusal.code(), refusal.sentence()))
        : refusal.details();
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case BAD_REQUEST, VALIDATION_ERROR -> 400;
      case AUTH_ERROR -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND,
          ENTITY_NOT_FOUND,
          USER_NOT_FOUND,
          TENANT_NOT_FOUND,
          INTERACTION_TYPE_NOT_FOUND ->
          404;
      case METHOD_NOT_ALLOWED -> 405;
      case REQUEST_TIMEOUT -> 408;
      case CONFLICT, AMBIGUOUS_ENTITY -> 409;
      case PAYLOAD_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case UNPROCESSABLE -> 422;
      case RATE_LIMIT_EXCEEDED -> 429;
      case INTERNAL_ERROR -> 500;
      case NOT_INITIALIZED,
          RECORD_ERROR,
          UPDATE_ERROR,
          DATABASE_UNAVAILABLE,
          OVERLOADED,
          SHUTTING_DOWN,
          NOT_YET_VISIBLE ->
          503;
    };
  }

  private static int retryAfterSeconds(ErrorCode code) {
    return switch (code) {
      case DATABASE_UNAVAILABLE, RECORD_ERROR, UPDATE_ERROR -> 2;
      case SHUTTING_DOWN -> 5;
      default -> 1;
    };
  }

  /** The answer to anything that was thrown while a request was handled. */
  Answer answer(Throwable thrown, Routes.@Nullable Match match, Reader reader) {
    return switch (thrown) {
      case KindredException refusal when isWrong(refusal, match) ->
          answer(422, refusal.code(), refusal.sentence(), details(refusal), reader.withDetail());
      case KindredException refusal -> answer(refusal, reader);
      case InterruptedException _ ->
          answer(
              ErrorCode.SHUTTING_DOWN, "this server is shutting down; try again shortly", reader);
      default -> unexpected(thrown, match, reader);
    };
  }

  Answer answer(KindredException refusal, Reader reader) {
    ErrorCode code = refusal.code();
    return answer(status(code), code, refusal.sentence(), refusal.details(), reader);
  }

  Answer answer(Refusal refusal, Reader reader) {
    int status = refusal.status() == 0 ? status(refusal.code()) : refusal.status();
    Answer answer = answer(status, refusal.code(), refusal.sentence(), List.of(), reader);
    return refusal.retryAfterSeconds() == 0
        ? answer
        : answer.with("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
  }

  Answer answer(ErrorCode code, String message, Reader reader) {
    return answer(status(code), code, message, List.of(), reader);
  }

  /** An answer with a status that is more exact than its code's: what only HTTP knows. */
  Answer answer(int status, ErrorCode code, String message, Reader reader) {
    return answer(status, code, message, List.of(), reader);
  }

  private Answer answer(
      int status, ErrorCode code, String message, List<Detail> details, Reader reader) {
    var said = new Said(status, code, message, details);
    byte[] json = reader.wantsProblem() ? problem(said, reader) : error(said, reader);
    String type = reader.wantsProblem() ? Answer.PROBLEM_JSON : Answer.JSON;
    var answer = Answer.of(status, type, json);
    return status == 503
        ? answer.with("Retry-After", Integer.toString(retryAfterSeconds(code)))
        : answer;
  }

  private Answer unexpected(Throwable thrown, Routes.@Nullable Match match, Reader reader) {
    if (logged.take(LOGGED, System.nanoTime()).taken()) {
      log.atError()
          .addKeyValue("route", match == null ? "unmatched" : match.target().route())
          .addKeyValue("request_id", reader.requestId())
          .setCause(thrown)
          .log("request failed unexpectedly");
    }
    return answer(
        ErrorCode.INTERNAL_ERROR,
        "something went wrong on the server; its log has more under this request_id",
        reader);
  }

  /** What an error says, however it is written. */
  private record Said(int status, ErrorCode code, String message, List<Detail> details) {}

  private byte[] error(Said said, Reader reader) {
    var json = new JsonWriter(512).beginObject().name("error").beginObject();
    json.field("code", said.code().name()).field("message", said.message());
    rest(json, said, reader);
    json.endObject();
    if (reader.wantsDetail()) writeDetail(json, said);
    return json.endObject().toByteArray();
  }

  /** As clients of the earlier system read it. */
  private static void writeDetail(JsonWriter json, Said said) {
    json.name("detail").beginArray();
    for (Detail detail : said.details()) {
      json.beginObject().name("loc").beginArray().string("body");
      for (String part : detail.pointer().split("/", -1)) if (!part.isEmpty()) json.string(part);
      json.endArray();
      json.field("msg", detail.message()).field("type", "value_error").endObject();
    }
    json.endArray();
  }

  private byte[] problem(Said said, Reader reader) {
    var json = new JsonWriter(512).beginObject();
    json.field("type", "urn:kindred:error:" + said.code());
    json.field("title", said.code().name().replace('_', ' ').toLowerCase(Locale.ROOT));
    json.field("detail", said.message()).field("code", said.code().name());
    rest(json, said, reader);
    return json.endObject().toByteArray();
  }

  private void rest(JsonWriter json, Said said, Reader reader) {
    json.field("status", said.status()).field("request_id", reader.requestId());
    json.field("timestamp", clock.instant()).name("details").beginArray();
    for (Detail detail : said.details()) {
      json.beginObject()
          .field("pointer", detail.pointer())
          .field("code", detail.code().name())
          .field("message", detail.message())
          .endObject();
    }
    json.endArray();
  }
}
