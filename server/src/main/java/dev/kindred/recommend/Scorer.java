package dev.kindred.recommend;

import static java.util.Objects.requireNonNull;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import dev.kindred.learn.ItemVectors;
import dev.kindred.learn.Learned;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.SlicePopularity;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Scores the items of a shelf for one history.
 *
 * <p>Every source gives a number between 0 and 1, the sources are weighted, and the weights sum to
 * one, so the score is a sum of parts. What users did gives s / (s + h), where h is what a usual
 * list ends with: the order stays that of s, whatever the model's scale. What items are like gives
 * the cosine to what the history is like. A short history is topped up by what everybody likes.
 */
final class Scorer {
  /** A list of this many candidates from each source is gathered at least. */
  private static final int CANDIDATES_MIN = 100;

  private static final int NEAREST_MIN = 20;

  /** So many items are compared for each one that is gathered, where nothing is really close. */
  private static final int COMPARED_FOR_EACH = 10;

  /** The same where nothing but contents speaks. */
  private static final int COMPARED_FOR_EACH_ALONE = 45;

  /** More than what is lost where cosines are rounded. */
  private static final float ROUNDING = 1e-4f;

  private final LiveTenant tenant;
  private final Shelf shelf;
  private final Learned learned;
  private final ItemVectors vectors;
  private final History history;
  private final Weights weights;
  private final Optional<SlicePopularity> slice;
  private final List<TestedBoost> boosts;

  /**
   * Sums for all items; null where few items are asked about, each of which is summed by itself.
   */
  private final @Nullable Accumulator sums;

  private final float mostPopular;

  /** Whether the model says something of items whatever the history. */
  private final boolean hasBase;

  /** What the model reads: entries that it knows, weighed as it was trained. */
  private final History known;

  private final ItemVectors.Aim aim;

  /** What each source counts; together one. */
  record Weights(float collaborative, float content, float popular) {
    static final Weights NONE = new Weights(0, 0, 0);
  }

  /** A boost and which items it is for. */
  record TestedBoost(IntPredicate test, float factor) {}

  /**
   * @param isLike whether the list is to be like the history itself, not like what sets it apart
   * @param vectors of the shelf's items
   * @param slice what is popular with users like this one, for where everybody has a say
   */
  Scorer(
      LiveTenant tenant,
      Shelf shelf,
      ItemVectors vectors,
      History history,
      boolean isLike,
      Weights weights,
      Optional<SlicePopularity> slice,
      List<TestedBoost> boosts,
      @Nullable Accumulator sums) {
    this.tenant = tenant;
    this.shelf = shelf;
    this.learned = shelf.learned();
    this.vectors = vectors;
    this.history = history;
    this.weights = weights;
    this.slice = slice;
    this.boosts = boosts;
    this.sums = sums;
    this.mostPopular = weights.popular() > 0 ? shelf.standings().mostPopular() : 0;
    this.hasBase = learned.model().hasBase() && history.size() > 0;
    this.known = known(history);
    History compared = weights.content() > 0 ? history : History.EMPTY;
    this.aim =
        vectors.aim(compared.items(), compared.weights(), isLike ? new float[0] : learned.common());
    if (sums != null && weights.collaborative() > 0) addUp(sums);
  }

  private History known(History all) {
    int count = 0;
    int[] items = new int[all.size()];
    float[] itemWeights = new float[all.size()];
    for (int n = 0; n < all.size(); n++) {
      if (all.items()[n] >= learned.items()) continue;
      items[count] = all.items()[n];
      itemWeights[count++] = all.weights()[n];
    }
    if (count < all.size()) {
      items = java.util.Arrays.copyOf(items, count);
      itemWeights = java.util.Arrays.copyOf(itemWeights, count);
    }
    return learned.weighing().of(new History(items, itemWeights));
  }

