package dev.kindred.collect.features;

/** Turns attributes into weighted features, as {@link FeatureVectors} describes. */
final class AttributeFeatures implements AttributeWalk.Listener {

  private static final float CATEGORY = 1;
  private static final float TEXT = 0.7f;
  private static final float NUMBER = 0.5f;
  private static final float FLAG = 0.3f;
  private static final float CODE = 0.2f;
  private static final float NOTHING = 0.1f;

  /** How much more an attribute weighs that says what sort of thing it is. */
  private static final float SORT = 1.8f;

  /** However much an object inside the attributes holds, it weighs no more. */
  private static final float LARGEST_OBJECT = 1.5f;

  /** How much a pair of words weighs, compared with its words. */
  private static final float PAIR = 0.6f;

  /** Of titles and the like, while nothing is known of the catalogue. */
  private static final float REPETITION_OF_OWN = 0.1f;

  /** Of texts with few words each has two places, since each matters. */
  private static final int FEW_WORDS = 8;

  private static final long MARK = Hash.of("mark");
  private static final long FLAGGED = Hash.of("flag");
  private static final long PAIRED = Hash.of("pair");
  private static final long EMPTY = Hash.of("nothing");

  private final FeatureStatistics statistics;
  private final FeatureBag bag = new FeatureBag();
  private final Words words = new Words();

  AttributeFeatures(FeatureStatistics statistics) {
    this.statistics = statistics;
  }

  FeatureBag bag() {
    return bag;
  }

  @Override
  public int mark() {
    return bag.size();
  }

  @Override
  public void attribute(int mark, String name, float weight) {
    float wanted = Names.isSort(name) ? weight * SORT : weight;
    bag.scaleTo(wanted, mark);
  }

  @Override
  public float object(int mark) {
    return Math.min(bag.norm(mark), LARGEST_OBJECT);
  }

  @Override
  public float number(long path, double value) {
    double position = statistics.scale(path).position(value);
    double lower = Math.floor(position);
    double above = position - lower;
    long scale = Hash.both(path, MARK);
    // Roots, so that the length is the same wherever between two marks the number is.
    bag.add(Hash.both(scale, (long) lower), (float) Math.sqrt(1 - above), 2);
    if (above > 0) bag.add(Hash.both(scale, (long) lower + 1), (float) Math.sqrt(above), 2);
    return NUMBER;
  }

  @Override
  public float flag(long path, boolean value) {
    bag.add(Hash.both(Hash.both(path, FLAGGED), value ? 1 : 0), 1, 2);
    return FLAG;
  }

  @Override
  public float nothing(long path) {
    bag.add(Hash.both(path, EMPTY), 1, 1);
    return NOTHING;
  }

  @Override
  public float text(long path, String name, String value) {
    long whole = Terms.whole(path, value);
    if (Codes.isCode(value)) {
      bag.add(whole, 1, 1);
      return CODE;
    }
    words.split(value);
    float repetition = repetition(path, name, value);
    float information = statistics.information(whole);
    bag.add(whole, information * (float) Math.sqrt(repetition), 4);
    int mark = bag.size();
    addWords(path);
    bag.scaleTo((float) Math.sqrt(1 - repetition), mark);
    boolean isNumber = statistics.knows(path) && words.count() <= 1 && repetition < 0.1f;
    return isNumber ? CODE : repetition * information * CATEGORY + (1 - repetition) * TEXT;
  }

  /** How much the text is a category, from 0 for none at all to 1. */
  private float repetition(long path, String name, String value) {
    if (words.count() == 0) return 1;
    if (!Terms.mayBeCategory(value, words)) return 0;
    if (statistics.knows(path)) return statistics.repetition(path);
    return Names.isOwn(name) ? REPETITION_OF_OWN : 1 - 0.05f * words.count() * words.count();
  }

  private void addWords(long path) {
    int places = words.count() <= FEW_WORDS ? 2 : 1;
    float before = 0;
    for (int i = 0; i < words.count(); i++) {
      long word = Terms.word(path, words.hash(i));
      float rarity = statistics.rarity(word, words.length(i));
      if (!words.isRepeated(i)) bag.add(word, rarity, places);
      if (i > 0) {
        long pair = Hash.both(PAIRED, Hash.both(Terms.word(path, words.hash(i - 1)), word));
        bag.add(pair, PAIR * (float) Math.sqrt(before * rarity), 1);
      }
      before = rarity;
    }
  }
}
