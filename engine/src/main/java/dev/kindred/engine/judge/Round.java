package dev.kindred.engine.judge;

import dev.kindred.engine.History;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import dev.kindred.engine.blend.Weighing;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * One holdout in use: recipes learn in the workshop from what was left, and each case's list is
 * judged on what was taken out.
 */
final class Round {
  /** More sessions than this need not be held out. */
  private static final int HELD_MAX = 20_000;

  private final Workshop shop;
  private final Judge judge;
  private final int[] users;
  private final IntFunction<History> histories;
  private final IntFunction<int[]> unwanted;
  private final IntFunction<History> asTheyCame;

  private Round(
      Workshop shop,
      Judge judge,
      int[] users,
      IntFunction<History> histories,
      IntFunction<int[]> unwanted,
      IntFunction<History> asTheyCame) {
    this.asTheyCame = asTheyCame;
    this.shop = shop;
    this.judge = judge;
    this.users = users;
    this.histories = histories;
    this.unwanted = unwanted;
  }

  /**
   * Users are asked for what was held out of their histories; what they have seen is not wanted
   * again.
   */
  static Round ofUsers(
      Holdout holdout, Weighing weighing, Chooser.Options options, Workers workers) {
    var judge = new Judge(options.k(), holdout.heldOut(), workers);
    var train = weighing.of(holdout.train());
    int[] users = judge.users(options.users());
    return new Round(
        Workshop.forHistoriesOf(items(users, holdout), train, options.seed(), workers),
        judge,
        users,
        train::history,
        user -> holdout.train().byUser().row(user).items(),
        holdout.train()::history);
  }

  private static BitSet items(int[] users, Holdout holdout) {
    var items = new BitSet();
    var rows = holdout.train().byUser();
    for (int user : users) {
      for (int n = rows.starts()[user]; n < rows.starts()[user + 1]; n++) {
        items.set(rows.indexes()[n]);
      }
    }
    return items;
  }

  /** The latest sessions are asked for their last item by those before; an item may come again. */
  static Round ofSessions(SparseRows sessions, Chooser.Options options, Workers workers) {
    int held = Math.clamp(Math.round(options.share() * sessions.rows()), 1, HELD_MAX);
    int kept = Math.max(0, sessions.rows() - held);
    var last = Interactions.builder().atLeast(sessions.rows(), sessions.columns());
    for (int session = kept; session < sessions.rows(); session++) {
      int end = sessions.starts()[session + 1];
      if (sessions.size(session) > 1) last.add(session, sessions.indexes()[end - 1], 1f);
    }
    var judge = new Judge(options.k(), last.build().byUser(), workers);
    IntFunction<History> before =
        session ->
            History.of(Arrays.copyOf(sessions.row(session).items(), sessions.size(session) - 1));
    return new Round(
        Workshop.ofSessions(sessions.head(kept), options.seed(), workers),
        judge,
        judge.users(options.users()),
        before,
        session -> new int[0],
        before);
  }

  Workshop shop() {
    return shop;
  }

  /** How many cases are judged. */
  int size() {
    return users.length;
  }

  History history(int n) {
    return histories.apply(users[n]);
  }

  /** The same before it is weighed. */
  History asItCame(int n) {
    return asTheyCame.apply(users[n]);
  }

  int[] unwanted(int n) {
    return unwanted.apply(users[n]);
  }

  /** The best wanted items of the {@code n}-th case. */
  Ranking best(Lister lister, int n, int k) {
    return lister.best(history(n), unwanted.apply(users[n]), k);
  }

  /** Recall, NDCG, hit and reciprocal rank of a list for the {@code n}-th case. */
  double[] measures(int n, int[] list) {
    return judge.measures(users[n], list);
  }
}
