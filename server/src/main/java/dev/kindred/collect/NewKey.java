package dev.kindred.collect;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.ApiKey.Kind;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A key that was just made, together with its secret, which is kept nowhere.
 *
 * @param secret what callers send
 */
public record NewKey(ApiKey key, String secret) {

  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  public static NewKey make(
      String name,
      Kind kind,
      Optional<TenantId> tenant,
      List<String> origins,
      OptionalInt requestsPerMinute,
      Instant now) {
    // The prefix tells people, and scanners of leaked secrets, what they are looking at.
    String secret = "kk_" + kind.word().charAt(0) + "_" + randomHex(SECRET_BYTES);
    return new NewKey(
        new ApiKey(
            "key_" + randomHex(ID_BYTES),
            name,
            hash(secret),
            kind,
            tenant,
            origins,
            requestsPerMinute,
            now,
            Optional.empty()),
        secret);
  }

  /**
   * What is kept of a secret. A secret is long and random, so that a plain hash cannot be undone.
   */
  public static String hash(String secret) {
    return Sha256.hexOf(secret);
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
