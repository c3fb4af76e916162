package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How much there is of everything, counted while it comes, so that nobody has to count it again.
 * One writer; readers are kept away while it writes.
 */
public final class Tallies {
  private static final int ENOUGH_TO_KNOW = 3;

  private final Map<Integer, Long> byType = new HashMap<>();
  private long active;
  private long known;

  /** A user did something, and has done so many things now. */
  void added(int type, int deeds) {
    byType.merge(type, 1L, Long::sum);
    if (deeds == 1) active++;
    if (deeds == ENOUGH_TO_KNOW) known++;
  }

  /** Something was taken back, and so many things are left. */
  void removed(int type, int deeds) {
    byType.merge(type, -1L, Long::sum);
    if (deeds == 0) active--;
    if (deeds == ENOUGH_TO_KNOW - 1) known--;
  }

  /** How many interactions there are of a type. */
  public long ofType(int type) {
    return byType.getOrDefault(type, 0L);
  }

  /** How many users did something. */
  public long active() {
    return active;
  }

  /** How many of them did so much that others like them can be told. */
  public long known() {
    return known;
  }

  Piece capture() {
    Map<Integer, Long> then = Map.copyOf(byType);
    long activeThen = active;
    long knownThen = known;
    return out -> {
      out.number(activeThen);
      out.number(knownThen);
      out.number(then.size());
      for (var type : then.entrySet()) {
        out.number(type.getKey());
        out.number(type.getValue());
      }
    };
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    active = in.longNumber();
    known = in.longNumber();
    for (int left = in.number(); left > 0; left--) byType.put(in.number(), in.longNumber());
  }
}
