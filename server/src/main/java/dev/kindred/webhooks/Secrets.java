package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * What messages are signed with: {@code whsec_} and a key in base64, as Standard Webhooks has it,
 * or any text, whose bytes are the key then.
 */
public final class Secrets {

  private static final String PREFIX = "whsec_";
  private static final int MADE_BYTES = 32;
  private static final int KEY_BYTES_MIN = 16;
  private static final int KEY_BYTES_MAX = 64;
  private static final int TEXT_MIN = 16;
  private static final int TEXT_MAX = 200;

  private Secrets() {}

  /**
   * Makes a new one.
   *
   * @param random one that nobody can guess
   */
  public static String make(RandomGenerator random) {
    byte[] key = new byte[MADE_BYTES];
    random.nextBytes(key);
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /** Returns a secret that somebody chose, unless it is none. */
  public static String require(String secret) {
    if (secret.length() < TEXT_MIN || secret.length() > TEXT_MAX) {
      throw InvalidRequest.at(
          "/secret",
          "secret must have from %d to %d characters, got %d"
              .formatted(TEXT_MIN, TEXT_MAX, secret.length()));
    }
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw InvalidRequest.at("/secret", "secret must be visible ASCII without spaces");
    }
    if (secret.startsWith(PREFIX)) {
      int bytes = decoded(secret).length;
      if (bytes < KEY_BYTES_MIN || bytes > KEY_BYTES_MAX) {
        throw InvalidRequest.at(
            "/secret",
            "what follows whsec_ must be from %d to %d bytes in base64, got %d"
                .formatted(KEY_BYTES_MIN, KEY_BYTES_MAX, bytes));
      }
    }
    return secret;
  }

  /** The key that a secret stands for. */
  static byte[] key(String secret) {
    return secret.startsWith(PREFIX) ? decoded(secret) : secret.getBytes(UTF_8);
  }

  private static byte[] decoded(String secret) {
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw InvalidRequest.at("/secret", "what follows whsec_ must be base64");
    }
  }
}
