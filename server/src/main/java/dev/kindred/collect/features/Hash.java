package dev.kindred.collect.features;

/**
 * The hash by which features find their places: the same on every machine and in every version,
 * because stored vectors depend on it. FNV-1a over the characters, 64 bits wide, finished by the
 * mixer of MurmurHash3.
 */
final class Hash {

  static final long EMPTY = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** Takes in one more character; to be {@link #mix finished} after the last one. */
  static long add(long hash, int c) {
    return (hash ^ c) * PRIME;
  }

  static long of(String text) {
    long hash = EMPTY;
    for (int i = 0; i < text.length(); i++) hash = add(hash, text.charAt(i));
    return mix(hash);
  }

  /** One hash out of two, whose order matters. */
  static long both(long first, long second) {
    return mix(first * GOLDEN + second);
  }

  static long mix(long hash) {
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
