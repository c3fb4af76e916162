package dev.kindred.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Who did what: users by items and items by users, with a weight for each pair and, when known, the
 * instant of its latest interaction.
 *
 * <p>A pair stands once: the weights of its interactions are added in the order they came. Rows are
 * sorted by index, so equal facts make equal matrices. Sixteen bytes a pair, eight more with
 * instants. Instants are plain numbers in a unit the caller chose; greater is later.
 */
public final class Interactions {
  private final SparseRows byUser;
  private final SparseRows byItem;
  private final long[] instants;

  private Interactions(SparseRows byUser, long[] instants) {
    this.byUser = byUser;
    this.byItem = byUser.transposed();
    this.instants = instants;
  }

  public static Builder builder() {
    return new Builder();
  }

  public int users() {
    return byUser.rows();
  }

  public int items() {
    return byUser.columns();
  }

  /** The number of distinct pairs. */
  public int size() {
    return byUser.size();
  }

  public SparseRows byUser() {
    return byUser;
  }

  public SparseRows byItem() {
    return byItem;
  }

  public boolean isTimed() {
    return instants.length > 0;
  }

  /** The instant of entry {@code n} of {@link #byUser}; zero when there are none. */
  public long instant(int n) {
    return instants.length == 0 ? 0 : instants[n];
  }

  /** What the user did, oldest first where instants are known; equal instants by item. */
  public History history(int user) {
    Ranking row = byUser.row(user);
    if (!isTimed()) return new History(row.items(), row.scores());
    int start = byUser.starts()[user];
    int[] order = Order.ascending(Arrays.copyOfRange(instants, start, start + row.size()));
    int[] items = new int[order.length];
    float[] weights = new float[order.length];
    for (int n = 0; n < order.length; n++) {
      items[n] = row.items()[order[n]];
      weights[n] = row.scores()[order[n]];
    }
    return new History(items, weights);
  }

  /** The part of the pairs that the test lets through, for the same users and items. */
  public Interactions only(EntryTest keeps) {
    int[] starts = new int[users() + 1];
    int[] items = new int[size()];
    float[] weights = new float[size()];
    long[] when = new long[instants.length];
    int kept = 0;
    for (int user = 0; user < users(); user++) {
      for (int n = byUser.starts()[user]; n < byUser.starts()[user + 1]; n++) {
        if (!keeps.test(user, n)) continue;
        items[kept] = byUser.indexes()[n];
        weights[kept] = byUser.values()[n];
        if (isTimed()) when[kept] = instants[n];
        kept++;
      }
      starts[user + 1] = kept;
    }
    var rows =
        new SparseRows(items(), starts, Arrays.copyOf(items, kept), Arrays.copyOf(weights, kept));
    return new Interactions(rows, isTimed() ? Arrays.copyOf(when, kept) : when);
  }

  /**
   * At most so many pairs of each user: the latest, or where no instants are known those first by
   * index.
   */
  public Interactions latest(int most) {
    if (IntStream.range(0, users()).allMatch(user -> byUser.size(user) <= most)) return this;
    boolean[] isOut = new boolean[size()];
    for (int user = 0; user < users(); user++) {
      int start = byUser.starts()[user];
      int surplus = byUser.size(user) - most;
      if (surplus <= 0) continue;
      IntStream.range(0, byUser.size(user))
          .boxed()
          .sorted(
              (a, b) -> isTimed() ? Long.compare(instants[start + a], instants[start + b]) : b - a)
          .limit(surplus)
          .forEach(n -> isOut[start + n] = true);
    }
    return only((user, n) -> !isOut[n]);
  }

  /** The same pairs with other weights, without those that come out at zero or below. */
  public Interactions reweighed(Reweighing weights) {
    float[] changed = new float[size()];
    boolean isSame = true;
    for (int n = 0; n < changed.length; n++) {
      changed[n] = weights.of(byUser.values()[n]);
      isSame &= changed[n] == byUser.values()[n] && changed[n] > 0;
    }
    if (isSame) return this;
    return new Interactions(byUser.withValues(changed), instants).only((user, n) -> changed[n] > 0);
  }

  /** Makes one weight from another. */
  @FunctionalInterface
  public interface Reweighing {
    float of(float weight);
  }

  /** Says yes or no to the {@code entry}-th pair of {@link #byUser}. */
  @FunctionalInterface
  public interface EntryTest {
    boolean test(int user, int entry);
  }

  /** Gathers interactions in any order; for one thread. */
  public static final class Builder {
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private float[] weights = new float[1024];
    private long[] instants = new long[0];
    private int size;
    private int userCount;
    private int itemCount;

    private Builder() {}

    /** At least so many, though the last ones may have done nothing yet. */
    public Builder atLeast(int users, int items) {
      userCount = Math.max(userCount, users);
      itemCount = Math.max(itemCount, items);
      return this;
    }

    public Builder add(int user, int item, float weight) {
      if (user < 0 || item < 0) {
        throw new IllegalArgumentException(
            "indexes must not be negative, got user " + user + ", item " + item);
      }
      if (!Float.isFinite(weight))
        throw new IllegalArgumentException("weight must be finite, got " + weight);
      if (size == users.length) grow();
      users[size] = user;
      items[size] = item;
      weights[size] = weight;
      size++;
      return atLeast(user + 1, item + 1);
    }

    public Builder add(int user, int item, float weight, long instant) {
      add(user, item, weight);
      if (instants.length < users.length) instants = Arrays.copyOf(instants, users.length);
      instants[size - 1] = instant;
      return this;
    }

    public Interactions build() {
      int[] order = sorted();
      int[] starts = new int[userCount + 1];
      int[] column = new int[size];
      float[] weight = new float[size];
      long[] instant = new long[instants.length == 0 ? 0 : size];
      int pairs = 0;
      for (int n = 0; n < size; n++) {
        int from = order[n];
        boolean again =
            n > 0 && users[order[n - 1]] == users[from] && items[order[n - 1]] == items[from];
        int at = again ? pairs - 1 : pairs++;
        column[at] = items[from];
        weight[at] += weights[from];
        if (instant.length > 0)
          instant[at] = again ? Math.max(instant[at], instants[from]) : instants[from];
        starts[users[from] + 1] = pairs;
      }
      for (int user = 0; user < userCount; user++)
        starts[user + 1] = Math.max(starts[user + 1], starts[user]);
      var rows =
          new SparseRows(
              itemCount, starts, Arrays.copyOf(column, pairs), Arrays.copyOf(weight, pairs));
      return new Interactions(rows, instant.length == 0 ? instant : Arrays.copyOf(instant, pairs));
    }

    /** Places by user, then item, then arrival: two stable passes of counting sort. */
    private int[] sorted() {
      int[] arrival = new int[size];
      for (int n = 0; n < size; n++) arrival[n] = n;
      return counted(counted(arrival, items, itemCount), users, userCount);
    }

    private int[] counted(int[] order, int[] key, int keys) {
      int[] next = new int[keys + 1];
      for (int n = 0; n < size; n++) next[key[n] + 1]++;
      for (int k = 0; k < keys; k++) next[k + 1] += next[k];
      int[] placed = new int[size];
      for (int n : order) placed[next[key[n]]++] = n;
      return placed;
    }

    private void grow() {
      int room =
          Math.max(users.length + 1, (int) Math.min(Integer.MAX_VALUE - 8, users.length * 3L / 2));
      users = Arrays.copyOf(users, room);
      items = Arrays.copyOf(items, room);
      weights = Arrays.copyOf(weights, room);
      if (instants.length > 0) instants = Arrays.copyOf(instants, room);
    }
  }
}
