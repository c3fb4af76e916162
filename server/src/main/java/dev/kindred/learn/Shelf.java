package dev.kindred.learn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.nearest.VectorIndex;
import dev.kindred.engine.nearest.VectorView;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * The items of one entity type: dense indexes in the order in which the items were first heard of,
 * and everything that answering needs to know about each. An index is never given to another item.
 *
 * <p>Changed by {@link LiveTenant} alone, under its lock; read under the same lock.
 */
public final class Shelf {
  private static final int COLUMNS_MAX = 64;
  private static final long VECTOR_SEED = 1;

  private final EntityType type;
  private final int vectorDimension;
  private final Dictionary ids = new Dictionary();
  private final Arena attributes = new Arena();
  private final BitSet live = new BitSet();
  private final BitSet touched = new BitSet();
  private final Postings takers = new Postings();
  private final Postings buyers = new Postings();
  private final Rates rates = new Rates();
  private final Standings standings;

  /** Made when something asks for an attribute; the least wanted leaves when there are many. */
  private final Cache<String, Column> columns =
      Caffeine.newBuilder().maximumSize(COLUMNS_MAX).executor(Runnable::run).build();

  private int[] numbers = {};
  private long changes;
  private int size;

  /** In microseconds; empty while every item is always available. */
  private long[] availableFrom = {};

  private long[] availableUntil = {};
  private final Births births = new Births();
  private VectorIndex vectors;

  /** Which items have a vector, where the database keeps them and the index stays empty. */
  private final BitSet vectorsElsewhere = new BitSet();

  private final boolean keepsVectors;
  private final LiveRows liveRows = new LiveRows(this);
  private volatile Learned learned = Learned.NOTHING;

  /**
   * @param keepsVectors whether vectors are searched here, not by the database
   */
  Shelf(EntityType type, int vectorDimension, boolean keepsVectors, LongSupplier nanoTime) {
    this.type = type;
    this.keepsVectors = keepsVectors;
    this.vectorDimension = vectorDimension;
    this.vectors = new VectorIndex(vectorDimension, VECTOR_SEED);
    this.standings = new Standings(this, nanoTime);
  }

  public EntityType type() {
    return type;
  }

  /** One more than the greatest index; items that are gone count too. */
  public int size() {
    return size;
  }

  /** How many items there are to recommend, available or not. */
  public int liveItems() {
    return live.cardinality();
  }

  /** The index of the item that has this id now, or -1. */
  public int find(String id) {
    return ids.find(id);
  }

  public String id(int item) {
    return ids.get(item);
  }

  /** The entity's number in events. */
  public int number(int item) {
    return numbers[item];
  }

  public JsonObject attributes(int item) {
    return attributes.contains(item)
        ? JsonObject.ofCanonical(attributes.get(item))
        : JsonObject.EMPTY;
  }

  /** Whether the item is there; one that was only named by interactions is not. */
  public boolean isLive(int item) {
    return live.get(item);
  }

  public boolean isAvailable(int item, long nowMicros) {
    return item >= availableFrom.length
        || (availableFrom[item] <= nowMicros && nowMicros < availableUntil[item]);
  }

  /** Which items meet all conditions. */
  public IntPredicate test(AttributeFilter filter) {
    IntPredicate all = null;
    for (var condition : filter.conditions()) {
      IntPredicate next = column(condition.attribute()).test(condition);
      all = all == null ? next : all.and(next);
    }
    return all == null ? item -> true : all;
  }

  /** How many users took the item, by anything that counts for it. */
  public int takers(int item) {
    return takers.size(item);
  }

  /** One of them, in the order in which they came. */
  public int taker(int item, int n) {
    return takers.user(item, n);
  }

  Postings postings() {
    return takers;
  }

  /** Who bought each item. */
  Postings buyers() {
    return buyers;
  }

  /**
   * Items that are bought together with others, the likeliest first; see {@link BoughtTogether}.
   *
   * @param eligible which may be in it
   */
  public Ranking boughtWith(LiveTenant tenant, int[] items, int most, IntPredicate eligible) {
    return new BoughtTogether(tenant, this).with(items, most, eligible);
  }

  Rates rates() {
    return rates;
  }

  /** What is popular, trending and new. */
  public Standings standings() {
    return standings;
  }

  /** The vectors that are searched here. */
  VectorView vectors() {
    return vectors.view();
  }

  int vectorDimension() {
    return vectorDimension;
  }

  /** Whether it is of a type; any is, where none is said. */
  public boolean isOf(Optional<EntityType> said) {
    return said.isEmpty() || said.get().equals(type);
  }

  /** Whether an item has a vector, wherever that is. */
  boolean hasVector(int item) {
    return keepsVectors ? vectors.view().contains(item) : vectorsElsewhere.get(item);
  }

  boolean hasVectors() {
    return keepsVectors ? vectors.view().size() > 0 : !vectorsElsewhere.isEmpty();
  }

  /** The numbers of the items whose vectors are nearest to that of an item; none without one. */
  public List<Integer> near(int item, int most, VectorsAtHand at) {
    if (item < 0 || !hasVector(item)) return List.of();
    ItemVectors own = at.of(this);
    int[] near =
        own.aim(new int[] {item}, new float[] {1f}, new float[0])
            .nearest(most, Integer.MAX_VALUE, -1f, other -> other != item && isLive(other));
    return Arrays.stream(near).mapToObj(this::number).toList();
  }

