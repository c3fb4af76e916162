package dev.kindred.recommend;

import dev.kindred.domain.EntityType;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What of a shelf a request may show, and which rule keeps the rest out. */
final class Eligibility {
  static final String DELETED = "not_there";
  static final String UNAVAILABLE = "unavailable";
  static final String EXCLUDED = "excluded";
  static final String SEEN = "seen";
  static final String FILTER = "filter";
  static final String MIN_SCORE = "min_score";

  private final Shelf shelf;
  private final Scratch scratch;
  private final long nowMicros;
  private final IntPredicate filter;
  private final boolean isFiltered;
  private final IntPredicate excluded;

  /** Marks in the scratch memory what the user has seen and what the caller excludes. */
  Eligibility(
      LiveTenant tenant,
      Shelf shelf,
      Request request,
      Deeds deeds,
      Scratch scratch,
      long nowMicros) {
    this.shelf = shelf;
    this.scratch = scratch;
    this.nowMicros = nowMicros;
    this.filter = shelf.test(request.filter());
    this.isFiltered = !request.filter().isEmpty();
    var outside = new java.util.BitSet();
    hide(request.exclude(), outside);
    hide(request.like(), outside);
    this.excluded = outside::get;
    if (!request.seen()) {
      for (int n = 0; n < deeds.size(); n++) {
        int item = tenant.item(shelf, deeds.entity(n));
        // What was only shown is not seen yet.
        if (item >= 0 && tenant.kinds().weight(deeds.type(n), deeds.weight(n)) != 0) {
          scratch.hidden[item] = scratch.round;
        }
      }
      hide(request.session(), outside);
    }
  }

  private void hide(Iterable<String> ids, java.util.BitSet outside) {
    for (String id : ids) {
      int item = shelf.find(id);
      if (item >= 0) outside.set(item);
    }
  }

  boolean test(int item) {
    return scratch.hidden[item] != scratch.round
        && shelf.isLive(item)
        && shelf.isAvailable(item, nowMicros)
        && !excluded.test(item)
        && (!isFiltered || filter.test(item));
  }

  /** The first rule that keeps an item out, if any does. */
  Optional<String> rule(int item) {
    if (!shelf.isLive(item)) return Optional.of(DELETED);
    if (!shelf.isAvailable(item, nowMicros)) return Optional.of(UNAVAILABLE);
    if (excluded.test(item)) return Optional.of(EXCLUDED);
    if (scratch.hidden[item] == scratch.round) return Optional.of(SEEN);
    if (!filter.test(item)) return Optional.of(FILTER);
    return Optional.empty();
  }

  /** How many items each rule keeps out; those that are gone for good are not counted. */
  Map<String, Integer> counts() {
    var counts = new LinkedHashMap<String, Integer>();
    for (int item = 0; item < shelf.size(); item++) {
      if (!shelf.isLive(item)) continue;
      rule(item).ifPresent(rule -> counts.merge(rule, 1, Integer::sum));
    }
    return counts;
  }

  EntityType type() {
    return shelf.type();
  }
}
