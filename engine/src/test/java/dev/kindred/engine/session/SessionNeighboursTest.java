package dev.kindred.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.engine.Chance;
import dev.kindred.engine.History;
import dev.kindred.engine.ModelContract;
import dev.kindred.engine.Workers;
import dev.kindred.engine.judge.Workshop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionNeighboursTest {
  private static final int ITEMS = 12;

  @Test
  void neighbours_speak_for_what_stands_near_the_last_shared_item() {
    for (long seed = 0; seed < 100; seed++) {
      var chance = new Chance(seed);
      var sessions = SuccessionsTest.sequences(chance, ITEMS);
      var settings = new SessionNeighbours.Settings(6, 4, 0.5f, 0.7f, 0.5f);
      var model = SessionNeighbours.learn(sessions, settings);
      int[] own = new int[chance.between(1, 5)];
      for (int n = 0; n < own.length; n++) own[n] = chance.below(ITEMS);
      List<List<Integer>> rows = new ArrayList<>();
      for (int s = 0; s < sessions.rows(); s++) {
        rows.add(java.util.Arrays.stream(sessions.row(s).items()).boxed().toList());
      }
      assertThat(model.scores(History.of(own)))
          .as("seed %d", seed)
          .containsExactly(plain(rows, own, settings), within(1e-4f));
      var train = Workshop.ofSessions(sessions, 1, Workers.alone()).train();
      ModelContract.check(model, train, seed);
    }
  }

  private static float[] plain(
      List<List<Integer>> rows, int[] own, SessionNeighbours.Settings settings) {
    Map<Integer, Double> weight = new HashMap<>();
    for (int n = 0; n < own.length; n++)
      weight.put(own[n], Math.pow(settings.decay(), own.length - 1.0 - n));
    double[] near = new double[rows.size()];
    double[] in = new double[ITEMS];
    for (int item = 0; item < ITEMS; item++) {
      int looked = 0;
      for (int s = rows.size() - 1; s >= 0; s--) {
        if (!rows.get(s).contains(item)) continue;
        in[item]++;
        if (looked++ < settings.recent()) near[s] += weight.getOrDefault(item, 0.0);
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int s = 0; s < rows.size(); s++) if (near[s] > 0) order.add(s);
    order.sort((a, b) -> near[a] == near[b] ? b - a : Double.compare(near[b], near[a]));
    float[] scores = new float[ITEMS];
    for (int s : order.subList(0, Math.min(settings.neighbours(), order.size()))) {
      var row = rows.get(s);
      int shared = 0;
      for (int at = 0; at < row.size(); at++) if (weight.containsKey(row.get(at))) shared = at;
      for (int at = 0; at < row.size(); at++) {
        double rarity = Math.pow((1.0 + rows.size()) / (1 + in[row.get(at)]), settings.rarity());
        scores[row.get(at)] +=
            (float) (near[s] * rarity * Math.pow(settings.distance(), Math.abs(at - shared)));
      }
    }
    return scores;
  }
}
