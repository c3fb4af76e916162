package dev.kindred.store;

import dev.kindred.domain.Event;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import java.util.List;
import java.util.function.Consumer;

/**
 * The truth: one order of everything that was accepted.
 *
 * <p>Positions count from 1 without gaps, over all tenants and all replicas, in the order in which
 * transactions commit: whoever sees position n sees all before it.
 */
public interface EventLog {

  /**
   * Keeps the submissions in one transaction, durably. A change that is refused is refused alone;
   * the rest is kept. When this throws, nothing was kept.
   */
  Appended extend(List<Submission> submissions);

  /**
   * The same, but not durable yet: nobody may be told before {@link #settle} has returned. Others
   * may see it sooner where they read tables, but not where they read the log.
   */
  default Appended extendAhead(List<Submission> submissions) {
    return extend(submissions);
  }

  /**
   * Returns when what this replica appended is durable up to a position.
   *
   * @throws dev.kindred.domain.Unavailable when nobody knows whether it is
   */
  default void settle(long position) {}

  /**
   * The same, for those who only want to know what became of their submissions.
   *
   * @return one receipt a submission, in their order
   */
  default List<Receipt> append(List<Submission> submissions) {
    return extend(submissions).receipts();
  }

  /**
   * What an append has done. The positions after {@code after} up to {@code position} are its own
   * and nobody else's.
   *
   * @param receipts one a submission, in their order
   * @param after where the log ended before
   * @param position where it ended then; the same if nothing had to be kept
   * @param events what {@link #read} hands over for these positions
   */
  record Appended(List<Receipt> receipts, long after, long position, List<Event> events) {}

  /** The newest position, or 0 for an empty log. */
  long head();

  /**
   * Hands over the events after {@code after}, in order, at most {@code limit} of them.
   *
   * <p>The events of erased users are gone, so positions may be missing. An event is what it was
   * when it was kept, whatever was sent again since.
   *
   * @return the position up to which the log was read: pass it as {@code after} to go on; equal to
   *     {@code after} when nothing is new
   */
  long read(long after, int limit, Consumer<Event> reader);
}
