package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one user did: a row for each title and type with its counts, and a moment for each
 * interaction that is still kept raw.
 *
 * <p>Adding and taking away cost the same however long the history is. A row takes about 20 bytes,
 * 44 with weights and ratings, a moment 8. Guarded by the tenant's lock.
 */
final class UserHistory {

  /** Beyond so many rows nothing new of a user is counted; it bounds what one user can take. */
  static final int ROWS_MAX = Moments.ROWS_MAX;

  private static final int OWN = 1;
  private static final int RATED = 2;

  /**
   * So many keys are eight lines of memory: as quick to look through as a table is to look into.
   */
  private static final int SEARCHED_UP_TO = 64;

  private static final int NONE = RowTable.NONE;

  final int number;

  /** Where the user stands among the tenant's. */
  final int index;

  private int rows;
  private long[] keys = new long[4];
  private int[] counts = new int[4];

  // Null as long as no row needs them.
  private int @Nullable [] owns;
  private long @Nullable [] weights;
  private int @Nullable [] rated;
  private long @Nullable [] ratings;

  // Null as long as the rows are so few that they are searched one by one.
  private @Nullable RowTable table;

  private Moments moments = new Moments();

  /** Whether the arrays were captured, and must not change any more. */
  private boolean isShared;

  final UserTotals totals = new UserTotals();

  /** How many titles are shared with those who did the like. */
  int shared;

  /** What they like, as it was when somebody last asked; null where it has changed since. */
  volatile @Nullable GenreVector vector;

  UserHistory(int number, int index) {
    this.number = number;
    this.index = index;
  }

  int rows() {
    return rows;
  }

  long keyOf(int row) {
    return keys[row];
  }

  int countOf(int row) {
    return counts[row];
  }

  /** How many of the row's interactions have a weight of their own. */
  int ownsOf(int row) {
    return owns == null ? 0 : owns[row];
  }

  long weightOf(int row) {
    return weights == null ? 0 : weights[row];
  }

  int ratedOf(int row) {
    return rated == null ? 0 : rated[row];
  }

  long ratingsOf(int row) {
    return ratings == null ? 0 : ratings[row];
  }

  /** How often something was done; 0 where there is no row. */
  int count(long key) {
    int row = find(key);
    return row == NONE ? 0 : counts[row];
  }

  boolean isFull(long key) {
    return rows == ROWS_MAX && find(key) == NONE;
  }

  int moments() {
    return moments.size();
  }

  /** When it was, in milliseconds. */
  long millisOfMoment(int i) {
    return moments.millis(i);
  }

  long keyOfMoment(int i) {
    return keys[moments.row(i)];
  }

  /** Adds to a row, or takes away from it; one that counts nothing goes. */
  void add(long key, Amounts amounts) {
    own();
    int row = find(key);
    if (row == NONE) row = append(key);
    counts[row] += amounts.count();
    if (amounts.owns() != 0 || amounts.weight() != 0) {
      if (owns == null) owns = new int[keys.length];
      if (weights == null) weights = new long[keys.length];
      owns[row] += amounts.owns();
      weights[row] += amounts.weight();
    }
    if (amounts.rated() != 0 || amounts.ratings() != 0) {
      if (rated == null) rated = new int[keys.length];
      if (ratings == null) ratings = new long[keys.length];
      rated[row] += amounts.rated();
      ratings[row] += amounts.ratings();
    }
    if (counts[row] == 0) remove(row);
  }

  void addMoment(long key, long millis) {
    moments.add(millis, find(key));
  }

  /**
   * Takes away one that was then; returns whether there was one. When an interaction is sent again
   * in other circumstances, the log does not say when it was: so of several moments of a deed,
   * another one may stand in those, and gives its place.
   */
  boolean removeMoment(long key, long millis) {
    own();
    int row = find(key);
    for (int i = moments.size() - 1; i >= 0; i--) {
      if (moments.millis(i) != millis || !RowKey.isSameDeed(keyOfMoment(i), key)) continue;
      int other = moments.row(i);
      if (other != row) moments.point(row, other);
      moments.remove(i);
      return true;
    }
    return false;
  }

  /** Makes one moment of a row one of another row. */
  void moveMoment(long from, long to) {
    own();
    int row = find(from);
    if (from != to && row != NONE) moments.point(row, find(to));
  }

