package dev.kindred.learn;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/**
 * Outside ids by dense index, and back: an open table of indexes over an {@link Arena} of their
 * bytes, some twenty bytes an id beside the id itself. One writer; readers are kept away while it
 * writes.
 */
final class Dictionary {
  static final int NONE = -1;

  private static final int FREE = -1;
  private static final int LEFT = -2;

  private final Arena ids = new Arena();
  private int[] table = free(16);

  /** Slots that are not {@link #FREE}. */
  private int used;

  private int size;

  /** How many ids there are. */
  int size() {
    return size;
  }

  boolean contains(int index) {
    return ids.contains(index);
  }

  String get(int index) {
    return new String(ids.get(index), UTF_8);
  }

  /** The index of an id, or {@link #NONE}. */
  int find(String id) {
    byte[] bytes = id.getBytes(UTF_8);
    for (int slot = slot(bytes); ; slot = (slot + 1) & (table.length - 1)) {
      int index = table[slot];
      if (index == FREE) return NONE;
      if (index >= 0 && ids.holds(index, bytes)) return index;
    }
  }

  /** Gives an index an id that no other has. */
  void put(int index, String id) {
    remove(index);
    if (2 * (used + 1) > table.length) grow();
    byte[] bytes = id.getBytes(UTF_8);
    ids.put(index, bytes);
    enter(index, bytes);
    size++;
  }

  void remove(int index) {
    if (!ids.contains(index)) return;
    byte[] bytes = ids.get(index);
    int slot = slot(bytes);
    while (table[slot] != index) slot = (slot + 1) & (table.length - 1);
    table[slot] = LEFT;
    ids.remove(index);
    size--;
  }

  Piece capture() {
    Piece pieces = ids.capture();
    int[] slots = table.clone();
    int usedThen = used;
    int sizeThen = size;
    return out -> {
      pieces.write(out);
      out.ints(slots);
      out.number(usedThen);
      out.number(sizeThen);
    };
  }

  /** Takes over what was captured, into a dictionary that is new. */
  void read(Input in) throws IOException {
    ids.read(in);
    table = in.ints();
    used = in.number();
    size = in.number();
  }

  private void enter(int index, byte[] bytes) {
    int slot = slot(bytes);
    while (table[slot] >= 0) slot = (slot + 1) & (table.length - 1);
    if (table[slot] == FREE) used++;
    table[slot] = index;
  }

  private void grow() {
    int[] old = table;
    table = free(4 * size >= old.length ? 2 * old.length : old.length);
    used = 0;
    for (int index : old) if (index >= 0) enter(index, ids.get(index));
  }

  private int slot(byte[] bytes) {
    int mixed = Arrays.hashCode(bytes) * 0x9E3779B9;
    return (mixed ^ (mixed >>> 15)) & (table.length - 1);
  }

  private static int[] free(int length) {
    int[] table = new int[length];
    Arrays.fill(table, FREE);
    return table;
  }
}
