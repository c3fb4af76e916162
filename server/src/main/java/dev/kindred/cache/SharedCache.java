package dev.kindred.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * Remembers bytes under keys for a while. What is in here may go at any time and can be made anew;
 * nobody ever waits for it longer than a few milliseconds, and it never throws. Safe for any number
 * of threads.
 */
public interface SharedCache extends AutoCloseable {

  /** What is remembered under a key, if that can be told quickly enough. */
  Optional<byte[]> get(String key);

  /** Remembers bytes, if that is possible now. The array belongs to the cache from here on. */
  void put(String key, byte[] value, Duration keptFor);

  /** What is wrong with it now, if anything is. */
  Optional<String> problem();

  /** How often something was remembered. */
  long hits();

  /** How often nothing was. */
  long misses();

  @Override
  void close();
}
