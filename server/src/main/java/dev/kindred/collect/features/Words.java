package dev.kindred.collect.features;

import java.util.Arrays;

/**
 * Splits a text into words, in any language, and keeps their hashes. Letter case does not count; an
 * ideograph is a word of its own, so that pairs of words are pairs of them; the plural s of longer
 * words is left out.
 */
final class Words {

  /** Of a longer text only the beginning counts. */
  static final int MOST = 400;

  private long[] hashes = new long[32];
  private int[] lengths = new int[32];
  private int count;

  /** Takes the words of another text instead. */
  void split(String text) {
    count = 0;
    int at = 0;
    while (at < text.length() && count < MOST) {
      int c = text.codePointAt(at);
      if (Letters.isIdeograph(c)) {
        add(Hash.add(Hash.EMPTY, c), 2);
        at += Character.charCount(c);
      } else if (Letters.isInWord(c)) {
        at = word(text, at);
      } else {
        at += Character.charCount(c);
      }
    }
  }

  private int word(String text, int from) {
    long hash = Hash.EMPTY;
    long before = hash; // without the newest character
    int last = 0;
    int secondLast = 0;
    int length = 0;
    int at = from;
    while (at < text.length()) {
      int given = text.codePointAt(at);
      int c = Letters.lower(given);
      boolean part = Letters.isInWord(c) ? !Letters.isIdeograph(c) : joins(c) && more(text, at + 1);
      if (!part) break;
      before = hash;
      hash = Hash.add(hash, c);
      secondLast = last;
      last = c;
      length++;
      at += Character.charCount(given);
    }
    boolean plural = length > 3 && last == 's' && "sui".indexOf(secondLast) < 0;
    add(plural ? before : hash, plural ? length - 1 : length);
    return at;
  }

  /** Whether a word goes on behind that character: {@code t-shirt}, {@code v1.2}. */
  private static boolean joins(int c) {
    return c == '-' || c == '_' || c == '\'' || c == '.';
  }

  private static boolean more(String text, int at) {
    return at < text.length() && Letters.isInWord(text.charAt(at));
  }

  private void add(long hash, int length) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    hashes[count] = Hash.mix(hash);
    lengths[count] = length;
    count++;
  }

  int count() {
    return count;
  }

  long hash(int word) {
    return hashes[word];
  }

  /** Whether it came before. */
  boolean isRepeated(int word) {
    for (int i = 0; i < word; i++) if (hashes[i] == hashes[word]) return true;
    return false;
  }

  /** In characters. */
  int length(int word) {
    return lengths[word];
  }

  /** Of a text as a whole: case does not count, and white space is white space. */
  static long whole(String text) {
    long hash = Hash.EMPTY;
    boolean space = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (Letters.isSpace(c)) {
        space = hash != Hash.EMPTY;
        continue;
      }
      if (space) hash = Hash.add(hash, ' ');
      space = false;
      hash = Hash.add(hash, Letters.lower(c));
    }
    return Hash.mix(hash);
  }
}
