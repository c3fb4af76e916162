package dev.kindred.follow;

/** The mapping does not fit the main database: what is wrong, and where in the mapping. */
public final class MappingProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MappingProblem(String source, String field, String message) {
    super("follow_mapping " + source + "." + field + ": " + message);
  }

  /** The sentence for people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
