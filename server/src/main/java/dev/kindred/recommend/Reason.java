package dev.kindred.recommend;

import java.util.Locale;

/** Why an item stands in a list, and where a part of its score comes from. */
public enum Reason {
  SIMILAR_USERS,
  SIMILAR_ITEMS,
  SIMILAR_CONTENT,
  HYBRID,
  TRENDING,
  POPULAR,
  POPULAR_IN_SEGMENT,
  NEW,
  /** A rule of the request raised or lowered the score. */
  BOOST;

  private final String word = name().toLowerCase(Locale.ROOT);

  public String word() {
    return word;
  }
}
