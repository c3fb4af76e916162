package dev.kindred.domain;

import java.util.List;

/**
 * Something the caller has to know: a stable code, a sentence that helps, and where in the request
 * it was.
 *
 * <p>These are answers rather than accidents, so they carry no stack trace.
 */
public class KindredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** One thing that was wrong: where (a JSON pointer, or a parameter's name), and what. */
  public record Detail(String pointer, ErrorCode code, String message) {}

  private final ErrorCode code;
  private final transient List<Detail> details;

  public KindredException(ErrorCode code, String message, List<Detail> details) {
    super(message, null, false, false);
    this.code = code;
    this.details = List.copyOf(details);
  }

  public KindredException(ErrorCode code, String message) {
    this(code, message, List.of());
  }

  public ErrorCode code() {
    return code;
  }

  public List<Detail> details() {
    return details;
  }

  /** The sentence; never null, unlike {@link #getMessage()}. */
  public String sentence() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