  private void addUp(Accumulator sums) {
    learned.model().addScores(known, 1f, sums);
    for (int n = 0; n < history.size(); n++) {
      Ranking live = shelf.liveNeighbours(tenant, history.items()[n]);
      float weight = learned.live() * history.weights()[n];
      for (int m = 0; m < live.size(); m++) sums.add(live.items()[m], weight * live.scores()[m]);
    }
  }

  /** The best eligible items, best first; at most {@code count}, and only such with a score. */
  Ranking best(int count, IntPredicate eligible, Scratch scratch) {
    var top = new TopK(count);
    float others = 0;
    if (weights.collaborative() > 0) {
      others = offerCompanions(count, eligible, top, scratch);
      walk(learned.popular(), count, eligible, top, scratch);
    }
    if (weights.content() > 0 && hasDirection()) {
      int wanted = Math.max(NEAREST_MIN, 2 * count);
      boolean isAlone = weights.collaborative() == 0;
      int comparisons = wanted * (isAlone ? COMPARED_FOR_EACH_ALONE : COMPARED_FOR_EACH);
      float cosineMin = isBounded() && top.size() == count ? cosineMin(top, others) : -1f;
      for (int item : aim.nearest(wanted, comparisons, cosineMin, eligible)) {
        offer(item, top, scratch);
      }
    }
    if (weights.popular() > 0) {
      Ranking popular = slice.map(SlicePopularity::ranking).orElseGet(shelf.standings()::popular);
      walk(popular.items(), count, eligible, top, scratch);
    }
    return top.ranking();
  }

  /** Whether a score can be no more than what users did and likeness give. */
  private boolean isBounded() {
    return weights.popular() == 0 && boosts.isEmpty() && !hasBase;
  }

  /**
   * How like the history an item must be to enter a full list.
   *
   * @param others the most that what users did gives to it
   */
  private float cosineMin(TopK top, float others) {
    return (TopK.score(top.bar()) - others) / weights.content() - ROUNDING;
  }

  private boolean hasDirection() {
    for (int n = 0; n < history.size(); n++) {
      if (history.weights()[n] > 0 && vectors.contains(history.items()[n])) return true;
    }
    return false;
  }

  /**
   * Offers what users did together with the history, the best of that first, until not even being
   * just like the history would bring the next one into the list. Returns the most that this source
   * gives to any that was not offered.
   */
  private float offerCompanions(int count, IntPredicate eligible, TopK top, Scratch scratch) {
    boolean isAlone = weights.content() == 0 && isBounded();
    int wanted = isAlone ? count : Math.max(CANDIDATES_MIN, 4 * count);
    long[] companions = companions(wanted, eligible);
    for (long packed : companions) {
      float part = collaborative(TopK.score(packed));
      boolean isFull = top.size() == count;
      if (isFull && isBounded() && part + weights.content() < TopK.score(top.bar())) return part;
      offer(TopK.index(packed), top, scratch);
    }
    return companions.length < wanted ? 0 : collaborative(TopK.score(companions[wanted - 1]));
  }

  private long[] companions(int wanted, IntPredicate eligible) {
    var top = new TopK(wanted);
    Accumulator all = requireNonNull(sums);
    for (int n = 0; n < all.count(); n++) {
      int item = all.index(n);
      float sum = together(item);
      if (sum <= 0) continue;
      long packed = TopK.pack(sum, item);
      if (packed > top.bar() && eligible.test(item)) top.offer(packed);
    }
    return top.packed();
  }

  /** The first eligible ones of a list, of which those behind can only score less. */
  private void walk(int[] list, int count, IntPredicate eligible, TopK top, Scratch scratch) {
    int found = 0;
    for (int item : list) {
      if (found == count) return;
      if (!eligible.test(item)) continue;
      offer(item, top, scratch);
      found++;
    }
  }

  private void offer(int item, TopK top, Scratch scratch) {
    if (scratch.taken[item] == scratch.round) return;
    scratch.taken[item] = scratch.round;
    float score = score(item);
    if (score > 0) top.offer(item, score);
  }

  float score(int item) {
    float plain = plain(item);
    return plain == 0 ? 0 : Math.min(1f, plain * boost(item));
  }

