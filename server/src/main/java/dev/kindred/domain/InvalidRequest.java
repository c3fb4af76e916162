package dev.kindred.domain;

import java.util.List;

/**
 * A value that the caller gave is wrong: says what was wrong, what was given, and what would be
 * right.
 */
public final class InvalidRequest extends KindredException {

  private static final long serialVersionUID = 1L;

  public InvalidRequest(String message) {
    super(ErrorCode.VALIDATION_ERROR, message);
  }

  public InvalidRequest(List<Detail> details) {
    super(ErrorCode.VALIDATION_ERROR, summary(details), details);
  }

  /** The same refusal, said about a place in the request. */
  public static InvalidRequest at(String pointer, String message) {
    return new InvalidRequest(List.of(new Detail(pointer, ErrorCode.VALIDATION_ERROR, message)));
  }

  /** This refusal, said about a place in the request unless it names one already. */
  public InvalidRequest at(String pointer) {
    return details().isEmpty() ? at(pointer, sentence()) : this;
  }

  private static String summary(List<Detail> details) {
    Detail first = details.getFirst();
    String rest = details.size() == 1 ? "" : " (and " + (details.size() - 1) + " more)";
    // What begins with the name of the parameter need not be told which one it is about.
    boolean isNamed =
        first.pointer().isEmpty() || first.message().startsWith(first.pointer() + " ");
    return (isNamed ? "" : first.pointer() + ": ") + first.message() + rest;
  }
}
