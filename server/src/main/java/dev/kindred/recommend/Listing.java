package dev.kindred.recommend;

import dev.kindred.domain.JsonObject;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.rerank.Diversity;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.ItemVectors;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.SegmentPlan;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.SlicePopularity;
import dev.kindred.learn.Standings;
import dev.kindred.learn.Taste;
import dev.kindred.recommend.Picks.Pick;
import dev.kindred.recommend.Recommendation.Explanation;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Missing;
import dev.kindred.recommend.Request.Mix;
import dev.kindred.recommend.Scorer.TestedBoost;
import dev.kindred.recommend.Scorer.Weights;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The making of one list from one shelf; used once, by one thread, under the tenant's lock. */
final class Listing {
  /** From how many times the wanted number a diverse list is chosen. */
  private static final int CHOICE = 5;

  private static final int CHOICE_MIN = 50;

  /** Below every score that means something. */
  private static final float LEAST = 1e-3f;

  private final LiveTenant tenant;
  private final Shelf shelf;
  private final ItemVectors vectors;
  private final Request request;
  private final Preferences preferences;
  private final Scratch scratch;
  private final Eligibility eligibility;
  private final Past past;
  private final Scorer scorer;
  private final Explainer explainer;
  private final Picks picks;
  private final Deeds deeds;
  private final long nowMicros;

  /** What is popular with users like this one, once somebody has asked. */
  private Optional<SlicePopularity> slice = Optional.empty();

  private boolean isSliceKnown;

  /** How many items the scorer gave. */
  private int gathered;

  Listing(
      LiveTenant tenant,
      Shelf shelf,
      ItemVectors vectors,
      Request request,
      Preferences preferences,
      Scratch scratch,
      long nowMicros) {
    this.tenant = tenant;
    this.nowMicros = nowMicros;
    this.shelf = shelf;
    this.vectors = vectors;
    this.request = request;
    this.preferences = preferences;
    this.scratch = scratch;
    Deeds deeds = request.user().map(id -> tenant.deeds(tenant.user(id))).orElse(Deeds.NONE);
    boolean isLike = !request.like().isEmpty();
    this.eligibility = new Eligibility(tenant, shelf, request, deeds, scratch, nowMicros);
    this.past = isLike ? Past.like(shelf, request) : past(deeds, -1);
    Weights weights = weights(past);
    this.scorer =
        new Scorer(
            tenant,
            shelf,
            vectors,
            past.history(),
            isLike,
            weights,
            weights.popular() > 0 ? slice() : Optional.empty(),
            boosts(),
            scratch.sums);
    this.deeds = deeds;
    this.explainer = new Explainer(tenant, shelf, deeds, past, scorer, this::without);
    this.picks = new Picks(request.count());
  }

  private Optional<SlicePopularity> slice() {
    if (isSliceKnown) return slice;
    boolean isOfWindow = request.algorithm() == Algorithm.POPULAR;
    slice = tenant.popularWith(shelf, path(), isOfWindow ? request.windowDays() : Optional.empty());
    isSliceKnown = true;
    return slice;
  }

  /** What is known of the user, and over it what the caller says, along the tenant's segments. */
  private List<String> path() {
    SegmentPlan plan = tenant.segmentPlan();
    Instant now = Instant.EPOCH.plus(nowMicros, ChronoUnit.MICROS);
    JsonObject stored =
        request.user().map(id -> tenant.userAttributes(tenant.user(id))).orElse(JsonObject.EMPTY);
    if (request.attributes().isEmpty()) return plan.path(stored, now);
    var values = new HashMap<>(plan.values(stored, now));
    values.putAll(plan.values(request.attributes(), now));
    return plan.path(values);
  }

  private Past past(Deeds own, int without) {
    Taste taste =
        Taste.of(
            tenant,
            shelf,
            own,
            Long.MAX_VALUE,
            without,
            preferences.halfLifeMicros(),
            scratch.places);
    return Past.of(shelf, taste, request);
  }

  /** What scores would be if the user had not done one thing. */
  private Scorer without(int deed) {
    Past other = past(deeds, deed);
    Weights weights = weights(other);
    return new Scorer(
        tenant,
        shelf,
        vectors,
        other.history(),
        false,
        weights,
        weights.popular() > 0 ? slice() : Optional.empty(),
        boosts(),
        null);
  }

  private Weights weights(Past of) {
    int speaking = of.speaking();
    if (speaking == 0 || !request.algorithm().isPersonal()) return Weights.NONE;
    float own =
        !request.like().isEmpty() || speaking >= preferences.coldStartMin()
            ? 1f
            : (float) Math.sqrt((double) speaking / preferences.coldStartMin());
    Mix mix =
        switch (request.algorithm()) {
          case COLLABORATIVE -> new Mix(1, 0);
          case CONTENT_BASED -> new Mix(0, 1);
          default -> request.mix().orElseGet(this::usualMix);
        };
    return new Weights((float) mix.collaborative() * own, (float) mix.content() * own, 1 - own);
  }

