package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.BehaviourSum.TimesOfDay;
import dev.kindred.domain.Measures;
import dev.kindred.domain.TimeOfDay;
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
  static final int ROWS_MAX = 1 << 20;

  static final int EXPERIMENT = 1;
  static final int RECOMMENDATION = 2;

  /** It came as a behaviour, which is kept raw for a limited time only. */
  static final int BEHAVIOUR = 4;

  /** How many circumstances there are. */
  static final int CIRCUMSTANCES = 8;

  /** Stands for a type on the row that counts how often all of a title was taken in. */
  static final int TAKEN_IN = 0xffff;

  private static final int OWN = 1;
  private static final int RATED = 2;

  private static final int ROW_BITS = 20;

  /**
   * So many keys are eight lines of memory: as quick to look through as a table is to look into.
   */
  private static final int SEARCHED_UP_TO = 64;

  private static final int NONE = -1;

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
  private int @Nullable [] table;

  private int moments;
  private long[] moment = new long[4];

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

  /** A row's key; {@code circumstances} are bits such as {@link #EXPERIMENT}. */
  static long key(int title, int type, int circumstances) {
    return ((long) title << 19) | ((long) type << 3) | circumstances;
  }

  static int circumstances(BehaviourSum past) {
    return (past.ofExperiment() ? EXPERIMENT : 0)
        | (past.ofRecommendation() ? RECOMMENDATION : 0)
        | BEHAVIOUR;
  }

  static int title(long key) {
    return (int) (key >> 19);
  }

  static int type(long key) {
    return (int) (key >> 3) & 0xffff;
  }

  static boolean isOfExperiment(long key) {
    return (key & EXPERIMENT) != 0;
  }

  static boolean isOfRecommendation(long key) {
    return (key & RECOMMENDATION) != 0;
  }

  static boolean isBehaviour(long key) {
    return (key & BEHAVIOUR) != 0;
  }

  private static boolean isSameDeed(long key, long other) {
    return key >> 3 == other >> 3;
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
    return moments;
  }

  /** When it was, in milliseconds. */
  static long millis(long moment) {
    return moment >> ROW_BITS;
  }

  long moment(int i) {
    return moment[i];
  }

  long keyOfMoment(int i) {
    return keys[rowOfMoment(i)];
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
    if (moments == moment.length) moment = Arrays.copyOf(moment, grown(moments));
    moment[moments++] = (millis << ROW_BITS) | find(key);
  }

  /**
   * Takes away one that was then; returns whether there was one. When an interaction is sent again
   * in other circumstances, the log does not say when it was: so of several moments of a deed,
   * another one may stand in those, and gives its place.
   */
  boolean removeMoment(long key, long millis) {
    own();
    int row = find(key);
    for (int i = moments - 1; i >= 0; i--) {
      if (millis(moment[i]) != millis || !isSameDeed(keyOfMoment(i), key)) continue;
      int other = rowOfMoment(i);
      if (other != row) point(row, other);
      moment[i] = moment[--moments];
      return true;
    }
    return false;
  }

  /** Makes one moment of a row one of another row. */
  void moveMoment(long from, long to) {
    own();
    int row = find(from);
    if (from != to && row != NONE) point(row, find(to));
  }

  private void point(int from, int to) {
    for (int i = moments - 1; i >= 0; i--) {
      if (rowOfMoment(i) != from) continue;
      moment[i] = (moment[i] & -ROWS_MAX) | to;
      return;
    }
  }

  private int rowOfMoment(int i) {
    return (int) moment[i] & (ROWS_MAX - 1);
  }

  /** Forgets the moments of behaviours before then. */
  void forgetBehavioursBefore(long millis) {
    own();
    int left = 0;
    for (int i = 0; i < moments; i++) {
      if (millis(moment[i]) >= millis || !isBehaviour(keyOfMoment(i))) moment[left++] = moment[i];
    }
    moments = left;
    if (left < moment.length / 4) moment = Arrays.copyOf(moment, Math.max(4, left));
  }

  /** The newest moment, or the given one where that is newer. */
  long newest(long atLeast) {
    long newest = atLeast;
    for (int i = 0; i < moments; i++) newest = Math.max(newest, millis(moment[i]));
    return newest;
  }

  Piece capture() {
    isShared = true;
    int rowsThen = rows;
    int momentsThen = moments;
    long[] keysThen = keys;
    int[] countsThen = counts;
    int[] ownsThen = owns;
    long[] weightsThen = weights;
    int[] ratedThen = rated;
    long[] ratingsThen = ratings;
    long[] momentThen = moment;
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
    user.moments = in.number();
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
    user.moment = in.longs(user.moments);
    user.totals.read(in.longs(UserTotals.NUMBERS));
    if (user.rows > SEARCHED_UP_TO) user.rebuild(user.rows);
    return user;
  }

  private void own() {
    if (!isShared) return;
    grow(keys.length);
    moment = moment.clone();
    isShared = false;
  }

  private int append(long key) {
    if (rows == keys.length) grow(grown(rows));
    keys[rows] = key;
    counts[rows] = 0;
    if (table != null && (rows + 1) * 3 <= table.length * 2) put(rows);
    else if (table != null || rows >= SEARCHED_UP_TO) rebuild(rows + 1);
    return rows++;
  }

  /** The last row takes the place of the one that goes. */
  private void remove(int row) {
    int last = --rows;
    unlink(keys[row]);
    if (last != row) {
      long moved = keys[last];
      unlink(moved);
      keys[row] = moved;
      counts[row] = counts[last];
      if (owns != null) owns[row] = owns[last];
      if (weights != null) weights[row] = weights[last];
      if (rated != null) rated[row] = rated[last];
      if (ratings != null) ratings[row] = ratings[last];
      if (table != null) put(row);
      for (int i = 0; i < moments; i++) {
        if (rowOfMoment(i) == last) moment[i] = (moment[i] & -ROWS_MAX) | row;
      }
    }
    if (owns != null) owns[last] = 0;
    if (weights != null) weights[last] = 0;
    if (rated != null) rated[last] = 0;
    if (ratings != null) ratings[last] = 0;
  }

  private int find(long key) {
    if (table == null) {
      for (int row = 0; row < rows; row++) if (keys[row] == key) return row;
      return NONE;
    }
    int mask = table.length - 1;
    for (int at = hash(key) & mask; table[at] != 0; at = (at + 1) & mask) {
      if (keys[table[at] - 1] == key) return table[at] - 1;
    }
    return NONE;
  }

  /** Where a place in the table holds 0, there is no row; otherwise the row plus 1. */
  private void put(int row) {
    int[] places = requireTable();
    int mask = places.length - 1;
    int at = hash(keys[row]) & mask;
    while (places[at] != 0) at = (at + 1) & mask;
    places[at] = row + 1;
  }

  /** Takes a key out of the table and moves up what had to give way to it. */
  private void unlink(long key) {
    if (table == null) return;
    int mask = table.length - 1;
    int hole = hash(key) & mask;
    while (keys[table[hole] - 1] != key) hole = (hole + 1) & mask;
    for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      int home = hash(keys[table[at] - 1]) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        table[hole] = table[at];
        hole = at;
      }
    }
    table[hole] = 0;
  }

  private void rebuild(int filled) {
    table = new int[Integer.highestOneBit(filled * 2 - 1) * 2];
    for (int row = 0; row < filled; row++) put(row);
  }

  private int[] requireTable() {
    if (table == null) throw new IllegalStateException("there is no table yet");
    return table;
  }

  private void grow(int length) {
    keys = Arrays.copyOf(keys, length);
    counts = Arrays.copyOf(counts, length);
    if (owns != null) owns = Arrays.copyOf(owns, length);
    if (weights != null) weights = Arrays.copyOf(weights, length);
    if (rated != null) rated = Arrays.copyOf(rated, length);
    if (ratings != null) ratings = Arrays.copyOf(ratings, length);
  }

  private static int grown(int length) {
    return length + Math.max(4, length >> 1);
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  /** What is added to a row; negative where it is taken away. */
  record Amounts(int count, int owns, long weight, int rated, long ratings) {

    static Amounts of(Deed deed, int sign) {
      boolean isRated = deed.ratingMicros() != Measures.NOT_SAID;
      return new Amounts(
          sign,
          deed.hasOwnWeight() ? sign : 0,
          sign * deed.weightMicros(),
          isRated ? sign : 0,
          isRated ? (long) sign * deed.ratingMicros() : 0);
    }

    static Amounts of(BehaviourSum sum, int sign) {
      return new Amounts(
          sign * Math.toIntExact(sum.count()),
          sign * Math.toIntExact(sum.owns()),
          sign * sum.weight(),
          sign * Math.toIntExact(sum.rated()),
          sign * sum.ratings());
    }

    static Amounts counting(int count) {
      return new Amounts(count, 0, 0, 0, 0);
    }
  }

  /** What is known of a user over all titles. */
  static final class UserTotals {
    long views;
    int started;
    int completed;
    long rated;
    long ratings;
    long timed;
    long durations;
    final long[] timesOfDay = new long[TimeOfDay.COUNT];

    void add(TimesOfDay times, int sign) {
      timesOfDay[TimeOfDay.MORNING.code()] += sign * times.mornings();
      timesOfDay[TimeOfDay.AFTERNOON.code()] += sign * times.afternoons();
      timesOfDay[TimeOfDay.EVENING.code()] += sign * times.evenings();
      timesOfDay[TimeOfDay.NIGHT.code()] += sign * times.nights();
    }

    /** The newest interaction among those that are not kept raw any more, in milliseconds. */
    long pastLast = Long.MIN_VALUE;

    /** The newest interaction of all, in milliseconds. */
    long last = Long.MIN_VALUE;

    private static final int NUMBERS = 9 + TimeOfDay.COUNT;

    private long[] numbers() {
      long[] numbers =
          Arrays.copyOf(
              new long[] {
                views, started, completed, rated, ratings, timed, durations, pastLast, last
              },
              NUMBERS);
      System.arraycopy(timesOfDay, 0, numbers, NUMBERS - TimeOfDay.COUNT, TimeOfDay.COUNT);
      return numbers;
    }

    private void read(long[] numbers) {
      views = numbers[0];
      started = (int) numbers[1];
      completed = (int) numbers[2];
      rated = numbers[3];
      ratings = numbers[4];
      timed = numbers[5];
      durations = numbers[6];
      pastLast = numbers[7];
      last = numbers[8];
      System.arraycopy(numbers, NUMBERS - TimeOfDay.COUNT, timesOfDay, 0, TimeOfDay.COUNT);
    }
  }
}