  /** Forgets the moments of behaviours before then. */
  void forgetBehavioursBefore(long millis) {
    own();
    moments.retain(i -> moments.millis(i) >= millis || !RowKey.isBehaviour(keyOfMoment(i)));
  }

  /** The newest moment, or the given one where that is newer. */
  long newest(long atLeast) {
    return moments.newest(atLeast);
  }

  Piece capture() {
    isShared = true;
    int rowsThen = rows;
    int momentsThen = moments.size();
    long[] keysThen = keys;
    int[] countsThen = counts;
    int[] ownsThen = owns;
    long[] weightsThen = weights;
    int[] ratedThen = rated;
    long[] ratingsThen = ratings;
    long[] momentThen = moments.shared();
    long[] totalsThen = totals.numbers();
    int sharedThen = shared;
    return out -> {
      out.number(number);
      out.number(rowsThen);
      out.number(momentsThen);
      out.number((ownsThen == null ? 0 : OWN) | (ratedThen == null ? 0 : RATED));
      out.number(sharedThen);
      out.longs(keysThen, rowsThen);
      out.ints(countsThen, rowsThen);
      if (ownsThen != null) out.ints(ownsThen, rowsThen);
      if (ownsThen != null && weightsThen != null) out.longs(weightsThen, rowsThen);
      if (ratedThen != null) out.ints(ratedThen, rowsThen);
      if (ratedThen != null && ratingsThen != null) out.longs(ratingsThen, rowsThen);
      out.longs(momentThen, momentsThen);
      out.longs(totalsThen, totalsThen.length);
    };
  }

  /** What was captured. */
  static UserHistory read(Input in, int index) throws IOException {
    var user = new UserHistory(in.number(), index);
    user.rows = in.number();
    int moments = in.number();
    int has = in.number();
    user.shared = in.number();
    user.keys = in.longs(user.rows);
    user.counts = in.ints(user.rows);
    if ((has & OWN) != 0) {
      user.owns = in.ints(user.rows);
      user.weights = in.longs(user.rows);
    }
    if ((has & RATED) != 0) {
      user.rated = in.ints(user.rows);
      user.ratings = in.longs(user.rows);
    }
    user.moments = new Moments(in.longs(moments));
    user.totals.read(in.longs(UserTotals.NUMBERS));
    if (user.rows > SEARCHED_UP_TO) user.table = new RowTable(user.keys, user.rows);
    return user;
  }

  private void own() {
    if (!isShared) return;
    grow(keys.length);
    moments.own();
    isShared = false;
  }

  private int append(long key) {
    if (rows == keys.length) grow(grown(rows));
    keys[rows] = key;
    counts[rows] = 0;
    if (table != null && table.hasRoomFor(rows + 1)) table.put(keys, rows);
    else if (table != null || rows >= SEARCHED_UP_TO) table = new RowTable(keys, rows + 1);
    return rows++;
  }

  /** The last row takes the place of the one that goes. */
  private void remove(int row) {
    int last = --rows;
    if (table != null) table.remove(keys, keys[row]);
    if (last != row) {
      long moved = keys[last];
      if (table != null) table.remove(keys, moved);
      keys[row] = moved;
      counts[row] = counts[last];
      if (owns != null) owns[row] = owns[last];
      if (weights != null) weights[row] = weights[last];
      if (rated != null) rated[row] = rated[last];
      if (ratings != null) ratings[row] = ratings[last];
      if (table != null) table.put(keys, row);
      moments.renumber(last, row);
    }
    if (owns != null) owns[last] = 0;
    if (weights != null) weights[last] = 0;
    if (rated != null) rated[last] = 0;
    if (ratings != null) ratings[last] = 0;
  }

  private int find(long key) {
    if (table != null) return table.find(keys, key);
    for (int row = 0; row < rows; row++) if (keys[row] == key) return row;
    return NONE;
  }

  private void grow(int length) {
    keys = Arrays.copyOf(keys, length);
    counts = Arrays.copyOf(counts, length);
    if (owns != null) owns = Arrays.copyOf(owns, length);
    if (weights != null) weights = Arrays.copyOf(weights, length);
    if (rated != null) rated = Arrays.copyOf(rated, length);
    if (ratings != null) ratings = Arrays.copyOf(ratings, length);
  }

  static int grown(int length) {
    return length + Math.max(4, length >> 1);
  }
}
