package dev.kindred.learn;

/** What a reading can know of vectors. For one thread. */
public interface VectorsAtHand {

  /** Of the items of a shelf. */
  ItemVectors of(Shelf shelf);

  /** Whether nothing was asked for that is not here. */
  boolean isWhole();

  /** Of the indexes in the process, which have everything. */
  VectorsAtHand IN_PROCESS =
      new VectorsAtHand() {
        @Override
        public ItemVectors of(Shelf shelf) {
          return new IndexedVectors(shelf.vectors());
        }

        @Override
        public boolean isWhole() {
          return true;
        }
      };
}