  public Learned learned() {
    return learned;
  }

  /** What the model that is in use cannot know yet about the neighbours of an item. */
  public Ranking liveNeighbours(LiveTenant tenant, int item) {
    return liveRows.of(tenant, item);
  }

  /** Something was done with an item. */
  void touched(int item) {
    touched.set(item);
  }

  /**
   * Items that something was done with since they were last taken from here, at most so many. Under
   * the lock of a change.
   */
  BitSet takeTouched(int most) {
    var taken = new BitSet();
    int count = 0;
    for (int item = touched.nextSetBit(0); item >= 0; item = touched.nextSetBit(item + 1)) {
      if (count++ == most) break;
      taken.set(item);
    }
    touched.andNot(taken);
    return taken;
  }

  LiveRows liveRows() {
    return liveRows;
  }

  void learned(Learned next) {
    learned = next;
    touched.clear();
    liveRows.clear();
    changed();
  }

  /** Grows when an item or the model changes. */
  public long changes() {
    return changes;
  }

  void changed() {
    changes++;
  }

  public boolean isTimed() {
    return availableFrom.length > 0;
  }

  /** The values of one attribute, of all items. */
  public Column column(String attribute) {
    return columns.get(attribute, this::read);
  }

  /** The live items that meet a condition. */
  public BitSet meeting(Condition condition) {
    return column(condition.attribute()).meeting(condition, live);
  }

  private Column read(String attribute) {
    var column = new Column(attribute);
    for (int item = live.nextSetBit(0); item >= 0; item = live.nextSetBit(item + 1)) {
      column.put(item, attributes(item));
    }
    return column;
  }

  /** The next index, for an entity that was heard of the first time. */
  int add(int number) {
    if (size == numbers.length) numbers = Arrays.copyOf(numbers, Math.max(16, size + (size >> 1)));
    numbers[size] = number;
    return size++;
  }

  void put(int item, String id, JsonObject newAttributes, Availability when, float[] vector) {
    ids.put(item, id);
    attributes.put(item, newAttributes.utf8());
    available(item, when);
    births.put(item, newAttributes);
    live.set(item);
    putVector(item, vector);
    columns.asMap().values().forEach(column -> column.put(item, newAttributes));
    changed();
  }

  private void putVector(int item, float[] vector) {
    boolean isSearched = vector.length == vectorDimension && isSomewhere(vector);
    if (!keepsVectors) vectorsElsewhere.set(item, isSearched);
    else if (isSearched) vectors.put(item, vector);
    else vectors.remove(item);
  }

  void remove(int item) {
    live.clear(item);
    ids.remove(item);
    attributes.remove(item);
    putVector(item, new float[0]);
    columns.asMap().values().forEach(column -> column.put(item, JsonObject.EMPTY));
    changed();
  }

  Piece capture() {
    List<Piece> pieces =
        List.of(
            ids.capture(),
            attributes.capture(),
            takers.capture(),
            buyers.capture(),
            rates.capture(),
            births.capture());
    int[] numbersThen = Arrays.copyOf(numbers, size);
    long[] liveThen = live.toLongArray();
    long[] touchedThen = touched.toLongArray();
    long[] from = availableFrom.clone();
    long[] until = availableUntil.clone();
    long newest = standings.newestMicros();
    VectorView view = vectors.view();
    long[] elsewhere = vectorsElsewhere.toLongArray();
    return out -> {
      for (Piece piece : pieces) piece.write(out);
      out.ints(numbersThen);
      out.longs(liveThen);
      out.longs(touchedThen);
      out.longs(from);
      out.longs(until);
      out.number(newest);
      if (keepsVectors) out.image(view.imageBytes(), view::writeTo);
      else out.longs(elsewhere);
    };
  }

  /** Takes over what was captured, into a shelf that is new. Its vectors stay in the file. */
  void read(Input in) throws IOException {
    ids.read(in);
    attributes.read(in);
    takers.read(in);
    buyers.read(in);
    rates.read(in);
    births.read(in);
    numbers = in.ints();
    size = numbers.length;
    live.or(BitSet.valueOf(in.longs()));
    touched.or(BitSet.valueOf(in.longs()));
    availableFrom = in.longs();
    availableUntil = in.longs();
    standings.happened(in.longNumber());
    if (keepsVectors) vectors = VectorIndex.open(in.image());
    else vectorsElsewhere.or(BitSet.valueOf(in.longs()));
    changed();
  }

  private void available(int item, Availability when) {
    if (when.equals(Availability.ALWAYS) && item >= availableFrom.length) return;
    if (item >= availableFrom.length) {
      int known = availableFrom.length;
      int room = Math.max(item + 1, known + (known >> 1));
      availableFrom = Arrays.copyOf(availableFrom, room);
      availableUntil = Arrays.copyOf(availableUntil, room);
      Arrays.fill(availableFrom, known, room, Long.MIN_VALUE);
      Arrays.fill(availableUntil, known, room, Long.MAX_VALUE);
    }
    availableFrom[item] = when.from().map(Shelf::micros).orElse(Long.MIN_VALUE);
    availableUntil[item] = when.until().map(Shelf::micros).orElse(Long.MAX_VALUE);
  }

  /** When the item says that it was made, in microseconds; 0 where it does not say. */
  public long bornMicros(int item) {
    return births.micros(item);
  }

  private static boolean isSomewhere(float[] vector) {
    for (float value : vector) if (value != 0) return true;
    return false;
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
