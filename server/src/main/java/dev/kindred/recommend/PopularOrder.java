package dev.kindred.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.engine.TopK;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Segments;
import dev.kindred.learn.Shelf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * All items of a shelf in the order in which visitors of one kind take them. Made when somebody of
 * that kind comes, and kept for a while: so that what is on one page is not on the next, though
 * likes come in between. To be asked within the tenant's reading.
 */
final class PopularOrder {
  /** Numbers that all orders together may hold. */
  private static final long NUMBERS_KEPT = 16_000_000;

  private final Cache<Key, int[]> known;
  private final AtomicLong version = new AtomicLong();

  private record Key(
      Shelf shelf, int size, List<String> path, Optional<String> category, long version) {}

  PopularOrder(Duration kept, Ticker ticker) {
    known =
        Caffeine.newBuilder()
            .maximumWeight(NUMBERS_KEPT)
            .weigher((Key key, int[] order) -> order.length + 16)
            .expireAfterWrite(kept)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Has all orders made anew. Readers see old ones or new ones, never none. */
  void refresh() {
    version.incrementAndGet();
  }

  long version() {
    return version.get();
  }

  int size() {
    return (int) known.estimatedSize();
  }

  int[] of(LiveTenant tenant, Shelf shelf, List<String> path, Optional<String> category) {
    var key = new Key(shelf, shelf.size(), path, category, version.get());
    return known.get(key, any -> make(tenant, shelf, path, category));
  }

  private static int[] make(
      LiveTenant tenant, Shelf shelf, List<String> path, Optional<String> category) {
    Segments segments = tenant.segments(shelf);
    double[] shares;
    if (category.isPresent()) {
      IntPredicate in =
          shelf
              .column("category")
              .test(new Condition("category", Operator.IN, List.of(category.get())));
      shares = segments.sharesWithin(path, shelf.size(), in);
    } else {
      shares = segments.shares(path, shelf.size());
    }
    var all = new TopK(shelf.size());
    for (int item = 0; item < shares.length; item++) all.offer(item, (float) shares[item]);
    return all.ranking().items();
  }
}
