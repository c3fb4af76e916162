package dev.kindred.collect.features;

import java.util.Locale;

/** What the names of attributes tell about their values, in the words that shops mostly use. */
final class Names {

  private static final String[] SORTS = {"categor", "genre", "department", "section", "topic"};

  private Names() {}

  /** Whether the attribute says what sort of thing the entity is. */
  static boolean isSort(String name) {
    for (int at = 0; at < name.length(); at++) {
      char initial = (char) Letters.lower(name.charAt(at));
      for (String sort : SORTS) {
        boolean may = initial == sort.charAt(0);
        if (may && name.regionMatches(true, at, sort, 0, sort.length())) return true;
      }
    }
    return name.equalsIgnoreCase("type") || name.equalsIgnoreCase("kind");
  }

  /** Whether texts under that name are each entity's own, as titles and descriptions are. */
  static boolean isOwn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("name")
        || lower.equals("product_name")
        || lower.equals("headline")
        || lower.endsWith("title")
        || lower.startsWith("descr");
  }

  /** Whether a number under that name refers to something, instead of measuring it. */
  static boolean isReference(String name) {
    return name.endsWith("_id")
        || name.endsWith("Id")
        || name.endsWith("_ids")
        || name.endsWith("Ids")
        || name.equals("id")
        || isSort(name);
  }
}
