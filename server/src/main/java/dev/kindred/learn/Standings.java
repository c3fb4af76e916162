package dev.kindred.learn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The items of a shelf in the order of what goes on around them. A list is made when it is asked
 * for and something has changed: at once on a shelf of usual size; on a large one a list serves for
 * a moment, so that asking stays cheap while much is going on, and is made anew beside the requests
 * as long as somebody asks for it.
 */
public final class Standings {
  /** Shelves up to this size are put in order anew whenever something has changed. */
  private static final int USUAL_SIZE = 4_000;

  private static final long A_MOMENT_NANOS = 1_000_000_000;

  /** Lists that were put together from such lists serve so long. */
  private static final long SEEN_FOR_NANOS = 250_000_000;

  /** What nobody asked for in this time is not kept up to date. */
  private static final long WANTED_NANOS = 60_000_000_000L;

  /** Items that are looked at within one reading, where a list is made beside the requests. */
  private static final int ITEMS_AT_ONCE = 2_048;

  /** Numbers that the lists of all slices of users together may hold. */
  private static final long SLICE_NUMBERS_MAX = 6_000_000;

  /** A list of a slice on a large shelf serves for so many times as long as it took to make. */
  private static final long SERVES_TIMES = 20;

  /** What growth counts half. */
  private static final double HALF_GROWTH = 2;

  /** The half-life that popularity is told by where nobody asks for another. */
  private static final int USUAL_SPAN = 3;

  /** What can be asked. */
  private enum Kind {
    POPULAR,
    TRENDING
  }

  private record Question(Kind kind, int span) {}

  private static final class Made {
    final Ranking ranking;
    final long changes;
    final long atNanos;
    volatile long askedNanos;

    Made(Ranking ranking, long changes, long atNanos) {
      this.ranking = ranking;
      this.changes = changes;
      this.atNanos = atNanos;
      this.askedNanos = atNanos;
    }
  }

  /** What is asked about a slice of users. */
  private record SliceQuestion(List<String> path, int span) {}

  private record SliceMade(
      SlicePopularity list,
      Segments segments,
      long counted,
      long changes,
      long atNanos,
      long took) {}

  private final Shelf shelf;
  private final LongSupplier nanoTime;

  /** The least wanted leaves when there are many. */
  private final Cache<SliceQuestion, SliceMade> slices =
      Caffeine.newBuilder()
          .maximumWeight(SLICE_NUMBERS_MAX)
          .weigher((SliceQuestion question, SliceMade made) -> made.list().numbers() + 16)
          .executor(Runnable::run)
          .build();

  private final ConcurrentHashMap<Question, Made> lists = new ConcurrentHashMap<>();
  private long newestMicros;

  /** What {@link #seenChanges} last told, and when. */
  private volatile Seen seen = new Seen(0, 0);

  private record Seen(long changes, long atNanos) {}

  Standings(Shelf shelf, LongSupplier nanoTime) {
    this.shelf = shelf;
    this.nanoTime = nanoTime;
  }

  /** Items with interactions, the most popular first; scores from 0 to 1. */
  public Ranking popular() {
    return list(new Question(Kind.POPULAR, USUAL_SPAN));
  }

  /** The same by what happened in about so many days. */
  public Ranking popular(double windowDays) {
    return list(new Question(Kind.POPULAR, Rates.spanOf(windowDays)));
  }

  /**
   * What is popular with a slice of users; absent where nothing is known of them.
   *
   * @param path the values that the slice is known by
   * @param windowDays by what happened in about so many days
   */
  Optional<SlicePopularity> popular(
      Segments segments, List<String> path, Optional<Double> windowDays) {
    List<String> known = segments.known(path);
    if (known.isEmpty()) return Optional.empty();
    int span = windowDays.map(Rates::spanOf).orElse(USUAL_SPAN);
    var question = new SliceQuestion(known, span);
    SliceMade before = slices.getIfPresent(question);
    if (before != null && isStillGood(before, segments)) return Optional.of(before.list());
    SliceMade made =
        slices
            .asMap()
            .compute(
                question,
                (same, other) ->
                    other != null && isStillGood(other, segments) ? other : make(segments, same));
    return Optional.of(made.list());
  }

  private SliceMade make(Segments segments, SliceQuestion question) {
    long start = nanoTime.getAsLong();
    Lift lift = segments.lift(question.path(), shelf.size());
    float[] scores = new float[shelf.size()];
    for (int item = 0; item < scores.length; item++) {
      if (!shelf.isLive(item)) continue;
      scores[item] = (float) Math.log1p(weight(item, question.span()) * lift.of(item));
    }
    long now = nanoTime.getAsLong();
    return new SliceMade(
        SlicePopularity.of(scores), segments, segments.changes(), changes(), now, now - start);
  }

  /** The more slices are asked about, the longer each serves, so that making them stays cheap. */
  private boolean isStillGood(SliceMade made, Segments segments) {
    boolean isSame = made.segments() == segments && made.counted() == segments.changes();
    if (isSame && made.changes() == changes()) return true;
    long serves = SERVES_TIMES * made.took() * (slices.estimatedSize() + 1);
    return shelf.size() > USUAL_SIZE
        && nanoTime.getAsLong() - made.atNanos() < Math.max(A_MOMENT_NANOS, serves);
  }

