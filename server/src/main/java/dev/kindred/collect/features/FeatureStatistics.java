package dev.kindred.collect.features;

import dev.kindred.domain.FeatureStatisticsBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a tenant's catalogue is like: how its numbers are spread, which of its texts repeat, which
 * words and values are common. Frozen, and named by a version that counts up, because vectors that
 * are to be compared must be made by the same version.
 *
 * <p>Made by {@link CatalogueSample}, kept as bytes.
 */
public final class FeatureStatistics {

  private static final FeatureStatistics INITIAL =
      new FeatureStatistics(
          0, 0, 0, new long[0], new Scale[0], new long[0], new float[0], new long[0], new int[0]);

  /** The first version that knows something is due with so many entities. */
  private static final long FIRST_DUE = 1_000;

  /** A word in fewer than one of so many entities is as rare as words can be. */
  static final int RAREST = 1_024;

  /** A value that one of so many entities has, or fewer, tells as much as values can. */
  private static final double TELLING = 8;

  private static final double LEAST_INFORMATION = 0.3;
  private static final double LEAST_RARITY = 0.05;
  private static final float[] RARITY_BY_LENGTH = {0.2f, 0.2f, 0.3f, 0.5f, 0.75f, 1};
  private static final int FORMAT = 1;

  private final int version;
  private final long entities;
  private final int sampled;
  private final long[] numberPaths;
  private final Scale[] scales;
  private final long[] textPaths;
  private final float[] repetitions;
  private final long[] terms;
  private final int[] frequencies;
  private final float[] informations;
  private final float[] rarities;

  FeatureStatistics(
      int version,
      long entities,
      int sampled,
      long[] numberPaths,
      Scale[] scales,
      long[] textPaths,
      float[] repetitions,
      long[] terms,
      int[] frequencies) {
    this.version = version;
    this.entities = entities;
    this.sampled = sampled;
    this.numberPaths = numberPaths;
    this.scales = scales;
    this.textPaths = textPaths;
    this.repetitions = repetitions;
    this.terms = terms;
    this.frequencies = frequencies;
    this.informations = new float[terms.length];
    this.rarities = new float[terms.length];
    for (int i = 0; i < terms.length; i++) {
      // StrictMath, because vectors are to be the same on every machine.
      double surprise = StrictMath.log(Math.max(1, (double) sampled / frequencies[i]));
      double told = Math.min(1, surprise / StrictMath.log(TELLING));
      informations[i] = (float) (LEAST_INFORMATION + (1 - LEAST_INFORMATION) * told);
      rarities[i] = (float) Math.clamp(surprise / StrictMath.log(RAREST), LEAST_RARITY, 1);
    }
  }

  /** Version 0, before anything is known. */
  public static FeatureStatistics initial() {
    return INITIAL;
  }

  public int version() {
    return version;
  }

  /** How many entities there were. */
  public long entities() {
    return entities;
  }

  /** The next version is due when there are so many entities: twice as many. */
  public long outgrownAt() {
    return Math.max(FIRST_DUE, entities * 2);
  }

  /** The scale of the numbers under a path. */
  Scale scale(long path) {
    int at = Arrays.binarySearch(numberPaths, path);
    return at < 0 ? Scale.UNKNOWN : scales[at];
  }

  /** Whether texts under that path were common enough to be known. */
  boolean knows(long path) {
    return Arrays.binarySearch(textPaths, path) >= 0;
  }

  /** How often a text under that path is one that was there before, from 0 to 1. */
  float repetition(long path) {
    int at = Arrays.binarySearch(textPaths, path);
    return at < 0 ? 0 : repetitions[at];
  }

  /** How much it tells that an entity has a value, up to 1: little, if nearly all have it. */
  float information(long term) {
    int at = Arrays.binarySearch(terms, term);
    return at < 0 ? 1 : informations[at];
  }

  /** How rare a word is, up to 1. Where nothing is known, short words are taken to be common. */
  float rarity(long term, int length) {
    if (sampled == 0) return RARITY_BY_LENGTH[Math.min(length, RARITY_BY_LENGTH.length - 1)];
    int at = Arrays.binarySearch(terms, term);
    return at < 0 ? 1 : rarities[at];
  }

  /** To be kept, and read again by {@link #ofBytes}. */
  public byte[] toBytes() {
    int marks = 0;
    for (Scale scale : scales) marks += scale.marks().length;
    var bytes =
        ByteBuffer.allocate(
            32 + numberPaths.length * 12 + marks * 8 + textPaths.length * 12 + terms.length * 12);
    bytes.putInt(FORMAT).putInt(version).putLong(entities).putInt(sampled);
    bytes.putInt(numberPaths.length).putInt(textPaths.length).putInt(terms.length);
    for (int i = 0; i < numberPaths.length; i++) {
      bytes.putLong(numberPaths[i]).putInt(scales[i].marks().length);
      for (double mark : scales[i].marks()) bytes.putDouble(mark);
    }
    for (int i = 0; i < textPaths.length; i++) {
      bytes.putLong(textPaths[i]).putFloat(repetitions[i]);
    }
    for (int i = 0; i < terms.length; i++) bytes.putLong(terms[i]).putInt(frequencies[i]);
    return bytes.array();
  }

  /** What a store has, if it has any. */
  public static FeatureStatistics of(Optional<FeatureStatisticsBytes> kept) {
    return kept.map(statistics -> ofBytes(statistics.bytes())).orElse(INITIAL);
  }

  public static FeatureStatistics ofBytes(byte[] kept) {
    var bytes = ByteBuffer.wrap(kept);
    int format = bytes.getInt();
    if (format != FORMAT) {
      throw new IllegalArgumentException("feature statistics of an unknown format: " + format);
    }
    int version = bytes.getInt();
    long entities = bytes.getLong();
    int sampled = bytes.getInt();
    long[] numberPaths = new long[bytes.getInt()];
    var scales = new Scale[numberPaths.length];
    long[] textPaths = new long[bytes.getInt()];
    float[] repetitions = new float[textPaths.length];
    long[] terms = new long[bytes.getInt()];
    int[] frequencies = new int[terms.length];
    for (int i = 0; i < numberPaths.length; i++) {
      numberPaths[i] = bytes.getLong();
      double[] marks = new double[bytes.getInt()];
      for (int mark = 0; mark < marks.length; mark++) marks[mark] = bytes.getDouble();
      scales[i] = new Scale(marks);
    }
    for (int i = 0; i < textPaths.length; i++) {
      textPaths[i] = bytes.getLong();
      repetitions[i] = bytes.getFloat();
    }
    for (int i = 0; i < terms.length; i++) {
      terms[i] = bytes.getLong();
      frequencies[i] = bytes.getInt();
    }
    return new FeatureStatistics(
        version,
        entities,
        sampled,
        numberPaths,
        scales,
        textPaths,
        repetitions,
        terms,
        frequencies);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureStatistics that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }
}