  /** As much as the score of an item can be, whose vector need not be here. */
  float scoreAtMost(int item) {
    float content =
        weights.content() == 0 ? 0 : weights.content() * Math.max(0f, aim.cosineAtMost(item));
    return Math.min(1f, (collaborative(item) + content + popular(item)) * boost(item));
  }

  private float plain(int item) {
    return collaborative(item) + content(item) + popular(item);
  }

  float boost(int item) {
    float factor = 1;
    for (TestedBoost boost : boosts) if (boost.test().test(item)) factor *= boost.factor();
    return factor;
  }

  /** The part that comes from what users did. */
  float collaborative(int item) {
    if (weights.collaborative() == 0) return 0;
    return collaborative(together(item));
  }

  private float collaborative(float sum) {
    return sum <= 0 ? 0 : weights.collaborative() * (sum / (sum + learned.half()));
  }

  /** The part that comes from what items are like. */
  float content(int item) {
    if (weights.content() == 0 || !vectors.contains(item)) return 0;
    return weights.content() * Math.max(0f, aim.cosine(item));
  }

  /** Whether what everybody likes has a say. */
  boolean isToppedUp() {
    return weights.popular() > 0;
  }

  /** With whom it is popular. */
  Reason popularReason() {
    return slice.isPresent() ? Reason.POPULAR_IN_SEGMENT : Reason.POPULAR;
  }

  /** The part that comes from what everybody likes, or users like this one. */
  float popular(int item) {
    if (weights.popular() == 0) return 0;
    return weights.popular()
        * (slice.isPresent()
            ? slice.get().of(item)
            : shelf.standings().popularity(item, mostPopular));
  }

  private float together(int item) {
    float base = hasBase && item < learned.items() ? learned.model().base(item) : 0f;
    return (sums == null ? sumOf(item) : sums.sum(item)) + base;
  }

  private float sumOf(int item) {
    float sum = 0;
    if (item < learned.items()) {
      for (float part : learned.model().parts(known, item)) sum += part;
    }
    for (int n = 0; n < history.size(); n++) sum += liveShare(n, item);
    return sum;
  }

  /** What one entry of the history gives an item by what the model cannot know yet. */
  private float liveShare(int n, int item) {
    float share = 0;
    Ranking live = shelf.liveNeighbours(tenant, history.items()[n]);
    for (int m = 0; m < live.size(); m++) {
      if (live.items()[m] != item) continue;
      share += learned.live() * history.weights()[n] * live.scores()[m];
    }
    return share;
  }

  /**
   * What each entry of the history gave to an item's score, each in proportion, boosts aside; may
   * be negative. What would be missing without one is another matter, as scores are no sums.
   */
  float[] shares(int item) {
    float[] shares = new float[history.size()];
    addCollaborativeShares(item, shares);
    addContentShares(item, shares);
    return shares;
  }

  private void addCollaborativeShares(int item, float[] shares) {
    float part = collaborative(item);
    if (part == 0) return;
    float scale = part / together(item);
    int[] places = new int[known.size()];
    for (int n = 0, at = 0; n < history.size(); n++) {
      if (history.items()[n] < learned.items()) places[at++] = n;
    }
    if (item < learned.items()) {
      float[] parts = learned.model().parts(known, item);
      for (int n = 0; n < parts.length; n++) shares[places[n]] += scale * parts[n];
    }
    for (int n = 0; n < shares.length; n++) shares[n] += scale * liveShare(n, item);
  }

  private void addContentShares(int item, float[] shares) {
    float part = content(item);
    if (part == 0) return;
    float[] raw = new float[shares.length];
    float sum = 0;
    for (int n = 0; n < raw.length; n++) {
      if (!vectors.contains(history.items()[n])) continue;
      raw[n] = history.weights()[n] * vectors.similarity(history.items()[n], item);
      sum += raw[n];
    }
    if (sum <= 0) return;
    for (int n = 0; n < raw.length; n++) shares[n] += part * raw[n] / sum;
  }
}
