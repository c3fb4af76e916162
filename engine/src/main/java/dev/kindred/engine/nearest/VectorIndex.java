package dev.kindred.engine.nearest;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors by dense item index, kept for finding the nearest by cosine.
 *
 * <p>Changes may come from any thread and take turns. Readers take the current {@link #view}, which
 * never changes, and never wait. The same changes in the same order with the same seed give the
 * same answers.
 *
 * <p>An item costs a byte and a bit for each dimension: the turned vector, and the signs of its
 * coordinates as a short code. Items that lie close together share a cell. A cell that has become
 * too large is divided in two, one that has become small is given to its neighbours; so there is no
 * training and no rebuild, and a change costs about as much as comparing with all centres.
 *
 * <p>The idea of rotating and keeping signs: Charikar, Similarity estimation techniques from
 * rounding algorithms (2002). Of dividing cells as they grow: Xu and others, SPFresh (2023).
 */
public final class VectorIndex {
  private static final int NOWHERE = -1;
  private static final int CELL_MIN = 256;
  private static final int CELL_MAX = 4096;

  private final Rotation rotation;

  private Partition partition;
  private Cell[] cells;
  private VectorPage[][] pages;

  /** The cell of each item. */
  private int[] cellOf;

  private int size;
  private volatile VectorView view;

  public VectorIndex(int dimensions, long seed) {
    this(empty(dimensions, seed));
  }

  private VectorIndex(VectorView start) {
    view = start;
    rotation = start.rotation();
    partition = start.partition();
    cells = start.cells().clone();
    pages = start.pages();
    size = start.size();
    cellOf = new int[pages.length * VectorView.PAGES * VectorPage.ROWS];
    Arrays.fill(cellOf, NOWHERE);
    for (int cell = 0; cell < cells.length; cell++) noteItemsOf(cell);
  }

  private static VectorView empty(int dimensions, long seed) {
    if (dimensions < 1) {
      throw new IllegalArgumentException("dimensions must be at least 1, got " + dimensions);
    }
    var rotation = new Rotation(dimensions, seed);
    var origin = Centre.of(List.of(), rotation.length());
    var partition = Partition.empty(rotation.length()).with(0, origin);
    var cells = new Cell[] {Cell.empty(rotation.words(), CELL_MIN)};
    return new VectorView(rotation, partition, cells, new VectorPage[0][], 0);
  }

  /**
   * Opens what {@link VectorView#writeTo} wrote. The vectors are read from the image as long as the
   * index or a view of it lives; it should lie outside the heap, as a mapped file does. It is never
   * written to.
   */
  public static VectorIndex open(MemorySegment image) {
    return new VectorIndex(VectorImage.open(image));
  }

  /** The state after the latest change. */
  public VectorView view() {
    return view;
  }

  /** Gives an item a vector, in place of the one that it may have. */
  public synchronized void put(int item, float[] vector) {
    if (item < 0) throw new IllegalArgumentException("item must not be negative, got " + item);
    var direction = Quantised.of(rotation.turned(vector));
    makeRoomFor(item);
    if (cellOf[item] != NOWHERE) leave(item);
    setPage(item, page(item).with(item % VectorPage.ROWS, direction));
    size++;
    int divided = join(item, direction);
    publish();
    if (divided != NOWHERE) learnReach(divided);
  }

  /** Takes an item's vector away; says whether it had one. */
  public synchronized boolean remove(int item) {
    if (item < 0 || item >= cellOf.length || cellOf[item] == NOWHERE) return false;
    int cell = cellOf[item];
    leave(item);
    setPage(item, page(item).without(item % VectorPage.ROWS));
    tidy(cell);
    publish();
    return true;
  }

  /** Puts an item into the closest cell; returns the cell if that made it too large. */
  private int join(int item, Quantised direction) {
    long[] code = direction.code();
    int cell = partition.closest(direction, code, 0);
    cells[cell] = cells[cell].with(item, code);
    cellOf[item] = cell;
    if (cells[cell].slots() < cellSizeMax()) return NOWHERE;
    if (cells[cell].size() < cellSizeMax() * 3 / 4) {
      cells[cell] = cells[cell].compacted();
      return NOWHERE;
    }
    divide(cell);
    return cell;
  }

  private void leave(int item) {
    int cell = cellOf[item];
    cells[cell] = cells[cell].without(item);
    cellOf[item] = NOWHERE;
    size--;
  }

  /**
   * Half of the cell's items stay, the other half moves to a new cell. Those that then are closer
   * to another one go there: they were put where they were before that one existed.
   */
  private void divide(int cell) {
    int[] items = cells[cell].items();
    var directions = new ArrayList<Quantised>(items.length);
    for (int item : items) directions.add(page(item).get(item % VectorPage.ROWS));
    boolean[] moves = TwoMeans.second(directions);
    int added = cells.length;
    cells = Arrays.copyOf(cells, added + 1);
    empty(cell, directions, moves, false);
    empty(added, directions, moves, true);
    for (int i = 0; i < items.length; i++) {
      int home = moves[i] ? added : cell;
      long[] code = directions.get(i).code();
      int closest = partition.closest(directions.get(i), code, home);
      if (cells[closest].slots() < cellSizeMax()) home = closest;
      cells[home] = cells[home].with(items[i], code);
      cellOf[items[i]] = home;
    }
  }

  /** Puts an empty cell into the middle of the directions that move, or of those that stay. */
  private void empty(int cell, List<Quantised> directions, boolean[] moves, boolean moving) {
    var members = new ArrayList<Quantised>();
    for (int i = 0; i < moves.length; i++) if (moves[i] == moving) members.add(directions.get(i));
    partition = partition.with(cell, Centre.of(members, rotation.length()));
    cells[cell] = Cell.empty(rotation.words(), members.size() + members.size() / 4);
  }

  /** After an item left: closes gaps when there are many, dissolves a cell that is nearly empty. */
  private void tidy(int cell) {
    var left = cells[cell];
    if (cells.length > 1 && left.size() < cellSizeMax() / 8) {
      dissolve(cell);
    } else if (left.slots() >= 2 * left.size() && left.slots() > CELL_MIN / 2) {
      cells[cell] = left.compacted();
    }
  }

  private void noteItemsOf(int cell) {
    for (int item : cells[cell].items()) cellOf[item] = cell;
  }

  private void dissolve(int cell) {
    int[] homeless = cells[cell].items();
    int last = cells.length - 1;
    if (cell < last) {
      cells[cell] = cells[last];
      noteItemsOf(cell);
    }
    cells = Arrays.copyOf(cells, last);
    partition = partition.without(cell);
    for (int item : homeless) join(item, page(item).get(item % VectorPage.ROWS));
  }

  /** Searches everywhere for the neighbours of one item of a cell. */
  private void learnReach(int cell) {
    int[] items = cells[cell].items();
    if (items.length == 0) return;
    long chance = Rotation.mix(partition.reach().sideways().seen());
    int sample = items[(int) Long.remainderUnsigned(chance, items.length)];
    partition = partition.withReach(view.learned(sample, item -> cellOf[item]));
    publish();
  }

  /** Cells grow with the root of the collection, and so do the centres to compare with. */
  private int cellSizeMax() {
    return Math.clamp((long) (2 * Math.sqrt(size)), CELL_MIN, CELL_MAX);
  }

  private void publish() {
    view = new VectorView(rotation, partition, cells.clone(), pages, size);
  }

  private VectorPage page(int item) {
    int page = item / VectorPage.ROWS;
    return pages[page / VectorView.PAGES][page % VectorView.PAGES];
  }

  /** Views share the groups that they have in common, so a group is copied to be changed. */
  private void setPage(int item, VectorPage changed) {
    int page = item / VectorPage.ROWS;
    var group = pages[page / VectorView.PAGES].clone();
    group[page % VectorView.PAGES] = changed;
    pages = pages.clone();
    pages[page / VectorView.PAGES] = group;
  }

  private void makeRoomFor(int item) {
    if (item >= cellOf.length) {
      int known = cellOf.length;
      cellOf = Arrays.copyOf(cellOf, Math.max(item + 1, known + known / 2));
      Arrays.fill(cellOf, known, cellOf.length, NOWHERE);
    }
    int groups = item / VectorPage.ROWS / VectorView.PAGES + 1;
    if (groups > pages.length) {
      int known = pages.length;
      pages = Arrays.copyOf(pages, groups);
      var vacant = new VectorPage[VectorView.PAGES];
      Arrays.fill(vacant, VectorPage.vacant(rotation.length()));
      Arrays.fill(pages, known, groups, vacant);
    }
  }
}
