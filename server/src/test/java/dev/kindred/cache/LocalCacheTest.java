package dev.kindred.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalCacheTest extends SharedCacheContract {
  private final AtomicLong nanos = new AtomicLong();
  private final LocalCache cache = new LocalCache(1_000_000, nanos::get);

  @Override
  SharedCache cache() {
    return cache;
  }

  @Override
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void it_holds_no_more_bytes_than_it_may() {
    var small = new LocalCache(10_000, nanos::get);
    int held = 0;
    for (int n = 0; n < 100; n++) small.put("key" + n, new byte[1_000], Duration.ofHours(1));
    for (int n = 0; n < 100; n++) if (small.get("key" + n).isPresent()) held++;
    assertThat(held).isBetween(1, 10);
  }
}
