package dev.kindred.bench.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives names dense indexes in the order they come. */
final class Names {
  private final Map<String, Integer> indexes = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  int index(String name) {
    return indexes.computeIfAbsent(
        name,
        added -> {
          names.add(added);
          return names.size() - 1;
        });
  }

  List<String> all() {
    return List.copyOf(names);
  }
}
