package dev.kindred.http;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;

/** Something the caller did that only means something in HTTP. */
final class Refusal extends KindredException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int retryAfterSeconds;

  /** A mistake that has a status of its own. */
  Refusal(int status, String message) {
    super(ErrorCode.BAD_REQUEST, message);
    this.status = status;
    this.retryAfterSeconds = 0;
  }

  /** A refusal that ends by itself. */
  Refusal(ErrorCode code, String message, int retryAfterSeconds) {
    super(code, message);
    this.status = 0;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The status, or 0 for that of the code. */
  int status() {
    return status;
  }

  /** When to try again, or 0 where that would not help. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
