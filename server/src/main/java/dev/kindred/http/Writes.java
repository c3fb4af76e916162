package dev.kindred.http;

import dev.kindred.collect.GroupCommit;
import dev.kindred.domain.Change;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import java.util.List;
import java.util.function.Function;

/** How handlers have changes kept: once under an idempotency key, and answered with a position. */
final class Writes {

  private final GroupCommit commit;

  Writes(GroupCommit commit) {
    this.commit = commit;
  }

  /**
   * Keeps one change.
   *
   * @param answer from what became of it; a refusal is thrown before that
   */
  Answer keep(Exchange exchange, TenantId tenant, Change change, Function<Outcome, Answer> answer) {
    return keepAll(
        exchange, tenant, List.of(change), outcomes -> answer.apply(outcomes.getFirst()));
  }

  /** Keeps several changes together; the first refusal among them is the answer to all. */
  Answer keepAll(
      Exchange exchange,
      TenantId tenant,
      List<Change> changes,
      Function<List<Outcome>, Answer> answer) {
    return keepAll(exchange, tenant, changes, answer, answer);
  }

  /**
   * Keeps several changes together.
   *
   * @param remembered what a repetition under the same idempotency key is answered
   */
  Answer keepAll(
      Exchange exchange,
      TenantId tenant,
      List<Change> changes,
      Function<List<Outcome>, Answer> answer,
      Function<List<Outcome>, Answer> remembered) {
    long start = System.nanoTime();
    Receipt receipt =
        commit.keep(new Submission(tenant, changes, exchange.once(checked(remembered))));
    exchange.timed("keep", System.nanoTime() - start);
    return exchange.answer(receipt, checked(answer));
  }

  /** Keeps several changes in one transaction, each of which may be refused alone. */
  Answer keepEach(
      Exchange exchange,
      TenantId tenant,
      List<Change> changes,
      Function<List<Outcome>, Answer> answer) {
    long start = System.nanoTime();
    Receipt receipt = commit.keep(new Submission(tenant, changes, exchange.once(answer)));
    exchange.timed("keep", System.nanoTime() - start);
    return exchange.answer(receipt, answer);
  }

  private static Function<List<Outcome>, Answer> checked(Function<List<Outcome>, Answer> answer) {
    return outcomes -> {
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Refused refused) throw refused.reason();
      }
      return answer.apply(outcomes);
    };
  }
}
