package dev.kindred.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link SharedCache} does. */
abstract class SharedCacheContract {
  private static final Duration LONG = Duration.ofHours(1);

  /** A cache that answers, however long that takes. */
  abstract SharedCache cache();

  /** Lets so much time pass for the cache. */
  abstract void pass(Duration time);

  private static String newKey() {
    return "key-" + UUID.randomUUID();
  }

  private void put(String key, String value, Duration keptFor) {
    cache().put(key, value.getBytes(UTF_8), keptFor);
  }

  @Test
  void what_was_put_is_there_byte_by_byte() {
    String key = newKey();
    byte[] all = new byte[256];
    for (int n = 0; n < all.length; n++) all[n] = (byte) n;
    cache().put(key, all, LONG);
    assertThat(cache().get(key).orElseThrow()).isEqualTo(all);
    assertThat(cache().get(key + "-of-another")).isEmpty();
  }

  @Test
  void the_last_one_that_was_put_counts() {
    String key = newKey();
    put(key, "one", LONG);
    put(key, "two", LONG);
    assertThat(cache().get(key).orElseThrow()).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void it_goes_when_its_time_is_over() {
    String key = newKey();
    put(key, "short", Duration.ofMillis(50));
    pass(Duration.ofMillis(100));
    assertThat(cache().get(key)).isEmpty();
  }

  @Test
  void what_is_kept_for_no_time_is_not_kept() {
    String key = newKey();
    put(key, "never", Duration.ZERO);
    assertThat(cache().get(key)).isEmpty();
  }

  @Test
  void it_counts_what_was_found_and_what_was_not() {
    String key = newKey();
    long hits = cache().hits();
    long misses = cache().misses();
    assertThat(cache().get(key)).isEmpty();
    put(key, "one", LONG);
    assertThat(cache().get(key)).isPresent();
    assertThat(cache().hits()).isEqualTo(hits + 1);
    assertThat(cache().misses()).isEqualTo(misses + 1);
    assertThat(cache().problem()).isEmpty();
  }
}
