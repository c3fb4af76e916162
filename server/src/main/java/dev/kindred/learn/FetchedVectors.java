package dev.kindred.learn;

import dev.kindred.engine.TopK;
import dev.kindred.engine.math.Vectors;
import dev.kindred.learn.VectorQuestion.Answer;
import dev.kindred.learn.VectorQuestion.Search;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Vectors that were fetched from the database for one list. A reading asks nobody: it goes on with
 * what is here and notes what it lacked, which is fetched before the next one. Vectors are at unit
 * length, and what is compared is compared by them exactly, whatever order the database found.
 */
final class FetchedVectors implements ItemVectors {
  /** Vectors of so many items are asked for at once. */
  private static final int WANTED_MAX = 2_000;

  /** So many neighbours are asked for at most. */
  private static final int NEAREST_MAX = 4_000;

  /** Where no more items than these are eligible, each of them is compared. */
  private static final int FEW = WANTED_MAX;

  private static final int MORE = 8;
  private static final float[] NOWHERE = {};

  private final LiveTenant tenant;
  private final Shelf shelf;

  /** By entity number; {@link #NOWHERE} where the database has none. */
  private final Map<Integer, float[]> vectors = new HashMap<>();

  private final Set<Integer> wanted = new LinkedHashSet<>();

  /** Null until something is searched for. */
  private @Nullable Search wantedSearch;

  /** Null until something was found. */
  private @Nullable Found found;

  /** What all items have in common, as vectors are here; made once. */
  private float[] common = NOWHERE;

  private record Found(Search search, List<Integer> numbers, boolean isAll) {}

  FetchedVectors(LiveTenant tenant, Shelf shelf) {
    this.tenant = tenant;
    this.shelf = shelf;
  }

  /** What has been lacking since it was last asked for; nothing where nothing was. */
  Optional<VectorQuestion> question() {
    if (isWhole()) return Optional.empty();
    return Optional.of(
        new VectorQuestion(
            shelf.type(),
            List.copyOf(wanted),
            Optional.ofNullable(wantedSearch),
            vectors.keySet()));
  }

  boolean isWhole() {
    return wanted.isEmpty() && wantedSearch == null;
  }

  /** Another reading begins. */
  void begin() {
    wanted.clear();
    wantedSearch = null;
  }

  void take(VectorQuestion question, Answer answer) {
    question
        .search()
        .ifPresent(search ->
            found = new Found(search, answer.nearest(), answer.nearest().size() < search.count()));
    vectors.putAll(answer.vectors());
    for (int number : question.numbers()) vectors.putIfAbsent(number, NOWHERE);
    for (int number : answer.nearest()) vectors.putIfAbsent(number, NOWHERE);
  }

  @Override
  public boolean contains(int item) {
    return shelf.hasVector(item);
  }

  @Override
  public float similarity(int item, int other) {
    return cosine(vector(item), vector(other));
  }

  @Override
  public Aim aim(int[] items, float[] weights, float[] commonInIndex) {
    float[] sum = new float[shelf.vectorDimension()];
    float added = 0;
    boolean isKnown = true;
    int counted = 0;
    for (int n = 0; n < items.length; n++) {
      if (weights[n] == 0 || !contains(items[n])) continue;
      counted++;
      float[] vector = vector(items[n]);
      isKnown &= vectors.containsKey(shelf.number(items[n]));
      for (int i = 0; i < vector.length; i++) sum[i] += weights[n] * vector[i];
      if (vector.length > 0) added += weights[n];
    }
    if (commonInIndex.length > 0) {
      if (common.length == 0) common = shelf.vectors().turnedBack(commonInIndex);
      for (int i = 0; i < sum.length; i++) sum[i] -= added * common[i];
    }
    double squares = 0;
    for (float x : sum) squares += (double) x * x;
    boolean isSomewhere = squares > 0;
    for (int i = 0; isSomewhere && i < sum.length; i++) sum[i] /= (float) Math.sqrt(squares);
    return new FetchedAim(isSomewhere ? sum : NOWHERE, isKnown && isSomewhere, counted);
  }

  /** The vector of an item; noted as lacking where it is not here though there is one. */
  private float[] vector(int item) {
    if (!contains(item)) return NOWHERE;
    float[] vector = vectors.get(shelf.number(item));
    if (vector != null) return vector;
    if (wanted.size() < WANTED_MAX) wanted.add(shelf.number(item));
    return NOWHERE;
  }

  private static float cosine(float[] one, float[] other) {
    if (one.length == 0 || other.length != one.length) return 0f;
    return Math.clamp(Vectors.dot(one, other), -1f, 1f);
  }

  private final class FetchedAim implements Aim {
    private final float[] direction;
    private final boolean isKnown;

    /** How many items it is made of, which are the nearest ones themselves. */
    private final int items;

    FetchedAim(float[] direction, boolean isKnown, int items) {
      this.direction = direction;
      this.isKnown = isKnown;
      this.items = items;
    }

    @Override
    public float cosine(int item) {
      return FetchedVectors.cosine(direction, vector(item));
    }

    @Override
    public float cosineAtMost(int item) {
      if (!contains(item)) return 0f;
      float[] vector = vectors.get(shelf.number(item));
      if (vector != null) return FetchedVectors.cosine(direction, vector);
      Optional<Found> mine = found();
      if (mine.isEmpty() || mine.get().numbers().isEmpty()) return 1f;
      float[] last = vectors.getOrDefault(mine.get().numbers().getLast(), NOWHERE);
      return last.length == 0 ? 1f : FetchedVectors.cosine(direction, last);
    }

    @Override
    public int[] nearest(int k, int comparisons, float cosineMin, IntPredicate eligible) {
      // What is only partly known would have the database look in another direction.
      if (k == 0 || !isKnown) return new int[0];
      Optional<Found> mine = found();
      if (mine.isEmpty()) {
        wantedSearch = new Search(direction, Math.min(NEAREST_MAX, k + items));
        return new int[0];
      }
      var top = new TopK(k);
      int passed = 0;
      float last = 1f;
      for (int number : mine.get().numbers()) {
        int item = tenant.item(shelf, number);
        if (item < 0 || !contains(item)) continue;
        last = cosine(item);
        if (!eligible.test(item)) continue;
        top.offer(item, last);
        passed++;
      }
      if (passed < k && !mine.get().isAll() && last >= cosineMin) {
        return further(k, mine.get(), top, eligible);
      }
      return top.ranking().items();
    }

    /** Too few of those that were found are eligible. */
    private int[] further(int k, Found mine, TopK top, IntPredicate eligible) {
      int[] few = few(eligible);
      if (few.length <= FEW) {
        var all = new TopK(k);
        for (int item : few) all.offer(item, cosine(item));
        return all.ranking().items();
      }
      int asked = mine.search().count();
      if (asked < NEAREST_MAX) {
        wantedSearch = new Search(direction, Math.min(NEAREST_MAX, MORE * asked));
      }
      return top.ranking().items();
    }

    /** The eligible items that have a vector; where there are many, one more than are few. */
    private int[] few(IntPredicate eligible) {
      int[] few = new int[FEW + 1];
      int count = 0;
      for (int item = 0; item < shelf.size() && count <= FEW; item++) {
        if (contains(item) && eligible.test(item)) few[count++] = item;
      }
      return Arrays.copyOf(few, count);
    }

    private Optional<Found> found() {
      return Optional.ofNullable(found)
          .filter(one -> Arrays.equals(one.search().direction(), direction));
    }
  }
}
