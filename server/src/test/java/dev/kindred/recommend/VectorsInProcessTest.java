package dev.kindred.recommend;

import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;

/** The process searches. */
final class VectorsInProcessTest extends VectorSearchContract {
  @Override
  Store open() {
    return new MemoryStore(clock);
  }
}
