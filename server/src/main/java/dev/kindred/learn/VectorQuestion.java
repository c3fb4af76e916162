package dev.kindred.learn;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.store.VectorIndex;
import dev.kindred.store.VectorIndex.Neighbour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a reading lacked, to be asked of the database: vectors of entities by their numbers, and
 * entities whose vectors are near.
 *
 * @param known numbers of entities whose vectors are there already
 */
record VectorQuestion(
    EntityType type, List<Integer> numbers, Optional<Search> search, Set<Integer> known) {

  VectorQuestion {
    numbers = List.copyOf(numbers);
    known = Set.copyOf(known);
  }

  /** A search in a direction, of unit length. */
  @SuppressWarnings("ArrayRecordComponent")
  record Search(float[] direction, int count) {}

  /**
   * What the database said.
   *
   * @param nearest numbers of entities, the nearest first; their vectors are among the others
   */
  record Answer(List<Integer> nearest, Map<Integer, float[]> vectors) {}

  /** Asks; takes as long as the database does. */
  Answer ask(VectorIndex index, TenantId tenant) {
    List<Integer> nearest =
        search
            .map(one -> index.nearest(tenant, type, one.direction(), one.count()))
            .orElse(List.of())
            .stream()
            .map(Neighbour::entity)
            .toList();
    var all = new ArrayList<>(numbers);
    for (int number : nearest) if (!known.contains(number)) all.add(number);
    return new Answer(nearest, all.isEmpty() ? Map.of() : index.vectors(tenant, all));
  }
}
