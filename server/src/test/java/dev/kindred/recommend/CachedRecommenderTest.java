package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.cache.LocalCache;
import dev.kindred.learn.LiveTenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of two tenants that are remembered in one process. */
class CachedRecommenderTest {
  private static final Request LIST = Request.builder(3).build();

  private final LiveShop hasty = shop();
  private final LiveShop patient = shop();
  private final Map<LiveTenant, Duration> wanted = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final CachedRecommender cached =
      new CachedRecommender(
          new Recommender(2),
          new SharedLists(new LocalCache(1_000, nanos::get), _ -> Duration.ZERO),
          100_000,
          tenant -> wanted.getOrDefault(tenant, Duration.ofMinutes(5)),
          nanos::get);

  private static LiveShop shop() {
    return new LiveShop().put("boots", "{}").happens("bob", "view", "boots");
  }

  private boolean isRemembered(LiveShop shop, Request request) {
    return cached.recommend(shop.tenant(), request, LiveShop.USUAL, 0).isHit();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void a_list_is_remembered_for_as_long_as_its_tenant_wants() {
    Request other = Request.builder(2).build();
    wanted.put(hasty.tenant(), Duration.ofSeconds(10));
    assertThat(isRemembered(hasty, LIST)).isFalse();
    assertThat(isRemembered(patient, other)).isFalse();

    pass(Duration.ofSeconds(9));
    assertThat(isRemembered(hasty, LIST)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(isRemembered(hasty, LIST)).isFalse();
    assertThat(isRemembered(patient, other)).isTrue();

    pass(Duration.ofMinutes(5));
    assertThat(isRemembered(patient, other)).isFalse();
  }

  @Test
  void what_the_tenant_wants_counts_from_the_next_list_on_and_0_keeps_none() {
    wanted.put(hasty.tenant(), Duration.ZERO);
    assertThat(isRemembered(hasty, LIST)).isFalse();
    assertThat(isRemembered(hasty, LIST)).isFalse();

    wanted.put(hasty.tenant(), Duration.ofSeconds(10));
    assertThat(isRemembered(hasty, LIST)).isFalse();
    assertThat(isRemembered(hasty, LIST)).isTrue();
  }

  @Test
  void lists_are_remembered_by_what_they_take() {
    var small = shop();
    var large = new LiveShop();
    for (int n = 0; n < 100; n++) large.put("p" + n, "{}").happens("bob", "view", "p" + n);
    assertThat(rememberedOfTen(small)).isEqualTo(10);
    assertThat(rememberedOfTen(large)).as("23 of 100 kB each").isLessThan(5);
  }

  private long rememberedOfTen(LiveShop shop) {
    List<Request> requests =
        IntStream.rangeClosed(91, 100).mapToObj(count -> Request.builder(count).build()).toList();
    for (Request request : requests) isRemembered(shop, request);
    return requests.stream().filter(request -> isRemembered(shop, request)).count();
  }
}
