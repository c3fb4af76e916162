package dev.kindred.collect.features;

/** The names of texts and words under a path: features, and what is counted about them. */
final class Terms {

  private static final long WHOLE = Hash.of("whole");
  private static final long WORD = Hash.of("word");
  private static final int LONGEST_CATEGORY = 80;
  private static final int MOST_WORDS = 4;

  private Terms() {}

  static long whole(long path, String text) {
    return Hash.both(Hash.both(path, WHOLE), Words.whole(text));
  }

  static long word(long path, long word) {
    return Hash.both(Hash.both(path, WORD), word);
  }

  static boolean mayBeCategory(String text, Words words) {
    return text.length() <= LONGEST_CATEGORY && words.count() <= MOST_WORDS;
  }
}
