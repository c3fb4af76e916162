package dev.kindred.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server refused. The code is stable, the message is for people, the details point at what was
 * wrong.
 */
public class ApiException extends KindredException {

  /** What was wrong with a part of what was sent, and where it is. */
  public record Detail(String pointer, String code, String message) {}

  /** All that a refusal says. */
  record Refusal(
      int status,
      String code,
      String message,
      Optional<String> requestId,
      List<Detail> details,
      Optional<Duration> retryAfter) {

    ApiException exception() {
      return switch (status) {
        case 401 -> new Unauthenticated(this);
        case 403 -> new Forbidden(this);
        case 404 -> new NotFound(this);
        case 409 -> new Conflict(this);
        case 429 -> new RateLimited(this);
        default -> status >= 500 ? new ServerError(this) : new InvalidRequest(this);
      };
    }

    private String told() {
      var text =
          new StringBuilder().append(status).append(' ').append(code).append(": ").append(message);
      for (Detail detail : details) {
        text.append("\n  at ")
            .append(detail.pointer.isEmpty() ? "/" : detail.pointer)
            .append(": ")
            .append(detail.message);
      }
      requestId.ifPresent(id -> text.append("\n  (request ").append(id).append(')'));
      return text.toString();
    }
  }

  private final transient Refusal refusal;

  ApiException(Refusal refusal) {
    super(refusal.told());
    this.refusal = refusal;
  }

  /** The status of the answer. */
  public int status() {
    return refusal.status;
  }

  /** What went wrong, in a word that never changes. */
  public String code() {
    return refusal.code;
  }

  /** What was wrong, and where. */
  public List<Detail> details() {
    return refusal.details;
  }

  /** How the server's logs name the request. */
  public Optional<String> requestId() {
    return refusal.requestId;
  }

  /** How long the server asks to wait. */
  public Optional<Duration> retryAfter() {
    return refusal.retryAfter;
  }

  /** What was sent is not what the call takes (400, 405, 413, 415, 422). */
  public static final class InvalidRequest extends ApiException {
    InvalidRequest(Refusal refusal) {
      super(refusal);
    }
  }

  /** The API key is missing, unknown or revoked (401). */
  public static final class Unauthenticated extends ApiException {
    Unauthenticated(Refusal refusal) {
      super(refusal);
    }
  }

  /** The API key may not do this (403). */
  public static final class Forbidden extends ApiException {
    Forbidden(Refusal refusal) {
      super(refusal);
    }
  }

  /** There is no such thing (404). */
  public static final class NotFound extends ApiException {
    NotFound(Refusal refusal) {
      super(refusal);
    }
  }

  /** It exists already, or an id means several entities (409). */
  public static final class Conflict extends ApiException {
    Conflict(Refusal refusal) {
      super(refusal);
    }
  }

  /** Too many calls, after all tries (429). */
  public static final class RateLimited extends ApiException {
    RateLimited(Refusal refusal) {
      super(refusal);
    }
  }

  /** The server could not do it now, after all tries (5xx). */
  public static final class ServerError extends ApiException {
    ServerError(Refusal refusal) {
      super(refusal);
    }
  }
}
