package dev.kindred.collect.features;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Sees every entity of a catalogue once, in any order, and makes the next {@link FeatureStatistics}
 * out of a part of them, in bounded memory.
 *
 * <p>The part is told by the entities' names alone: those whose hash ends in so many zero bits, as
 * few as the bounds allow. So the same catalogue makes the same statistics, wherever and in
 * whatever order it is read.
 *
 * <p>For one thread.
 */
public final class CatalogueSample {

  private static final int MOST_ENTITIES = 1 << 14;
  private static final int MOST_BYTES = 4 << 20;

  private record Sampled(long hash, JsonObject attributes) {}

  private List<Sampled> sample = new ArrayList<>();
  private long seen;
  private long bytes;
  private int zeros;

  public void add(EntityKey key, JsonObject attributes) {
    seen++;
    long hash = Hash.both(Hash.of(key.type().value()), Hash.of(key.id().value()));
    if (Long.numberOfTrailingZeros(hash) < zeros) return;
    sample.add(new Sampled(hash, attributes));
    bytes += attributes.utf8().length;
    while (sample.size() > MOST_ENTITIES || bytes > MOST_BYTES) halve();
  }

  private void halve() {
    zeros++;
    sample.removeIf(entity -> Long.numberOfTrailingZeros(entity.hash) < zeros);
    bytes = sample.stream().mapToLong(entity -> entity.attributes.utf8().length).sum();
  }

  /** How many entities it has seen. */
  public long seen() {
    return seen;
  }

  /** The version after another one. */
  public FeatureStatistics after(FeatureStatistics previous) {
    var study = new Study();
    sample.sort(Comparator.comparingLong(Sampled::hash));
    for (Sampled entity : sample) AttributeWalk.through(entity.attributes, study);
    return study.statistics(previous.version() + 1, seen, sample.size());
  }

  /** Counts what there is in the sample. */
  private static final class Study implements AttributeWalk.Listener {

    private static final int MOST_PATHS = 1 << 14;
    private static final int MOST_KEPT_PATHS = 1 << 10;
    private static final int MOST_KEPT_TERMS = 1 << 13;

    /** What is seen less often under a path than this tells nothing of the path. */
    private static final int FEWEST = 20;

    private final Map<Long, Numbers> numbers = new HashMap<>();
    private final Map<Long, Texts> texts = new HashMap<>();
    private final Counts terms = new Counts();
    private final Words words = new Words();

    @Override
    public float number(long path, double value) {
      if (numbers.size() < MOST_PATHS || numbers.containsKey(path)) {
        numbers.computeIfAbsent(path, p -> new Numbers()).add(value);
      }
      return 0;
    }

    @Override
    public float text(long path, String name, String value) {
      if (Codes.isCode(value)) return 0;
      boolean first = terms.add(Terms.whole(path, value)) == 1;
      if (texts.size() < MOST_PATHS || texts.containsKey(path)) {
        texts.computeIfAbsent(path, p -> new Texts()).add(first);
      }
      words.split(value);
      for (int i = 0; i < words.count(); i++) {
        if (!words.isRepeated(i)) terms.add(Terms.word(path, words.hash(i)));
      }
      return 0;
    }

    @Override
    public float flag(long path, boolean value) {
      return 0;
    }

    @Override
    public float nothing(long path) {
      return 0;
    }

    @Override
    public int mark() {
      return 0;
    }

    @Override
    public void attribute(int mark, String name, float weight) {}

    @Override
    public float object(int mark) {
      return 0;
    }

    FeatureStatistics statistics(int version, long entities, int sampled) {
      long[] numberPaths = mostFrequent(numbers.keySet(), path -> numbers(path).count);
      var scales = new Scale[numberPaths.length];
      for (int i = 0; i < scales.length; i++) scales[i] = numbers(numberPaths[i]).scale();
      long[] textPaths = mostFrequent(texts.keySet(), path -> texts(path).count);
      float[] repetitions = new float[textPaths.length];
      for (int i = 0; i < repetitions.length; i++) {
        repetitions[i] = texts(textPaths[i]).repetition();
      }
      long[] common = commonTerms(sampled);
      int[] frequencies = new int[common.length];
      for (int i = 0; i < common.length; i++) frequencies[i] = terms.of(common[i]);
      return new FeatureStatistics(
          version,
          entities,
          sampled,
          numberPaths,
          scales,
          textPaths,
          repetitions,
          common,
          frequencies);
    }

    private Numbers numbers(long path) {
      return numbers.computeIfAbsent(path, p -> new Numbers());
    }

    private Texts texts(long path) {
      return texts.computeIfAbsent(path, p -> new Texts());
    }

    /** The paths that were there most often, ascending. */
    private static long[] mostFrequent(Set<Long> paths, ToIntFunction<Long> count) {
      return paths.stream()
          .filter(path -> count.applyAsInt(path) >= FEWEST)
          .sorted(Comparator.comparingInt(count).reversed().thenComparing(path -> path))
          .limit(MOST_KEPT_PATHS)
          .mapToLong(path -> path)
          .sorted()
          .toArray();
    }

    /** The terms that were there most often, ascending; rare ones are all the same. */
    private long[] commonTerms(int sampled) {
      int fewest = Math.max(2, sampled / FeatureStatistics.RAREST);
      var common = new ArrayList<Long>();
      terms.forEach(term -> {
        if (terms.of(term) >= fewest) common.add(term);
      });
      return common.stream()
          .sorted(
              Comparator.comparingInt((Long term) -> -terms.of(term)).thenComparing(term -> term))
          .limit(MOST_KEPT_TERMS)
          .mapToLong(term -> term)
          .sorted()
          .toArray();
    }
  }

  /** The numbers under a path. */
  private static final class Numbers {
    private double[] values = new double[16];
    private int count;

    void add(double value) {
      if (count == values.length) values = Arrays.copyOf(values, count * 2);
      values[count++] = value;
    }

    Scale scale() {
      Arrays.sort(values, 0, count);
      return Scale.ofSorted(Arrays.copyOf(values, count));
    }
  }

  /** The texts under a path. */
  private static final class Texts {
    private int count;
    private int different;

    void add(boolean first) {
      count++;
      if (first) different++;
    }

    /** How often a text was there before. */
    float repetition() {
      return 1 - (float) different / count;
    }
  }
}
