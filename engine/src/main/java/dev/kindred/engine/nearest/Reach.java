package dev.kindred.engine.nearest;

/**
 * How far a search must reach to miss few neighbours, learned from the data itself.
 *
 * <p>Each time a cell is divided, one of its items is searched for everywhere, and every neighbour
 * found tells what would have been needed to find it. On data without any clusters that is to look
 * at nearly everything: the search is then as slow as a scan, but no worse in what it finds.
 *
 * @param sideways how much like the query items are that lie off a cell's centre, see {@link
 *     Partition}
 * @param behind how much less than the most promising cell the one with the neighbour promises
 */
record Reach(Recent sideways, Recent behind) {
  /** Neighbours looked at for each item. */
  static final int NEIGHBOURS = 10;

  static final Reach UNKNOWN = new Reach(Recent.NOTHING, Recent.NOTHING);
}
