package dev.kindred.bench.quality;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.judge.Holdout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MovieLens: {@code user, item, rating, seconds} split by a comma with a header, by {@code ::}, or
 * by a tab. The latest fifth of each user's ratings is held out; four and more is relevant.
 */
final class RatingsLayout {
  private static final double HELD_OUT = 0.2;
  private static final float RELEVANT = 4f;

  private RatingsLayout() {}

  static DataSet read(Path file) throws IOException {
    var users = new Names();
    var items = new Names();
    var all = Interactions.builder();
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines
          .map(line -> line.strip().split(",|::|\t"))
          .filter(words -> words.length >= 4 && Character.isDigit(words[2].charAt(0)))
          .forEach(words ->
              all.add(
                  users.index(words[0]),
                  items.index(words[1]),
                  Float.parseFloat(words[2]),
                  Long.parseLong(words[3])));
    }
    var holdout = Holdout.of(all.build(), HELD_OUT, RELEVANT, 0);
    return new DataSet(holdout.train(), holdout.heldOut(), users.all(), items.all(), RELEVANT);
  }
}
