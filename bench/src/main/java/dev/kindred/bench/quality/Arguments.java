package dev.kindred.bench.quality;

import dev.kindred.engine.judge.Recipe;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words after {@code bench quality}. */
record Arguments(Path data, String algorithm, int top, Optional<Path> out, Optional<Path> heldOut) {
  static final String USAGE =
      """
      usage: quality --data DIR [--algorithm auto|FAMILY] [--top 20] [--out FILE] [--held-out FILE]
        FAMILY      one of %s
        --out       writes the lists, best first: user<TAB>item,item,...
        --held-out  writes what they are judged on: user item item ...
      """
          .formatted(
              Arrays.stream(Recipe.Family.values())
                  .map(Arguments::word)
                  .collect(Collectors.joining(", ")));

  static Arguments read(List<String> words) {
    String data = null;
    String algorithm = "auto";
    int top = 20;
    Optional<Path> out = Optional.empty();
    Optional<Path> heldOut = Optional.empty();
    for (int n = 0; n < words.size(); n += 2) {
      if (n + 1 == words.size())
        throw new IllegalArgumentException(words.get(n) + " needs a value");
      String value = words.get(n + 1);
      switch (words.get(n)) {
        case "--data" -> data = value;
        case "--algorithm" -> algorithm = value;
        case "--top" -> top = Integer.parseInt(value);
        case "--out" -> out = Optional.of(Path.of(value));
        case "--held-out" -> heldOut = Optional.of(Path.of(value));
        default -> throw new IllegalArgumentException("there is no option " + words.get(n));
      }
    }
    if (data == null) throw new IllegalArgumentException("--data is missing");
    if (top < 1) throw new IllegalArgumentException("--top must be at least 1, got " + top);
    var arguments = new Arguments(Path.of(data), algorithm, top, out, heldOut);
    if (!algorithm.equals("auto")) arguments.family();
    return arguments;
  }

  Recipe.Family family() {
    return Arrays.stream(Recipe.Family.values())
        .filter(family -> word(family).equals(algorithm))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no family " + algorithm));
  }

  private static String word(Recipe.Family family) {
    return family.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
