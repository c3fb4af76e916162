package dev.kindred.engine.nearest;

import dev.kindred.engine.math.Hamming;
import java.util.Arrays;

/**
 * Items that lie close together, with the codes of their vectors.
 *
 * <p>A cell never changes for who holds it. An item that joins is written behind the last one that
 * any cell before has shown, so the arrays are shared between a cell and the next; an item that
 * leaves is marked in a small array of its own.
 */
final class Cell {
  private final long[] codes;
  private final int[] items;

  /** A bit for each slot whose item has left. */
  private final long[] left;

  private final int words;
  private final int slots;
  private final int size;

  private Cell(long[] codes, int[] items, long[] left, int words, int slots, int size) {
    this.codes = codes;
    this.items = items;
    this.left = left;
    this.words = words;
    this.slots = slots;
    this.size = size;
  }

  /** An empty cell with room for some items; {@link #with} makes more when needed. */
  static Cell empty(int words, int room) {
    int blocks = Math.ceilDiv(room, Hamming.BLOCK);
    return new Cell(
        new long[blocks * Hamming.BLOCK * words],
        new int[blocks * Hamming.BLOCK],
        new long[blocks],
        words,
        0,
        0);
  }

  /** Of what {@link #codes} and {@link #items} told; the arrays, whole blocks, are handed over. */
  static Cell of(long[] codes, int[] items, int words, int size) {
    return new Cell(codes, items, new long[items.length / Hamming.BLOCK], words, size, size);
  }

  Cell with(int item, long[] code) {
    var roomy = slots < items.length ? this : grown();
    roomy.items[slots] = item;
    Hamming.store(code, roomy.codes, slots);
    return new Cell(roomy.codes, roomy.items, roomy.left, words, slots + 1, size + 1);
  }

  Cell without(int item) {
    int slot = slotOf(item);
    long[] marked = left.clone();
    marked[slot / Hamming.BLOCK] |= 1L << slot;
    return new Cell(codes, items, marked, words, slots, size - 1);
  }

  /** The same items without the gaps that others left. */
  Cell compacted() {
    var compact = empty(words, size + Hamming.BLOCK);
    long[] code = new long[words];
    int to = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (!holds(slot)) continue;
      Hamming.load(codes, slot, code);
      Hamming.store(code, compact.codes, to);
      compact.items[to++] = items[slot];
    }
    return new Cell(compact.codes, compact.items, compact.left, words, size, size);
  }

  private Cell grown() {
    int blocks = left.length + 1 + left.length / 4;
    return new Cell(
        Arrays.copyOf(codes, blocks * Hamming.BLOCK * words),
        Arrays.copyOf(items, blocks * Hamming.BLOCK),
        Arrays.copyOf(left, blocks),
        words,
        slots,
        size);
  }

  /** Items in it. */
  int size() {
    return size;
  }

  /** Slots used, those that items left among them. */
  int slots() {
    return slots;
  }

  int blocks() {
    return Math.ceilDiv(slots, Hamming.BLOCK);
  }

  /** The slots of a block that hold an item whose code differs from the given one in few bits. */
  long within(int block, CodeQuery query, int limit) {
    int beyond = Math.max(0, (block + 1) * Hamming.BLOCK - slots);
    long used = -1L >>> beyond;
    return Hamming.within(codes, block * Hamming.BLOCK * words, query.signs(), query.heavy(), limit)
        & used
        & ~left[block];
  }

  int item(int slot) {
    return items[slot];
  }

  int[] items() {
    int[] held = new int[size];
    int to = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (holds(slot)) held[to++] = items[slot];
    }
    return held;
  }

  /** The blocks of codes, the first {@link #blocks} of which are in use. */
  long[] codes() {
    return codes;
  }

  private boolean holds(int slot) {
    return (left[slot / Hamming.BLOCK] & 1L << slot) == 0;
  }

  private int slotOf(int item) {
    for (int slot = 0; slot < slots; slot++) {
      if (items[slot] == item && holds(slot)) return slot;
    }
    throw new IllegalStateException("item " + item + " is not in the cell it was put into");
  }
}
