package dev.kindred.json;

/**
 * How large a JSON object may be that is kept.
 *
 * @param bytes of its canonical form, at most
 * @param depth how many levels of objects and arrays there may be inside it
 * @param shortestName of a member, in characters
 * @param longestName of a member, in characters
 * @param longestText of a string, in characters
 * @param elements of an array, at most
 */
public record Limits(
    int bytes, int depth, int shortestName, int longestName, int longestText, int elements) {

  /** What is known about an entity or a user. */
  public static final Limits ATTRIBUTES = new Limits(64 << 10, 3, 1, 255, 10_000, 1_000);

  /** What came with an interaction. */
  public static final Limits METADATA = new Limits(16 << 10, 32, 0, 16 << 10, 16 << 10, 16 << 10);

  /** What a tenant sets for itself. */
  public static final Limits SETTINGS = new Limits(64 << 10, 8, 1, 255, 10_000, 10_000);
}
