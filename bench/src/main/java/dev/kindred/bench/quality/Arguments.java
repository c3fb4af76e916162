package dev.kindred.bench.quality;

import dev.kindred.engine.judge.Recipe.Family;
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
      usage: quality --unknown-users SEED
             judges lists of users of whom only age and gender are known, in populations made up
      usage: quality --cold-films DIR SEED
             judges lists of films that nobody has rated, of MovieLens in DIR
      usage: quality --data DIR [--algorithm auto|each|FAMILY] [--top 20] [--out FILE] [--held-out FILE]
        auto        tunes every family and blends them; each tunes and judges them one by one as well
        FAMILY      one of %s
        --out       writes the lists, best first: user<TAB>item,item,...
        --held-out  writes what they are judged on: user item item ...
      """
          .formatted(
              Arrays.stream(Family.values())
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
    if (!List.of("auto", "each").contains(algorithm)) family(algorithm);
    return new Arguments(Path.of(data), algorithm, top, out, heldOut);
  }

  /** The family that was asked for, or with {@code auto} all of them. */
  List<Family> families(List<Family> all) {
    return algorithm.equals("auto") ? all : List.of(family(algorithm));
  }

  private static Family family(String algorithm) {
    return Arrays.stream(Family.values())
        .filter(family -> word(family).equals(algorithm))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no family " + algorithm));
  }

  private static String word(Family family) {
    return family.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
