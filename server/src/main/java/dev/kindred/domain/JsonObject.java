package dev.kindred.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A JSON object in its canonical form: UTF-8, no white space, members ordered by the length of
 * their names and then by their bytes, no name twice, numbers without exponent. Equal objects are
 * equal bytes, whichever database held them.
 *
 * <p>Made by {@code dev.kindred.json.Json}; the bytes are copied into answers as they are.
 */
public final class JsonObject {

  public static final JsonObject EMPTY = new JsonObject(new byte[] {'{', '}'});

  private final byte[] canonical;

  private JsonObject(byte[] canonical) {
    this.canonical = canonical;
  }

  /**
   * Wraps bytes that are known to be canonical. The array is not copied and must not be changed
   * afterwards.
   */
  public static JsonObject ofCanonical(byte[] canonical) {
    return canonical.length == 2 ? EMPTY : new JsonObject(canonical);
  }

  /** The bytes themselves, not a copy: for reading only. */
  public byte[] utf8() {
    return canonical;
  }

  public boolean isEmpty() {
    return canonical.length == 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && Arrays.equals(canonical, that.canonical);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(canonical);
  }

  @Override
  public String toString() {
    return new String(canonical, UTF_8);
  }
}
