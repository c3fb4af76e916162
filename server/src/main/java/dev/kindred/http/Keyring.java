package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Sha256;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that open the API now, found by the hash of what a caller shows.
 *
 * <p>Immutable; {@link #with} makes the next one. A key keeps its bucket of requests from one to
 * the next.
 */
final class Keyring {

  private static final String FROM_CONFIGURATION = "configured";

  private final Map<Digest, Entry> byHash = new HashMap<>();
  private final Set<String> origins = new HashSet<>();

  /** A SHA-256. */
  private record Digest(long a, long b, long c, long d) {}

  /** A key, its hash and how many requests it has left. */
  record Entry(ApiKey key, byte[] hash, TokenBucket bucket) {}

  /** What a connection showed last, and what it opened under this keyring. */
  record Shown(Keyring keyring, String secret, Entry entry) {}

  private Keyring() {}

  static Keyring of(HttpSettings.Auth auth, List<ApiKey> stored) {
    return new Keyring().with(auth, stored);
  }

  /** The keyring with these keys instead; revoked ones open nothing. */
  Keyring with(HttpSettings.Auth auth, List<ApiKey> stored) {
    var next = new Keyring();
    auth.adminKey()
        .ifPresent(secret -> next.add(configured(secret, "API_KEY", ApiKey.Kind.ADMIN), this));
    auth.basic()
        .map(Credentials::basic)
        .ifPresent(secret ->
            next.add(configured(secret, "BASIC_AUTH_USERNAME", ApiKey.Kind.SERVER), this));
    for (ApiKey key : stored) if (!key.isRevoked()) next.add(key, this);
    return next;
  }

  private void add(ApiKey key, Keyring before) {
    byte[] hash = HexFormat.of().parseHex(key.hash());
    Digest digest = digest(hash);
    Entry old = before.byHash.get(digest);
    var bucket = old == null ? new TokenBucket(System.nanoTime()) : old.bucket();
    byHash.put(digest, new Entry(key, hash, bucket));
    if (key.kind() == ApiKey.Kind.PUBLISHABLE) origins.addAll(key.origins());
  }

  private static ApiKey configured(String secret, String name, ApiKey.Kind kind) {
    return new ApiKey(
        FROM_CONFIGURATION,
        name,
        HexFormat.of().formatHex(Sha256.of(secret)),
        kind,
        Optional.empty(),
        List.of(),
        OptionalInt.empty(),
        Instant.EPOCH,
        Optional.empty());
  }

  boolean isEmpty() {
    return byHash.isEmpty();
  }

  /** Whether any publishable key is bound to that web origin. */
  boolean knowsOrigin(String origin) {
    return origins.contains(origin);
  }

  /** The key that a secret opens with, or null. */
  @Nullable Entry open(String secret) {
    byte[] hash = Sha256.of(secret);
    Entry entry = byHash.get(digest(hash));
    return entry != null && MessageDigest.isEqual(entry.hash(), hash) ? entry : null;
  }

  /** The same, asked by a connection that mostly shows the same secret again. */
  @Nullable Entry open(String secret, Connection connection) {
    Shown last = connection.lastShown();
    if (last != null
        && last.keyring() == this
        && MessageDigest.isEqual(last.secret().getBytes(UTF_8), secret.getBytes(UTF_8))) {
      return last.entry();
    }
    Entry entry = open(secret);
    if (entry != null) connection.remember(new Shown(this, secret, entry));
    return entry;
  }

  private static Digest digest(byte[] hash) {
    return new Digest(word(hash, 0), word(hash, 8), word(hash, 16), word(hash, 24));
  }

  private static long word(byte[] bytes, int at) {
    long word = 0;
    for (int i = at; i < at + 8; i++) word = (word << 8) | (bytes[i] & 0xff);
    return word;
  }
}
