package dev.kindred.recommend;

import dev.kindred.domain.EntityType;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.recommend.Recommendation.Because;
import dev.kindred.recommend.Recommendation.Explanation;
import dev.kindred.recommend.Recommendation.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Says where scores come from: the parts of a sum, and the user's own deeds behind them. */
final class Explainer {
  private static final int BECAUSE_MAX = 5;
  private static final int ROUNDINGS_MAX = 4;

  /** A source with less than this share of the score does not name the reason. */
  private static final float MAIN_SHARE = 0.25f;

  private final LiveTenant tenant;
  private final Shelf shelf;
  private final Deeds deeds;
  private final Past past;
  private final Scorer scorer;
  private final IntFunction<Scorer> without;

  /** By deed: scores as if it had never been. */
  private final Map<Integer, Scorer> others = new HashMap<>();

  /**
   * @param without gives the scores as if a deed had never been
   */
  Explainer(
      LiveTenant tenant,
      Shelf shelf,
      Deeds deeds,
      Past past,
      Scorer scorer,
      IntFunction<Scorer> without) {
    this.without = without;
    this.tenant = tenant;
    this.shelf = shelf;
    this.deeds = deeds;
    this.past = past;
    this.scorer = scorer;
  }

  /** What carried the score most. */
  Reason reason(int item) {
    float collaborative = scorer.collaborative(item);
    float content = scorer.content(item);
    float popular = scorer.popular(item);
    float all = collaborative + content + popular;
    if (popular > collaborative && popular > content) return scorer.popularReason();
    if (collaborative > MAIN_SHARE * all && content > MAIN_SHARE * all) return Reason.HYBRID;
    return collaborative >= content ? together() : Reason.SIMILAR_CONTENT;
  }

  private Reason together() {
    return shelf.learned().isByUsers() ? Reason.SIMILAR_USERS : Reason.SIMILAR_ITEMS;
  }

  /** Of an item whose score the scorer gave. */
  Explanation scored(int item, float score, Reason reason) {
    var parts = new ArrayList<Part>();
    addPart(parts, together(), scorer.collaborative(item));
    addPart(parts, Reason.SIMILAR_CONTENT, scorer.content(item));
    addPart(parts, scorer.popularReason(), scorer.popular(item));
    balance(parts, score, scorer.boost(item) != 1f);
    float[] shares = scorer.shares(item);
    List<Because> because = because(item, score, shares);
    String sentence =
        because.isEmpty()
            ? Sentences.ofWhatIsLookedAt(reason, strongestSeen(shares), shelf.takers(item))
            : Sentences.ofWhatWasDone(reason, because.getFirst().name(), shelf.takers(item));
    return new Explanation(parts, because, shelf.takers(item), sentence);
  }

  /** The name of what gave most of all that the user need not have done anything with. */
  private Optional<String> strongestSeen(float[] shares) {
    int strongest = -1;
    for (int n = 0; n < shares.length; n++) {
      if (past.deed(n) >= 0 || shares[n] <= 0) continue;
      if (strongest < 0 || shares[n] > shares[strongest]) strongest = n;
    }
    return strongest < 0 ? Optional.empty() : Optional.of(name(past.history().items()[strongest]));
  }

  private String name(int item) {
    return PeoplesName.of(shelf.id(item), shelf.attributes(item));
  }

  /** Of an item that stands there for a reason of its own. */
  Explanation standing(int item, float score, Reason reason) {
    return new Explanation(
        List.of(new Part(reason, score)),
        List.of(),
        shelf.takers(item),
        Sentences.of(reason, shelf.takers(item)));
  }

  private static void addPart(List<Part> parts, Reason source, float value) {
    if (value != 0) parts.add(new Part(source, value));
  }

  /**
   * What a boost did is a part of its own. What rounding took goes to the last part, until the
   * parts, added up in their order, are the score.
   */
  private static void balance(List<Part> parts, float score, boolean isBoosted) {
    if (isBoosted) parts.add(new Part(Reason.BOOST, 0f));
    if (parts.isEmpty()) return;
    for (int n = 0; n < ROUNDINGS_MAX; n++) {
      float rest = score - sum(parts);
      if (rest == 0) return;
      Part last = parts.removeLast();
      parts.add(new Part(last.source(), last.value() + rest));
    }
  }

  private static float sum(List<Part> parts) {
    float sum = 0;
    for (Part part : parts) sum += part.value();
    return sum;
  }

  /**
   * The deeds that carried an item most. The share of each is the part of the score that would be
   * missing without it: that is asked of the scorer, as scores are no sums of what deeds give.
   */
  private List<Because> because(int item, float score, float[] shares) {
    var because = new ArrayList<Because>();
    for (int n : strongest(shares)) {
      int deed = strongestDeed(past.deed(n));
      float rest = others.computeIfAbsent(deed, without::apply).score(item);
      if (rest < score) because.add(deed(deed, (score - rest) / score));
    }
    because.sort(
        Comparator.comparingDouble((Because one) -> -one.share()).thenComparing(Because::id));
    return because;
  }

  /** The entries of the history that gave most, of those behind which there is a deed. */
  private List<Integer> strongest(float[] shares) {
    return IntStream.range(0, shares.length)
        .filter(n -> shares[n] > 0 && past.deed(n) >= 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer n) -> -shares[n]))
        .limit(BECAUSE_MAX)
        .toList();
  }

  /** What the user did with the same thing that counts most, the latest of it. */
  private int strongestDeed(int latest) {
    int strongest = latest;
    for (int n = latest - 1; n >= 0; n--) {
      if (deeds.entity(n) == deeds.entity(latest) && weight(n) > weight(strongest)) strongest = n;
    }
    return strongest;
  }

  private float weight(int deed) {
    return tenant.kinds().weight(deeds.type(deed), deeds.weight(deed));
  }

  private Because deed(int deed, float share) {
    int entity = deeds.entity(deed);
    EntityType type = shelf.type();
    long micros = deeds.atMicros(deed);
    Instant at =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    int item = tenant.item(shelf, entity);
    return new Because(
        shelf.id(item),
        name(item),
        type,
        tenant.kinds().name(deeds.type(deed)),
        at,
        Math.min(1f, share));
  }
}
