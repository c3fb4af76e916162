package dev.kindred.collect.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts that are lists: {@code Drama|War}, {@code Men > Shoes > Running}, {@code red, cotton,
 * slim}.
 */
final class ListText {

  private static final int LONGEST_PART = 40;
  private static final int LONGEST_WITH_COMMAS = 120;
  private static final int MOST_WORDS_BETWEEN_COMMAS = 3;

  /** Two parts may as well be a title: {@code Matrix, The}. */
  private static final int FEWEST_BETWEEN_COMMAS = 3;

  private ListText() {}

  /** The parts of a list, or nothing for a text that is not one. */
  static List<String> parts(String text) {
    boolean bars = false;
    boolean commas = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bars |= c == '|' || c == ';' || c == '>';
      commas |= c == ',';
    }
    if (!bars && (!commas || text.length() > LONGEST_WITH_COMMAS)) return List.of();
    if (bars) return split(text, "|;>", Integer.MAX_VALUE);
    List<String> parts = split(text, ",", MOST_WORDS_BETWEEN_COMMAS);
    return parts.size() < FEWEST_BETWEEN_COMMAS ? List.of() : parts;
  }

  private static List<String> split(String text, String separators, int mostWords) {
    var parts = new ArrayList<String>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && separators.indexOf(text.charAt(i)) < 0) continue;
      String part = text.substring(from, i).strip();
      from = i + 1;
      if (part.isEmpty()) continue;
      if (part.length() > LONGEST_PART || spaces(part) >= mostWords) return List.of();
      parts.add(part);
    }
    return parts;
  }

  private static int spaces(String part) {
    int spaces = 0;
    for (int i = 0; i < part.length(); i++) if (part.charAt(i) == ' ') spaces++;
    return spaces;
  }
}
