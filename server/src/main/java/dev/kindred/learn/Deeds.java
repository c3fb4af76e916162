package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;

/**
 * What one user did, in the order of the log: 24 bytes an interaction in one array. One writer;
 * readers are kept away while it writes. An array that may have been captured only grows; whatever
 * else changes goes into another one.
 */
public final class Deeds {
  public static final Deeds NONE = new Deeds();

  private static final int WORDS = 3;
  private static final long[] NOTHING = {};

  /** Stands for the size of a user who is not there. */
  private static final int NOBODY = -1;

  private static final int TYPES = 0x7FFF;
  private static final int BEHAVIOUR = 0x8000;

  /** Entity and weight; instant; position, whether it is a behaviour, and type. */
  private long[] words = NOTHING;

  private int size;
  private int changes;

  /** Grows with everything that is done or said of the user. */
  public int changes() {
    return changes;
  }

  void changed() {
    changes++;
  }

  public int size() {
    return size;
  }

  /** The entity's number. */
  public int entity(int n) {
    return (int) (words[n * WORDS] >>> 32);
  }

  /** Its own weight, or NaN where its type's counts. */
  public float weight(int n) {
    return Float.intBitsToFloat((int) words[n * WORDS]);
  }

  public long atMicros(int n) {
    return words[n * WORDS + 1];
  }

  public long position(int n) {
    return words[n * WORDS + 2] >>> 16;
  }

  /** The number of the interaction type. */
  public int type(int n) {
    return (int) words[n * WORDS + 2] & TYPES;
  }

  /** Whether it came as a behaviour, which is kept one by one for a limited time, before then. */
  boolean isBehaviourBefore(long millis, int n) {
    boolean isBehaviour = (words[n * WORDS + 2] & BEHAVIOUR) != 0;
    return isBehaviour && Math.floorDiv(atMicros(n), 1_000L) < millis;
  }

  boolean hasEntity(int entity) {
    for (int n = 0; n < size; n++) if (entity(n) == entity) return true;
    return false;
  }

  boolean hasPurchase(int entity, Kinds kinds) {
    for (int n = 0; n < size; n++)
      if (entity(n) == entity && kinds.isPurchase(type(n))) return true;
    return false;
  }

  void add(int entity, int type, float weight, long atMicros, long position, boolean isBehaviour) {
    if (size * WORDS == words.length) {
      int room = size < 4 ? 4 : size + (size >> 1);
      words = Arrays.copyOf(words, room * WORDS);
    }
    int at = size * WORDS;
    words[at] = ((long) entity << 32) | (Float.floatToRawIntBits(weight) & 0xFFFF_FFFFL);
    words[at + 1] = atMicros;
    words[at + 2] = (position << 16) | (isBehaviour ? BEHAVIOUR : 0) | (type & TYPES);
    size++;
    changes++;
  }

  /** Gives the one at that position another weight; says which one it is, or -1. */
  int reweigh(long position, float weight) {
    int n = find(position);
    if (n >= 0) {
      words = words.clone();
      words[n * WORDS] =
          (words[n * WORDS] & 0xFFFF_FFFF_0000_0000L)
              | (Float.floatToRawIntBits(weight) & 0xFFFF_FFFFL);
      changes++;
    }
    return n;
  }

  /** Takes one away. */
  void remove(int n) {
    long[] left = words.clone();
    System.arraycopy(words, (n + 1) * WORDS, left, n * WORDS, (size - n - 1) * WORDS);
    words = left;
    size--;
    changes++;
  }

  /** All of everybody. */
  static Piece capture(Deeds[] all) {
    long[][] words = new long[all.length][];
    int[] sizes = new int[all.length];
    int end = 0;
    for (int user = 0; user < all.length; user++) {
      words[user] = all[user].words;
      sizes[user] = all[user] == NONE ? NOBODY : all[user].size;
      if (all[user] != NONE) end = user + 1;
    }
    int users = end;
    return out -> {
      out.number(users);
      out.ints(sizes, users);
      for (int user = 0; user < users; user++) {
        out.longs(words[user], Math.max(0, sizes[user]) * WORDS);
      }
    };
  }

  /** What was captured. */
  static Deeds[] readAll(Input in) throws IOException {
    int[] sizes = in.ints(in.number());
    var all = new Deeds[sizes.length];
    for (int user = 0; user < all.length; user++) {
      all[user] = sizes[user] == NOBODY ? NONE : new Deeds();
      if (sizes[user] <= 0) continue;
      all[user].words = in.longs(sizes[user] * WORDS);
      all[user].size = sizes[user];
    }
    return all;
  }

  void removeBehavioursBefore(long millis) {
    long[] kept = new long[size * WORDS];
    int left = 0;
    for (int n = 0; n < size; n++) {
      if (isBehaviourBefore(millis, n)) continue;
      System.arraycopy(words, n * WORDS, kept, left++ * WORDS, WORDS);
    }
    words = Arrays.copyOf(kept, left * WORDS);
    size = left;
    changes++;
  }

  /** Which one was done with that entity, of that type, at that instant; -1 for none. */
  int find(int entity, int type, long atMicros) {
    for (int n = size - 1; n >= 0; n--) {
      if (entity(n) == entity && type(n) == type && atMicros(n) == atMicros) return n;
    }
    return -1;
  }

  /** Positions ascend. */
  int find(long position) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = position(middle);
      if (there == position) return middle;
      if (there < position) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
