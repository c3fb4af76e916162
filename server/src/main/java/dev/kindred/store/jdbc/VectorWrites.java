package dev.kindred.store.jdbc;

import dev.kindred.domain.FeatureVector;
import java.util.ArrayList;
import java.util.List;

/** What a batch changes about the vectors that pgvector searches. */
final class VectorWrites {

  record Key(int tenant, int entity) {}

  record Put(Key key, int type, FeatureVector vector) {}

  private final List<Put> puts = new ArrayList<>();
  private final List<Key> removals = new ArrayList<>();

  void put(int tenant, int entity, int type, FeatureVector vector) {
    puts.add(new Put(new Key(tenant, entity), type, vector));
  }

  void remove(int tenant, int entity) {
    removals.add(new Key(tenant, entity));
  }

  List<Put> puts() {
    return puts;
  }

  List<Key> removals() {
    return removals;
  }
}
