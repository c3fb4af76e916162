package dev.kindred.engine.session;

import dev.kindred.engine.Accumulator;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.TopK;
import java.util.Arrays;

/**
 * What comes next in a session, by recent sessions that went the same way.
 *
 * <p>A session is as near as the weights of the items it shares with the one that asks, where the
 * latest count most. A neighbour speaks for its items, the louder the closer they stand to the last
 * shared one. Only the latest sessions of an item are looked at, so an answer costs {@code items ·
 * recent + neighbours · length}, whatever was recorded. Items of the asking session may come again.
 * Garg, Gupta, Malhotra et al. 2019 (STAN); Kersbergen, Sprangers, Schelter 2022 (VMIS-kNN).
 */
public final class SessionNeighbours implements Model {
  private final Settings settings;
  private final SparseRows sessions;
  private final SparseRows latest;
  private final float[] rarity;

  /**
   * How far back, how many and how near.
   *
   * @param recent how many of an item's latest sessions are looked at
   * @param decay what an entry of the asking session counts less, one place earlier
   * @param distance what an item of a neighbour counts less, one place further from the last shared
   *     one
   * @param rarity the exponent of how rare an item is
   */
  public record Settings(int recent, int neighbours, float decay, float distance, float rarity) {}

  private SessionNeighbours(
      Settings settings, SparseRows sessions, SparseRows latest, float[] rarity) {
    this.settings = settings;
    this.sessions = sessions;
    this.latest = latest;
    this.rarity = rarity;
  }

  /** Takes rows that hold one session each, oldest item first; later rows are later sessions. */
  public static SessionNeighbours learn(SparseRows sessions, Settings settings) {
    SparseRows turned = sessions.transposed();
    Ranking[] latest = new Ranking[turned.rows()];
    float[] rarity = new float[turned.rows()];
    for (int item = 0; item < latest.length; item++) {
      int[] in = Arrays.stream(turned.row(item).items()).distinct().toArray();
      rarity[item] = (float) Math.pow((1.0 + sessions.rows()) / (1 + in.length), settings.rarity());
      int[] kept = Arrays.copyOfRange(in, Math.max(0, in.length - settings.recent()), in.length);
      latest[item] = new Ranking(kept, new float[kept.length]);
    }
    return new SessionNeighbours(
        settings, sessions, SparseRows.of(sessions.rows(), latest), rarity);
  }

  @Override
  public int items() {
    return sessions.columns();
  }

  @Override
  public void addScores(History history, float scale, float[] scores) {
    float[] weights = weights(history);
    Ranking nearest = nearest(history, weights);
    for (int n = 0; n < nearest.size(); n++) {
      int session = nearest.items()[n];
      int shared = lastShared(history, session);
      for (int at = sessions.starts()[session]; at < sessions.starts()[session + 1]; at++) {
        int item = sessions.indexes()[at];
        scores[item] += scale * nearest.scores()[n] * closeness(at - shared) * rarity[item];
      }
    }
  }

  /** A neighbour's voice is shared among the entries that made it one. */
  @Override
  public float[] parts(History history, int item) {
    float[] weights = weights(history);
    Ranking nearest = nearest(history, weights);
    float[] parts = new float[history.size()];
    for (int n = 0; n < nearest.size(); n++) {
      int session = nearest.items()[n];
      float voice = voice(history, session, item);
      if (voice == 0) continue;
      for (int k = 0; k < parts.length; k++) {
        if (isLatestSessionOf(history.items()[k], session)) parts[k] += voice * weights[k];
      }
    }
    return parts;
  }

  private float voice(History history, int session, int item) {
    int shared = lastShared(history, session);
    float sum = 0;
    for (int at = sessions.starts()[session]; at < sessions.starts()[session + 1]; at++) {
      if (sessions.indexes()[at] == item) sum += closeness(at - shared) * rarity[item];
    }
    return sum;
  }

  /** The latest entry of an item carries its weight; an earlier one of the same item has none. */
  private float[] weights(History history) {
    float[] weights = new float[history.size()];
    float place = 1f;
    for (int n = weights.length - 1; n >= 0; n--, place *= settings.decay()) {
      if (lastPlace(history, history.items()[n]) == n) weights[n] = place * history.weights()[n];
    }
    return weights;
  }

  private Ranking nearest(History history, float[] weights) {
    var shared = new Accumulator(sessions.rows());
    for (int n = 0; n < weights.length; n++) {
      int item = history.items()[n];
      if (weights[n] <= 0) continue;
      for (int at = latest.starts()[item]; at < latest.starts()[item + 1]; at++) {
        shared.add(latest.indexes()[at], weights[n]);
      }
    }
    // Later sessions win ties: they are offered under their place from the end.
    var top = new TopK(settings.neighbours());
    int last = sessions.rows() - 1;
    for (int n = 0; n < shared.count(); n++) {
      top.offer(last - shared.index(n), shared.sum(shared.index(n)));
    }
    Ranking best = top.ranking();
    for (int n = 0; n < best.size(); n++) best.items()[n] = last - best.items()[n];
    return best;
  }

  private boolean isLatestSessionOf(int item, int session) {
    return Arrays.binarySearch(
            latest.indexes(), latest.starts()[item], latest.starts()[item + 1], session)
        >= 0;
  }

  /** Where in the session the last item stands that the history has, too. */
  private int lastShared(History history, int session) {
    for (int at = sessions.starts()[session + 1] - 1; at >= sessions.starts()[session]; at--) {
      if (lastPlace(history, sessions.indexes()[at]) >= 0) return at;
    }
    return sessions.starts()[session];
  }

  private static int lastPlace(History history, int item) {
    for (int n = history.size() - 1; n >= 0; n--) if (history.items()[n] == item) return n;
    return -1;
  }

  private float closeness(int places) {
    return (float) Math.pow(settings.distance(), Math.abs(places));
  }
}
