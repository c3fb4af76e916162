package dev.kindred.collect;

import dev.kindred.domain.Sha256;

/** Names for the parts of a request that has one idempotency key. */
final class OnceKeys {

  private OnceKeys() {}

  /** A name of fixed length that leaves room for the number of a part behind it. */
  static String hashed(String onceKey) {
    return "part:" + Sha256.hexOf(onceKey);
  }
}
