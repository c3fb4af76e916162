package dev.kindred.learn;

import dev.kindred.engine.nearest.VectorView;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A shelf's vectors for who learns from them, outside of the tenant's reading: those in the process
 * as they were at the beginning, those in the database as they are.
 */
record ShelfVectors(LiveTenant tenant, Shelf shelf, VectorView view, boolean isEmpty) {

  static ShelfVectors of(LiveTenant tenant, Shelf shelf) {
    return elsewhere(() ->
        tenant.read(() -> new ShelfVectors(tenant, shelf, shelf.vectors(), !shelf.hasVectors())));
  }

  boolean areAtHand() {
    return tenant.hasVectorsAtHand();
  }

  /** What the directions of all items have in common, in coordinates of the index. */
  float[] common() {
    return tenant
        .fetcher()
        .map(database -> view.turned(database.mean(tenant.id(), shelf.type())))
        .orElseGet(view::mean);
  }

  /** Does something with them, more than once where they have to be fetched. */
  <T> T with(Function<ItemVectors, T> work) {
    if (areAtHand()) return work.apply(new IndexedVectors(view));
    return elsewhere(() -> tenant.readWithVectors(at -> work.apply(at.of(shelf))));
  }

  /**
   * On a thread that does not give way: who waits for the tenant's lock waits for whoever holds it.
   */
  private static <T> T elsewhere(Supplier<T> reading) {
    return CompletableFuture.supplyAsync(reading, Thread::startVirtualThread).join();
  }
}
