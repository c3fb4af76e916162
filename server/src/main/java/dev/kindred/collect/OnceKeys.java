package dev.kindred.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for the parts of a request that has one idempotency key. */
final class OnceKeys {

  private OnceKeys() {}

  /** A name of fixed length that leaves room for the number of a part behind it. */
  static String hashed(String onceKey) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(onceKey.getBytes(UTF_8));
      return "part:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError("every JDK has SHA-256", missing);
    }
  }
}
