package dev.kindred.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.domain.TenantId;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.ItemLikeness;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.SegmentPlan;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Taste;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * Pages of a shop: a list of every item that may be shown, in an order that depends on how much is
 * known of the visitor, cut into pages.
 *
 * <p>A list begins with the tier that suits the visitor and goes on with the tiers below it, the
 * last of which knows an order of everything: so a page is full as long as there are items, deep
 * pages too. The filter is applied before anything is ranked, so the total is exact. What was
 * ranked is remembered under everything that can change it, and as deep as somebody looked. Safe
 * for any number of threads.
 */
public final class Storefront {
  /** So many items of a list are ranked at least. */
  private static final int DEPTH_MIN = 100;

  /** So many of the items that somebody took last speak for others. */
  private static final int SPEAKING_MAX = 100;

  /** What is asked for takes about so much, conditions and all. */
  private static final int KEY_BYTES = 1_200;

  private static final Duration LEARNED_EVERY = Duration.ofHours(1);
  private static final Set<String> LIKED = Set.of("like", "bookmark", "purchase");

  /**
   * How it is done.
   *
   * @param bytesKept what the lists that are remembered may take, roughly
   * @param similarUsers how many of those who took the same have a say
   * @param popularKept for how long the lists of visitors of whom nothing is known
   * @param personalKept for how long the others
   */
  public record Settings(
      long bytesKept, int similarUsers, Duration popularKept, Duration personalKept) {}

  private final Settings settings;
  private final Scratch.Pool scratches;
  private final Matching matching = new Matching();
  private final PopularOrder popular;
  private final Likenesses likenesses;
  private final Cache<Key, Ranked> lists;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  private record Key(
      TenantId tenant,
      StorefrontAsk ask,
      Shelf shelf,
      int userChanges,
      long changes,
      long popular) {}

