package dev.kindred.engine.judge;

import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Model;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Weighing;

/** One holdout in use: recipes learn from what was left, and are judged on what was taken out. */
final class Round {
  private final Interactions seen;
  private final Workshop shop;
  private final Judge judge;
  private final int[] users;

  Round(Holdout holdout, Weighing weighing, Chooser.Options options, Workers workers) {
    this.seen = holdout.train();
    this.shop = new Workshop(weighing.of(holdout.train()), options.seed(), workers);
    this.judge = new Judge(options.k(), holdout.heldOut(), workers);
    this.users = judge.users(options.users());
  }

  Workshop shop() {
    return shop;
  }

  /** How many users are judged. */
  int size() {
    return users.length;
  }

  History history(int n) {
    return shop.train().history(users[n]);
  }

  /**
   * The best items for the {@code n}-th user, without what was seen; writes over the scores of
   * that.
   */
  Ranking best(float[] scores, int n, int k) {
    return Judge.best(scores, seen.byUser().row(users[n]).items(), k);
  }

  /** Recall, NDCG, hit and reciprocal rank of a list for the {@code n}-th user. */
  double[] measures(int n, int[] list) {
    return judge.measures(users[n], list);
  }

  int[] list(Model model, int n, int k) {
    return best(model.scores(history(n)), n, k).items();
  }
}
