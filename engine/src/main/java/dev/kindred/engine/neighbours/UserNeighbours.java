package dev.kindred.engine.neighbours;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import dev.kindred.engine.math.Powers;

/**
 * Users who did the same speak for what else they did. Nothing is trained but the normalised
 * matrix: the neighbours of a history are found when it asks.
 *
 * <p>{@code likeness(x, v) = Σ_j x(j) · r(v,j) / d_j^(2·item) / d_v^user}, shrunk by the number of
 * common items; the score of an item is the sum of the likeness, to a power, of the neighbours that
 * have it. With exponents ½, ½ over binary weights this is the cosine, rare items counting more.
 * Costs the users of the history's items, then the items of the neighbours. Breese, Heckerman,
 * Kadie 1998; Aiolli 2013.
 */
public final class UserNeighbours implements Model {
  private final Settings settings;
  private final SparseRows usersOf;
  private final SparseRows itemsOf;

  /**
   * What likeness means, and who is heard.
   *
   * @param item how much a common item that many have says less
   * @param user how much a neighbour who has much says less
   * @param target how much an item that many have is held back
   * @param power above one, the nearest count for more
   * @param shrinkage how many common items halve the discount
   */
  public record Settings(
      float item, float user, float target, float power, float shrinkage, int neighbours) {}

  private UserNeighbours(Settings settings, SparseRows usersOf, SparseRows itemsOf) {
    this.settings = settings;
    this.usersOf = usersOf;
    this.itemsOf = itemsOf;
  }

  public static UserNeighbours learn(Interactions interactions, Settings settings) {
    float[] ofItems = interactions.byItem().sums();
    float[] ofUsers = interactions.byUser().sums();
    return new UserNeighbours(
        settings,
        interactions
            .byItem()
            .timesRows(Powers.of(ofItems, -2 * settings.item()))
            .timesColumns(Powers.of(ofUsers, -settings.user())),
        interactions.byUser().timesColumns(Powers.of(ofItems, -settings.target())));
  }

  /** Of what {@link #usersOf} and {@link #itemsOf} told. */
  public static UserNeighbours of(Settings settings, SparseRows usersOf, SparseRows itemsOf) {
    return new UserNeighbours(settings, usersOf, itemsOf);
  }

  public Settings settings() {
    return settings;
  }

  /** The normalised users of each item. */
  public SparseRows usersOf() {
    return usersOf;
  }

  /** The normalised items of each user. */
  public SparseRows itemsOf() {
    return itemsOf;
  }

  @Override
  public int items() {
    return usersOf.rows();
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    Ranking nearest = nearest(history);
    for (int n = 0; n < nearest.size(); n++) {
      int user = nearest.items()[n];
      float voice = scale * voice(nearest.scores()[n]);
      for (int at = itemsOf.starts()[user]; at < itemsOf.starts()[user + 1]; at++) {
        scores[itemsOf.indexes()[at]] += voice * itemsOf.values()[at];
      }
    }
  }

  @Override
  public void addScores(History history, float scale, Accumulator sums) {
    Ranking nearest = nearest(history);
    for (int n = 0; n < nearest.size(); n++) {
      sums.add(itemsOf, nearest.items()[n], scale * voice(nearest.scores()[n]));
    }
  }

  /**
   * A neighbour's voice is shared among the items that made it one, by what each gave to the
   * likeness.
   */
  @Override
  public float[] parts(History history, int item) {
    float[] parts = new float[history.size()];
    Ranking nearest = nearest(history);
    for (int n = 0; n < nearest.size(); n++) {
      int user = nearest.items()[n];
      float voice = voice(nearest.scores()[n]) * value(itemsOf, user, item);
      if (voice == 0) continue;
      float[] shares = new float[parts.length];
      float sum = 0;
      for (int k = 0; k < shares.length; k++) {
        shares[k] = history.weights()[k] * value(usersOf, history.items()[k], user);
        sum += shares[k];
      }
      for (int k = 0; k < shares.length; k++) parts[k] += voice * shares[k] / sum;
    }
    return parts;
  }

  /** The users most like the history, with their likeness. */
  public Ranking nearest(History history) {
    var likeness = new Accumulator(itemsOf.rows());
    var common = new Accumulator(settings.shrinkage() > 0 ? itemsOf.rows() : 0);
    for (int n = 0; n < history.size(); n++) {
      int item = history.items()[n];
      likeness.add(usersOf, item, history.weights()[n]);
      if (settings.shrinkage() > 0) {
        for (int at = usersOf.starts()[item]; at < usersOf.starts()[item + 1]; at++) {
          common.add(usersOf.indexes()[at], 1f);
        }
      }
    }
    var top = new TopK(settings.neighbours());
    for (int n = 0; n < likeness.count(); n++) {
      int user = likeness.index(n);
      float like = likeness.sum(user);
      if (settings.shrinkage() > 0) {
        like *= common.sum(user) / (common.sum(user) + settings.shrinkage());
      }
      if (like > 0) top.offer(user, like);
    }
    return top.ranking();
  }

  private float voice(float likeness) {
    return settings.power() == 1 ? likeness : (float) Math.pow(likeness, settings.power());
  }

  private static float value(SparseRows rows, int row, int index) {
    for (int n = rows.starts()[row]; n < rows.starts()[row + 1]; n++) {
      if (rows.indexes()[n] == index) return rows.values()[n];
    }
    return 0f;
  }
}