  /**
   * The beginning of a list.
   *
   * @param ends where each tier ends in it
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Ranked(int[] items, int total, Tier first, Map<Tier, Integer> ends) {
    boolean reaches(int end) {
      return items.length >= Math.min(end, total);
    }
  }

  /**
   * @param atOnce how many pieces of working memory are kept
   * @param threads where it is learned what is alike
   */
  public Storefront(int atOnce, Settings settings, Executor threads, Ticker ticker) {
    likenesses = new Likenesses(LEARNED_EVERY, threads, ticker::read);
    this.settings = settings;
    scratches = new Scratch.Pool(atOnce);
    popular = new PopularOrder(settings.popularKept(), ticker);
    lists =
        Caffeine.newBuilder()
            .maximumWeight(settings.bytesKept())
            .weigher((Key key, Ranked list) -> KEY_BYTES + Integer.BYTES * list.items().length)
            .expireAfter(
                Expiry.writing((Key key, Ranked list) ->
                    list.first() == Tier.POPULAR
                        ? settings.popularKept()
                        : settings.personalKept()))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * A page.
   *
   * @param page counts from 1
   */
  public StorefrontPage page(
      LiveTenant tenant, Shelf shelf, StorefrontAsk ask, int page, int limit, long nowMicros) {
    return tenant.read(() -> {
      Deeds deeds = tenant.deeds(user(tenant, ask));
      var key =
          new Key(
              tenant.id(),
              ask,
              shelf,
              deeds.changes(),
              shelf.changes(),
              popular.version() + likenesses.version());
      int from = (int) Math.min((long) (page - 1) * limit, Integer.MAX_VALUE / 2);
      Ranked list = lists.getIfPresent(key);
      boolean isHit = list != null && list.reaches(from + limit);
      if (list == null || !isHit) {
        misses.increment();
        int depth = Math.max(DEPTH_MIN, Integer.highestOneBit(Math.max(1, from + limit - 1)) * 2);
        list = rank(tenant, shelf, ask, deeds, key.changes(), depth, nowMicros);
        lists.put(key, list);
      } else {
        hits.increment();
      }
      return cut(shelf, list, from, limit, isHit);
    });
  }

  private static StorefrontPage cut(Shelf shelf, Ranked list, int from, int limit, boolean isHit) {
    int end = Math.min(from + limit, Math.min(list.items().length, list.total()));
    var ids = new ArrayList<String>(limit);
    for (int n = from; n < end; n++) ids.add(shelf.id(list.items()[n]));
    var more = new ArrayList<Tier>();
    int begin = 0;
    for (Tier tier : List.of(Tier.COLLABORATIVE, Tier.CONTENT_BASED, Tier.POPULAR)) {
      Integer last = list.ends().get(tier);
      if (last == null) continue;
      boolean isOnPage = begin < end && last > from && last > begin;
      if (isOnPage && tier != list.first()) more.add(tier);
      begin = last;
    }
    return new StorefrontPage(ids, list.total(), list.first(), more, isHit);
  }

  private Ranked rank(
      LiveTenant tenant,
      Shelf shelf,
      StorefrontAsk ask,
      Deeds deeds,
      long changes,
      int depth,
      long nowMicros) {
    BitSet left = matching.of(shelf, changes, ask.filter(), nowMicros);
    for (int n = 0; n < deeds.size(); n++) {
      if (!LIKED.contains(tenant.kinds().name(deeds.type(n)))) continue;
      int item = tenant.item(shelf, deeds.entity(n));
      if (item >= 0) left.clear(item);
    }
    int total = left.cardinality();
    var list = new Listed(Math.min(depth, total), left);
    Tier first = ask.isPersonal() ? Tier.of(taken(tenant, deeds)) : Tier.POPULAR;
    Scratch scratch = scratches.lend(shelf.size());
    try {
      Taste taste =
          first == Tier.POPULAR
              ? Taste.NONE
              : Taste.of(tenant, shelf, deeds, Long.MAX_VALUE, 0, scratch.places);
      if (first == Tier.COLLABORATIVE) {
        together(tenant, shelf, user(tenant, ask), taste, scratch, list);
        list.end(Tier.COLLABORATIVE);
      }
      if (first != Tier.POPULAR && !list.isFull()) {
        alike(new ContentShares(shelf, taste, nowMicros), list);
        list.end(Tier.CONTENT_BASED);
      }
      if (!list.isFull()) {
        for (int item : popular.of(tenant, shelf, path(tenant, ask, nowMicros), ask.category())) {
          if (list.isFull()) break;
          list.take(item);
        }
        list.end(Tier.POPULAR);
      }
    } finally {
      scratches.giveBack(scratch);
    }
    return new Ranked(list.items(), total, first, list.ends);
  }

  /** How often somebody took something, as far as it matters. */
  private static int taken(LiveTenant tenant, Deeds deeds) {
    int taken = 0;
    for (int n = deeds.size() - 1; n >= 0 && !Tier.of(taken).isLast(); n--) {
      if (tenant.kinds().weight(deeds.type(n), deeds.weight(n)) > 0) taken++;
    }
    return taken;
  }

  private static int user(LiveTenant tenant, StorefrontAsk ask) {
    return ask.user().map(tenant::user).orElse(-1);
  }

  private void together(
      LiveTenant tenant, Shelf shelf, int user, Taste taste, Scratch scratch, Listed list) {
    ItemLikeness likeness = likenesses.of(tenant, shelf);
    float whole = 0;
    int from = Math.max(0, taste.size() - SPEAKING_MAX);
    for (int n = from; n < taste.size(); n++) whole += Math.max(0, taste.weights()[n]);
    for (int n = from; n < taste.size(); n++) {
      float weight = taste.weights()[n] / whole;
      if (weight <= 0) continue;
      Ranking row = likeness.of(taste.items()[n]);
      for (int m = 0; m < row.size(); m++) {
        scratch.sums.add(row.items()[m], weight * row.scores()[m]);
      }
    }
    scratch.similarUsers.addTo(
        tenant, shelf, user, taste.history(), settings.similarUsers(), scratch.sums);
    var best = new TopK(list.room());
    for (int n = 0; n < scratch.sums.count(); n++) {
      int item = scratch.sums.index(n);
      if (list.left.get(item)) best.offer(item, scratch.sums.sum(item));
    }
    list.takeAll(best);
  }

  private static void alike(ContentShares shares, Listed list) {
    var best = new TopK(list.room());
    for (int item = list.left.nextSetBit(0); item >= 0; item = list.left.nextSetBit(item + 1)) {
      double score = shares.score(item);
      if (score > 0) best.offer(item, (float) score);
    }
    list.takeAll(best);
  }

  private static List<String> path(LiveTenant tenant, StorefrontAsk ask, long nowMicros) {
    SegmentPlan plan = tenant.segmentPlan();
    Map<String, String> values = new HashMap<>();
    if (ask.isPersonal() && ask.user().isPresent()) {
      Instant now = Instant.EPOCH.plus(nowMicros, ChronoUnit.MICROS);
      int user = tenant.user(ask.user().get());
      if (user >= 0) values.putAll(plan.values(tenant.userAttributes(user), now));
    }
    values.putAll(ask.visitor());
    return plan.path(values);
  }

  /** A list in the making. */
  private static final class Listed {
    /** What may still be taken. */
    final BitSet left;

    final Map<Tier, Integer> ends = new EnumMap<>(Tier.class);
    private final int[] items;
    private int size;

    Listed(int depth, BitSet left) {
      this.items = new int[depth];
      this.left = left;
    }

    boolean isFull() {
      return size == items.length;
    }

    int room() {
      return items.length - size;
    }

    void take(int item) {
      if (isFull() || !left.get(item)) return;
      left.clear(item);
      items[size++] = item;
    }

    void takeAll(TopK best) {
      for (int item : best.ranking().items()) take(item);
    }

    void end(Tier tier) {
      ends.put(tier, size);
    }

    int[] items() {
      return Arrays.copyOf(items, size);
    }
  }

  /** Has popular lists made anew. */
  public void refreshPopular() {
    popular.refresh();
  }

  /** Learns anew what is alike, and returns when that is done. */
  public void learn(LiveTenant tenant, Shelf shelf, Runnable goOn) {
    likenesses.learn(tenant, shelf, goOn);
  }

  public int popularLists() {
    return popular.size();
  }

  /** Forgets what is too old. */
  public void cleanUp() {
    lists.cleanUp();
  }

  public long hits() {
    return hits.sum();
  }

  public long misses() {
    return misses.sum();
  }
}
