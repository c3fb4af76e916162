package dev.kindred.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.learn.Shelf;
import dev.kindred.recommend.Picks.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which items are like one, as numbers: some hundred bytes for each item, so that a whole
 * catalogue has room where finished lists of it would not.
 *
 * <p>Such a list depends on the shelf and on what is asked, and on nobody's deeds, so it is good
 * until the shelf changes. Safe for any number of threads; to be asked within the tenant's reading.
 */
final class Alikes {
  /** Longer lists are made anew. */
  private static final int COUNT_MAX = 20;

  private static final int SLOTS_MIN = 1 << 10;
  private static final int SLOTS_OF_A_SHELF_MAX = 1 << 17;

  /** Of all shelves together: at most some 60 MB, and half of that with lists of ten. */
  private static final int SLOTS_MAX = 1 << 18;

  private static final int ITEM_BITS = 28;
  private static final int SCORE_SHIFT = 32;
  private static final List<Reason> REASONS = List.of(Reason.values());

  /** A tenant that is gone takes what is remembered of it along. */
  private final Cache<Shelf, Memory> memories =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumWeight(SLOTS_MAX)
          .weigher((Shelf shelf, Memory memory) -> memory.slots.length())
          .executor(Runnable::run)
          .build();

  /**
   * Rows of one shelf. Each has one place, where the next one that belongs there takes over: the
   * items of a shelf have places of their own as long as all lists are asked for in one way.
   */
  private static final class Memory {
    final AtomicReferenceArray<@Nullable Row> slots;
    volatile @Nullable Shape lastShape;

    Memory(int size) {
      slots = new AtomicReferenceArray<>(size);
    }

    /** One object for shapes that are equal, mostly. */
    Shape known(Shape shape) {
      Shape last = lastShape;
      if (last != null && last.equals(shape)) return last;
      lastShape = shape;
      return shape;
    }

    int slot(int item, Shape shape) {
      return (item ^ shape.hashCode()) & (slots.length() - 1);
    }
  }

  /** All that is asked but for the item itself. */
  private record Shape(Request request, Preferences preferences) {
    static Shape of(Request request, Preferences preferences) {
      return new Shape(request.likeNothing(), preferences);
    }
  }

  private static final class Row {
    final int item;
    final long changes;
    final Shape shape;

    /** Score, reason and item of each, in one number. */
    final long[] picks;

    Row(int item, long changes, Shape shape, long[] picks) {
      this.item = item;
      this.changes = changes;
      this.shape = shape;
      this.picks = picks;
    }

    boolean isOf(int wanted, long changesNow, Shape wantedShape) {
      return item == wanted && changes == changesNow && shape.equals(wantedShape);
    }
  }

  /** Whether a request is for what is like one item, with nobody in it. */
  static boolean areFor(Request request) {
    return request.like().size() == 1
        && request.count() <= COUNT_MAX
        && request.exclude().isEmpty()
        && request.isForAnybody();
  }

  /** The list that was made before, if nothing has changed since. */
  Optional<List<Pick>> of(Shelf shelf, Request request, Preferences preferences) {
    Memory memory = memories.getIfPresent(shelf);
    if (memory == null || !areFor(request) || !isLasting(shelf)) return Optional.empty();
    int item = shelf.find(request.like().getFirst());
    if (item < 0) return Optional.empty();
    Shape shape = memory.known(Shape.of(request, preferences));
    Row row = memory.slots.get(memory.slot(item, shape));
    if (row == null || !row.isOf(item, shelf.changes(), shape)) return Optional.empty();
    var picks = new ArrayList<Pick>(row.picks.length);
    for (long packed : row.picks) picks.add(unpacked(packed));
    return Optional.of(picks);
  }

  /** Takes note of a list that depends on the shelf only. */
  void remember(Shelf shelf, Request request, Preferences preferences, List<Pick> picks) {
    if (!areFor(request) || !isLasting(shelf) || picks.size() != request.count()) return;
    int item = shelf.find(request.like().getFirst());
    if (item < 0 || shelf.size() > 1 << ITEM_BITS) return;
    Memory memory = memory(shelf);
    Shape shape = memory.known(Shape.of(request, preferences));
    long[] packed = new long[picks.size()];
    for (int n = 0; n < packed.length; n++) packed[n] = packed(picks.get(n));
    memory.slots.set(memory.slot(item, shape), new Row(item, shelf.changes(), shape, packed));
  }

  /** Without a model lists change with every event, and with times of day as these pass. */
  private static boolean isLasting(Shelf shelf) {
    return !shelf.learned().isNothing() && !shelf.isTimed();
  }

  private Memory memory(Shelf shelf) {
    int wanted =
        Math.clamp(2L * Integer.highestOneBit(shelf.size()), SLOTS_MIN, SLOTS_OF_A_SHELF_MAX);
    Memory known = memories.getIfPresent(shelf);
    if (known != null && known.slots.length() >= wanted) return known;
    var roomier = new Memory(wanted);
    memories.put(shelf, roomier);
    return roomier;
  }

  private static long packed(Pick pick) {
    return (long) Float.floatToRawIntBits(pick.score()) << SCORE_SHIFT
        | (long) REASONS.indexOf(pick.reason()) << ITEM_BITS
        | pick.item();
  }

  private static Pick unpacked(long packed) {
    int low = (int) packed;
    return new Pick(
        low & ((1 << ITEM_BITS) - 1),
        Float.intBitsToFloat((int) (packed >>> SCORE_SHIFT)),
        REASONS.get(low >>> ITEM_BITS));
  }
}
