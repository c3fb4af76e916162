package dev.kindred.store;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.TenantId;
import java.util.function.Consumer;

/**
 * What behaviours added up to that are no longer kept one by one: they go from the log to their
 * sums a few at a time, each in one transaction.
 */
public interface Retention {

  /**
   * Folds the first behaviours of a stretch of the log into sums.
   *
   * @param beforeMicros only those that happened before then
   * @param after the stretch begins after this position
   * @param upTo and ends with this one
   * @param most so many at most: others who write wait for no more than that
   */
  Step fold(TenantId tenant, long beforeMicros, long after, long upTo, int most);

  /**
   * What was folded at once.
   *
   * @param upTo the position up to which nothing of the stretch is left to be folded
   */
  record Step(int folded, long upTo) {}

  /**
   * Hands over all sums, of all tenants, streamed. They are as the newest merge left them; the log
   * tells of each merge what it moved.
   */
  void past(Consumer<BehaviourSum> reader);

  /**
   * Moves whenever something was folded: who reads sums and then the log, and finds it where it
   * was, has seen everything once.
   */
  long folds();
}
