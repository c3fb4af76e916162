package dev.kindred.store.memory;

import dev.kindred.domain.BehaviourSum;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a tenant's behaviours added up to that are no longer kept one by one. */
final class MemorySums {

  /**
   * A sum as it is kept.
   *
   * @param movedBy the position of the merge that brought it, so that undoing takes along exactly
   *     that; 0 for a user's own
   */
  record Sum(BehaviourSum sum, long movedBy) {
    private Place place() {
      return new Place(sum.kind(), movedBy);
    }
  }

  private static final Comparator<BehaviourSum> IN_ORDER =
      Comparator.comparingInt(BehaviourSum::entity)
          .thenComparingInt(BehaviourSum::type)
          .thenComparing(BehaviourSum::ofRecommendation)
          .thenComparing(BehaviourSum::ofExperiment);

  private record Place(BehaviourSum.Kind kind, long movedBy) {}

  private final Journal journal;

  /** Primary. */
  private final Map<Place, Sum> sums = new LinkedHashMap<>();

  MemorySums(Journal journal) {
    this.journal = journal;
  }

  void add(BehaviourSum more, long movedBy) {
    var place = new Place(more.kind(), movedBy);
    Sum there = sums.get(place);
    journal.put(sums, place, new Sum(there == null ? more : there.sum().plus(more), movedBy));
  }

  void remove(List<Sum> gone) {
    for (Sum one : gone) journal.remove(sums, one.place());
  }

  void erase(int user) {
    remove(of(user));
  }

  List<Sum> of(int user) {
    return sums.values().stream().filter(one -> one.sum().user() == user).toList();
  }

  /** One for each kind. */
  List<BehaviourSum> all() {
    return byKind(sums.values());
  }

  /** One for each kind, of a user, in the order of entities, types and circumstances. */
  List<BehaviourSum> byKind(int user) {
    return byKind(of(user));
  }

  static List<BehaviourSum> byKind(Collection<Sum> sums) {
    var byKind = new LinkedHashMap<BehaviourSum.Kind, BehaviourSum>();
    for (Sum one : sums) byKind.merge(one.sum().kind(), one.sum(), BehaviourSum::plus);
    return byKind.values().stream().sorted(IN_ORDER).toList();
  }
}