  /** Items with more going on in about so many days than is usual for them; scores from 0 to 1. */
  public Ranking trending(double windowDays) {
    return list(new Question(Kind.TRENDING, Rates.spanOf(windowDays)));
  }

  /** Between 0 and 1; the popularity of an item on its own. */
  public float popularity(int item, float most) {
    return most <= 0 ? 0 : (float) (Math.log1p(weight(item, USUAL_SPAN)) / most);
  }

  /** What {@link #popularity} divides by. */
  public float mostPopular() {
    Ranking popular = popular();
    return popular.size() == 0 ? 0 : (float) Math.log1p(weight(popular.items()[0], USUAL_SPAN));
  }

  /**
   * Another number than before if lists made now may differ from those made then; on a large shelf
   * it stays the same for a moment.
   */
  long seenChanges() {
    Seen last = seen;
    if (last.changes() == changes()) return last.changes();
    long now = nanoTime.getAsLong();
    if (shelf.size() > USUAL_SIZE && now - last.atNanos() < SEEN_FOR_NANOS) return last.changes();
    seen = new Seen(changes(), now);
    return changes();
  }

  /** Something happened at that instant. */
  void happened(long atMicros) {
    newestMicros = Math.max(newestMicros, atMicros);
  }

  /** What happened last is gone: from now on they are seen from that instant. */
  void isNewest(long atMicros) {
    newestMicros = atMicros;
  }

  long newestMicros() {
    return newestMicros;
  }

  private Ranking list(Question question) {
    Made known = lists.get(question);
    if (known == null || !isStillGood(known)) {
      known =
          lists.compute(
              question, (same, other) -> other != null && isStillGood(other) ? other : make(same));
    }
    if (shelf.size() > USUAL_SIZE) known.askedNanos = nanoTime.getAsLong();
    return known.ranking;
  }

  private boolean isStillGood(Made made) {
    if (made.changes == changes()) return true;
    return shelf.size() > USUAL_SIZE && nanoTime.getAsLong() - made.atNanos < A_MOMENT_NANOS;
  }

  private long changes() {
    return shelf.rates().changes() + shelf.changes();
  }

  private Made make(Question question) {
    var making = new Making(question);
    making.look(0, shelf.size());
    return making.end();
  }

  /**
   * Makes the lists of a large shelf that were asked for lately anew, a few items at a time, so
   * that who asks next need not. From outside the tenant's reading.
   */
  void renew(Turnstile turnstile) {
    for (var entry : lists.entrySet()) {
      Made made = entry.getValue();
      boolean isLarge = turnstile.read(() -> shelf.size() > USUAL_SIZE);
      if (!isLarge) return;
      if (nanoTime.getAsLong() - made.askedNanos > WANTED_NANOS) {
        boolean _ = lists.remove(entry.getKey(), made);
      } else if (turnstile.read(() -> made.changes != changes())) {
        Made renewed = renewed(turnstile, entry.getKey());
        renewed.askedNanos = made.askedNanos;
        boolean _ = lists.replace(entry.getKey(), made, renewed);
      }
    }
  }

  private Made renewed(Turnstile turnstile, Question question) {
    Making making = turnstile.read(() -> new Making(question));
    for (int from = 0, end = 1; from < end; from += ITEMS_AT_ONCE) {
      int first = from;
      end =
          turnstile.read(() -> {
            making.look(first, Math.min(first + ITEMS_AT_ONCE, shelf.size()));
            return shelf.size();
          });
    }
    return making.end();
  }

  /** A list in the making. What happens meanwhile may be in it, and has it made anew. */
  private final class Making {
    private final Question question;
    private final long newest = newestMicros;
    private final long changes = changes();
    private final long atNanos = nanoTime.getAsLong();
    private long[] packed = new long[shelf.size()];
    private int count;

    Making(Question question) {
      this.question = question;
    }

    void look(int from, int to) {
      if (to > packed.length) packed = Arrays.copyOf(packed, to + to / 8);
      for (int item = from; item < to; item++) {
        if (!shelf.isLive(item)) continue;
        // What has decayed to nothing as a float is nothing.
        float score =
            (float)
                switch (question.kind()) {
                  case POPULAR -> Math.log1p(weight(item, question.span(), newest));
                  case TRENDING -> growth(item, question.span(), newest);
                };
        if (score > 0) packed[count++] = TopK.pack(score, item);
      }
    }

    Made end() {
      return new Made(ranking(), changes, atNanos);
    }

    private Ranking ranking() {
      var all = new TopK(count);
      for (int n = 0; n < count; n++) all.offer(packed[n]);
      Ranking ranking = all.ranking();
      if (question.kind() == Kind.TRENDING || count == 0) return ranking;
      float[] scores = ranking.scores();
      float most = scores[0];
      for (int n = 0; n < scores.length; n++) scores[n] /= most;
      return ranking;
    }
  }

  private double weight(int item, int span) {
    return weight(item, span, newestMicros);
  }

  private double weight(int item, int span, long newest) {
    return shelf.rates().weight(item, span, newest);
  }

  private double growth(int item, int span, long newest) {
    double growth = shelf.rates().growth(item, span, newest);
    return growth / (growth + HALF_GROWTH);
  }
}
