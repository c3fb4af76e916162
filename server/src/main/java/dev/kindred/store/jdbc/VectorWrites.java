package dev.kindred.store.jdbc;

import dev.kindred.domain.FeatureVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a batch changes about the vectors that pgvector searches. */
final class VectorWrites {

  record Key(int tenant, int entity) {}

  record Put(Key key, int type, FeatureVector vector) {}

  private final List<Put> puts = new ArrayList<>();
  private final Map<Integer, List<Integer>> removals = new HashMap<>();

  void put(int tenant, int entity, int type, FeatureVector vector) {
    puts.add(new Put(new Key(tenant, entity), type, vector));
  }

  void remove(int tenant, int entity) {
    removals.computeIfAbsent(tenant, any -> new ArrayList<>()).add(entity);
  }

  List<Put> puts() {
    return puts;
  }

  Map<Integer, List<Integer>> removalsByTenant() {
    return removals;
  }
}
