package dev.kindred.domain;

/**
 * What the caller sent cannot be read at all: not JSON, not UTF-8, cut off. Unlike with {@link
 * InvalidRequest}, nothing that follows the place can be trusted either.
 */
public final class MalformedRequest extends KindredException {

  private static final long serialVersionUID = 1L;

  public MalformedRequest(String message) {
    super(ErrorCode.BAD_REQUEST, message);
  }
}
