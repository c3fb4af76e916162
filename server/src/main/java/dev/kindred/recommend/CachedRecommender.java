package dev.kindred.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.domain.TenantId;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.VectorsAtHand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers lists. The key holds all that can change an answer: tenant, request, settings, how much
 * was ever done or said of the user, catalogue and models, and where it matters what goes on around
 * the items and the second. So nothing has to be thrown out, and an answer from here is the answer
 * that would be made. Equal requests at the same time are answered once.
 */
public final class CachedRecommender {
  private static final long MICROS_A_SECOND = 1_000_000;

  private final Recommender recommender;
  private final SharedLists shared;
  private final Function<LiveTenant, Duration> keptFor;
  private final Cache<Key, Entry> entries;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  private record Key(
      TenantId tenant,
      Request request,
      Preferences preferences,
      int userChanges,
      long changes,
      long second) {}

  /**
   * @param standings what went on around the items then; -1 where that did not matter
   * @param keptFor as its tenant wanted when the list was made
   */
  private record Entry(
      Recommendation recommendation, long standings, Form form, Duration keptFor) {}

  /** What a caller makes of a list to show it, kept with the list for who asks for it again. */
  public static final class Form {
    /** Of a list that is kept as numbers only. */
    static final Form NONE = new Form();

    private volatile byte[] bytes = {};

    /** What was made of the list before; where nothing was, what is made of it now. */
    byte[] of(Supplier<byte[]> maker) {
      byte[] kept = bytes;
      if (kept.length > 0) return kept;
      byte[] made = maker.get();
      bytes = made;
      return made;
    }
  }

  /**
   * A list, and whether it was remembered.
   *
   * @param position everything up to there is in it
   * @param form of that list
   */
  public record Served(Recommendation recommendation, long position, boolean isHit, Form form) {

    /** Whether a form of the list is kept for who asks again. */
    public boolean isFormKept() {
      return isHit && form != Form.NONE;
    }

    /** The list in its form, made once; for one that was remembered, as many are asked for once. */
    public byte[] formed(Function<Recommendation, byte[]> maker) {
      return form.of(() -> maker.apply(recommendation));
    }
  }

  /**
   * @param shared lists that other replicas may have made
   * @param bytesMax what the lists that are remembered may take, roughly
   * @param keptFor for how long at most, as each tenant wants now
   */
  public CachedRecommender(
      Recommender recommender,
      SharedLists shared,
      long bytesMax,
      Function<LiveTenant, Duration> keptFor,
      Ticker ticker) {
    this.recommender = recommender;
    this.shared = shared;
    this.keptFor = keptFor;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher((Key key, Entry entry) -> entry.recommendation().bytes())
            .expireAfter(Expiry.writing((Key key, Entry entry) -> entry.keptFor()))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * The list that a request asks for, seen from one moment: what is looked up and what is made are
   * one reading, but for lists that other replicas or the database may be asked for in between.
   */
  public Served recommend(
      LiveTenant tenant, Request request, Preferences preferences, long nowMicros) {
    if (tenant.hasVectorsAtHand() && !SharedLists.areFor(request)) {
      return tenant.read(() -> {
        Optional<Recommendation> known = remembered(tenant, request, preferences);
        if (known.isPresent()) {
          hits.increment();
          return new Served(known.get(), tenant.position(), true, Form.NONE);
        }
        Now now = now(tenant, request, preferences, nowMicros);
        return serve(
            tenant,
            now,
            () ->
                recommender.make(
                    tenant, request, preferences, nowMicros, VectorsAtHand.IN_PROCESS));
      });
    }
    Now now = tenant.read(() -> now(tenant, request, preferences, nowMicros));
    return serve(
        tenant,
        now,
        () ->
            shared.recommend(
                tenant,
                request,
                preferences,
                now.position(),
                now.key().second(),
                () -> recommender.recommend(tenant, request, preferences, nowMicros)));
  }

  /**
   * A list that only depends on the catalogue and the models, unless its tenant wants none kept.
   */
  private Optional<Recommendation> remembered(
      LiveTenant tenant, Request request, Preferences preferences) {
    return Alikes.areFor(request) && keptFor.apply(tenant).isPositive()
        ? recommender.remembered(tenant, request, preferences)
        : Optional.empty();
  }

  /** What a list depends on, as of one moment. */
  private record Now(Key key, long standings, long position) {}

  private static Now now(
      LiveTenant tenant, Request request, Preferences preferences, long nowMicros) {
    Deeds deeds = request.user().map(id -> tenant.deeds(tenant.user(id))).orElse(Deeds.NONE);
    long second = tenant.isTimed() ? nowMicros / MICROS_A_SECOND : 0;
    var key = new Key(tenant.id(), request, preferences, deeds.changes(), tenant.changes(), second);
    return new Now(key, tenant.standingsChanges(), tenant.position());
  }

  private Served serve(LiveTenant tenant, Now now, Supplier<Recommendation> maker) {
    Entry known = entries.getIfPresent(now.key());
    if (known != null && isGood(known, now.standings())) {
      hits.increment();
      return new Served(known.recommendation(), now.position(), true, known.form());
    }
    misses.increment();
    Entry made =
        entries
            .asMap()
            .compute(
                now.key(),
                (_, other) ->
                    other != null && isGood(other, now.standings())
                        ? other
                        : entry(tenant, maker.get(), now.standings()));
    return new Served(made.recommendation(), now.position(), false, made.form());
  }

  private Entry entry(LiveTenant tenant, Recommendation made, long standings) {
    // What lacks something is shown once, and made again for who asks next.
    Duration kept = made.isWhole() ? keptFor.apply(tenant) : Duration.ZERO;
    return new Entry(made, made.isOfUserOnly() ? -1 : standings, new Form(), kept);
  }

  private static boolean isGood(Entry entry, long standings) {
    return entry.standings() < 0 || entry.standings() == standings;
  }

  public long hits() {
    return hits.sum();
  }

  public long misses() {
    return misses.sum();
  }
}