  private Mix usualMix() {
    float learned = shelf.learned().contentShare();
    return Float.isNaN(learned) || !preferences.isUsualMix()
        ? new Mix(preferences.collaborative(), preferences.content())
        : new Mix(1 - learned, learned);
  }

  private List<TestedBoost> boosts() {
    return request.boosts().stream()
        .map(boost -> new TestedBoost(shelf.test(boost.filter()), (float) boost.factor()))
        .toList();
  }

  /** Whether nothing spoke for anything. */
  boolean isCold() {
    return past.speaking() == 0;
  }

  /** What an item is to the user; what everybody likes decides where nothing else does. */
  float score(int item) {
    float own = scorer.score(item);
    if (own > 0 || !shelf.isLive(item)) return own;
    if (slice().isPresent()) return LEAST * slice().get().of(item);
    Standings standings = shelf.standings();
    return LEAST * standings.popularity(item, standings.mostPopular());
  }

  /** Whether nothing in the list comes from what goes on around the items. */
  boolean isOfUserOnly() {
    boolean isScored = picks.all().size() <= gathered;
    return gathered > 0 && isScored && !scorer.isToppedUp() && !request.explain();
  }

  /** How many of the list, from the first on, speak to the user; the ladder gave the rest. */
  int scored() {
    return Math.min(gathered, picks.all().size());
  }

  /** Fills the list. */
  List<Pick> make() {
    switch (request.algorithm()) {
      case TRENDING, POPULAR -> {}
      default -> gather();
    }
    var fallback =
        new Fallback(
            shelf,
            request.windowDays().orElse(preferences.trendingDays()),
            eligibility::test,
            this::slice);
    if (request.algorithm() == Algorithm.TRENDING) {
      fallback.fillWithTrending(picks);
    } else if (request.algorithm() == Algorithm.POPULAR) {
      // Popular is popular, unless the caller says with whom.
      if (!request.attributes().isEmpty()) fallback.fillFromSlice(picks);
      request
          .windowDays()
          .ifPresent(
              days -> fallback.climb(picks, shelf.standings().popular(days), Reason.POPULAR));
      fallback.fillWithPopular(picks);
    } else {
      fallback.fill(picks);
    }
    picks.all().removeIf(pick -> pick.score() < request.minScore());
    picks
        .all()
        .sort(
            Comparator.comparingDouble((Pick pick) -> -pick.score())
                .thenComparing(pick -> shelf.id(pick.item())));
    return picks.all();
  }

  private void gather() {
    boolean spreads = request.diversity() > 0;
    int wanted = spreads ? Math.max(CHOICE_MIN, CHOICE * request.count()) : request.count();
    Ranking best = scorer.best(wanted, eligibility::test, scratch);
    if (spreads) {
      best =
          Diversity.spread(best, request.count(), (float) request.diversity(), vectors::similarity);
    }
    for (int n = 0; n < Math.min(best.size(), request.count()); n++) {
      int item = best.items()[n];
      picks.add(item, best.scores()[n], explainer.reason(item));
    }
    gathered = picks.all().size();
  }

  /** An item that is not explained. */
  static Item item(Shelf shelf, Pick pick) {
    return new Item(
        shelf.id(pick.item()),
        shelf.type(),
        pick.score(),
        pick.reason(),
        shelf.attributes(pick.item()),
        Optional.empty());
  }

  Item item(Pick pick) {
    Item plain = item(shelf, pick);
    return request.explain() ? plain.explained(explanation(pick)) : plain;
  }

  private Explanation explanation(Pick pick) {
    boolean scored = scorer.score(pick.item()) == pick.score();
    return scored && pick.score() > 0
        ? explainer.scored(pick.item(), pick.score(), pick.reason())
        : explainer.standing(pick.item(), pick.score(), pick.reason());
  }

  Map<String, Integer> shortfall() {
    var counts = new LinkedHashMap<>(eligibility.counts());
    int ineligible = counts.values().stream().mapToInt(Integer::intValue).sum();
    int tooLow = shelf.liveItems() - ineligible - picks.all().size();
    if (tooLow > 0) counts.put(Eligibility.MIN_SCORE, tooLow);
    return counts;
  }

  /** Why an item is not in the list; absent where it is, or is not of this shelf. */
  Optional<Missing> missing(String id, List<Pick> list) {
    int item = shelf.find(id);
    if (item < 0 || list.stream().anyMatch(pick -> pick.item() == item)) return Optional.empty();
    Optional<String> rule = eligibility.rule(item);
    if (rule.isPresent()) return Optional.of(new Missing(id, rule.get(), 0, 0, 0));
    float score = scorer.score(item);
    float last = list.isEmpty() ? 0 : list.getLast().score();
    return Optional.of(
        new Missing(id, "outranked", rank(item, score), score, Math.max(0, last - score)));
  }

  private int rank(int item, float score) {
    int better = 0;
    for (int other = 0; other < shelf.size(); other++) {
      if (other == item || !eligibility.test(other)) continue;
      if (scorer.scoreAtMost(other) < score) continue;
      float theirs = scorer.score(other);
      if (theirs > score || (theirs == score && other < item)) better++;
    }
    return better + 1;
  }
}
