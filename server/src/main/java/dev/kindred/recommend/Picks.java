package dev.kindred.recommend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A list in the making: items of one shelf with score and reason, best first. */
final class Picks {
  /** One item of it. */
  record Pick(int item, float score, Reason reason) {}

  private final int wanted;
  private final List<Pick> picks = new ArrayList<>();
  private final Set<Integer> items = new HashSet<>();

  Picks(int wanted) {
    this.wanted = wanted;
  }

  boolean has(int item) {
    return items.contains(item);
  }

  boolean isFull() {
    return picks.size() >= wanted;
  }

  void add(int item, float score, Reason reason) {
    items.add(item);
    picks.add(new Pick(item, score, reason));
  }

  /** What the last one has, or one where there is none: what comes behind has no more. */
  float floor() {
    return picks.isEmpty() ? 1f : picks.getLast().score();
  }

  List<Pick> all() {
    return picks;
  }
}
