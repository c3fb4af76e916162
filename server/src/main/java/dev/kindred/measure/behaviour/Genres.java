package dev.kindred.measure.behaviour;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every genre that a tenant's titles have, by number: an open vocabulary. */
final class Genres {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** The numbers of these genres; one that is new gets the next. */
  int[] numbers(List<String> genres) {
    int[] found = new int[genres.size()];
    for (int i = 0; i < found.length; i++) {
      String genre = genres.get(i);
      Integer known = numbers.get(genre);
      if (known == null) {
        known = names.size();
        names.add(genre);
        numbers.put(genre, known);
      }
      found[i] = known;
    }
    return found;
  }

  String name(int number) {
    return names.get(number);
  }

  int count() {
    return names.size();
  }
}
