package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.cache.LocalCache;
import dev.kindred.domain.EntityType;
import dev.kindred.learn.LiveTenant;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Lists that one replica makes and others find. */
class SharedListsTest {
  private static final Request POPULAR = Request.builder(3).algorithm(Algorithm.POPULAR).build();

  private final AtomicLong nanos = new AtomicLong();
  private final LocalCache redis = new LocalCache(1_000_000, nanos::get);
  private final SharedLists here = new SharedLists(redis, this::kept);
  private final SharedLists there = new SharedLists(redis, this::kept);
  private final LiveShop shop =
      new LiveShop()
          .put("boots", "{\"price\":99}")
          .put("coat", "{}")
          .happens("bob", "purchase", "boots");

  private int made;
  private Duration kept = Duration.ofHours(1);

  private Duration kept(LiveTenant tenant) {
    assertThat(tenant).isSameAs(shop.tenant());
    return kept;
  }

  private Recommendation ask(SharedLists replica, Request request) {
    return replica.recommend(
        shop.tenant(),
        request,
        LiveShop.USUAL,
        shop.tenant().position(),
        0,
        () -> {
          made++;
          return shop.recommend(request, LiveShop.USUAL);
        });
  }

  @Test
  void a_list_for_everybody_is_made_once_for_all_replicas() {
    Recommendation first = ask(here, POPULAR);
    assertThat(ask(there, POPULAR)).isEqualTo(first);
    assertThat(first.items()).hasSize(2);
    assertThat(made).isEqualTo(1);
  }

  @Test
  void it_is_shared_for_as_long_as_the_tenant_wants() {
    kept = Duration.ofMinutes(1);
    Recommendation first = ask(here, POPULAR);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(ask(there, POPULAR)).isEqualTo(first);
    assertThat(made).isEqualTo(1);

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    kept = Duration.ZERO;
    ask(there, POPULAR);
    ask(there, POPULAR);
    assertThat(made).isEqualTo(3);
  }

  @Test
  void a_write_makes_it_another_question() {
    assertThat(LiveShop.ids(ask(here, POPULAR))).contains("boots");
    shop.delete("boots");
    assertThat(LiveShop.ids(ask(there, POPULAR))).containsExactly("coat");
    assertThat(made).isEqualTo(2);
  }

  @Test
  void lists_of_users_and_explained_ones_are_not_shared() {
    for (Request request :
        List.of(
            Request.builder(3).algorithm(Algorithm.POPULAR).user("ann").build(),
            Request.builder(3).algorithm(Algorithm.POPULAR).explain(true).build(),
            Request.builder(3).algorithm(Algorithm.POPULAR).session(List.of("boots")).build(),
            Request.builder(3).build())) {
      made = 0;
      assertThat(ask(here, request)).isEqualTo(ask(there, request));
      assertThat(made).as(request.toString()).isEqualTo(2);
    }
  }

  @Test
  void whatever_differs_makes_another_key() {
    Request.Builder plain = Request.builder(3).algorithm(Algorithm.POPULAR);
    assertThat(SharedLists.hash(plain.build())).isEqualTo(SharedLists.hash(POPULAR));
    assertThat(
            List.of(
                SharedLists.hash(POPULAR),
                SharedLists.hash(Request.builder(4).algorithm(Algorithm.POPULAR).build()),
                SharedLists.hash(plain.exclude(List.of("a", "b")).build()),
                SharedLists.hash(plain.exclude(List.of("a, b")).build()),
                SharedLists.hash(plain.exclude(List.of("ab", "")).build()),
                SharedLists.hash(plain.type(Optional.of(new EntityType("film"))).build()),
                SharedLists.hash(plain.minScore(0.5).build())))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_list_comes_back_from_its_bytes_as_it_was_and_other_bytes_are_none() {
    Recommendation full = shop.recommend(POPULAR, LiveShop.USUAL);
    Recommendation none = full.withoutItems(Map.of("holdout", 3));
    assertThat(ListBytes.read(ListBytes.write(none))).contains(none);
    byte[] bytes = ListBytes.write(full);
    assertThat(ListBytes.read(bytes)).contains(full);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(ListBytes.read(Arrays.copyOf(bytes, length))).isEmpty();
    }
  }
}
