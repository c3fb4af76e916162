package dev.kindred.store;

import dev.kindred.domain.Notice;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The webhooks of all tenants, what each is still to be told, and what became of telling it.
 *
 * <p>The log is the outbox: what a webhook is to be told is what stands there after its place, so
 * that it is kept in the transaction that caused it. Webhooks are changed through the log; how far
 * the telling is, is written here, by whoever holds a webhook's lease.
 */
public interface Webhooks {

  /** So many tries of a webhook can be looked up; older ones are forgotten. */
  int DELIVERIES_KEPT = 1_000;

  /** So many dead letters of a webhook are kept; the oldest go first. */
  int DEAD_LETTERS_KEPT = 10_000;

  /** Every webhook, in the order of their creation. */
  List<Numbered> all();

  /** The webhooks of a tenant, in the order of their creation. */
  List<Webhook> of(TenantId tenant);

  Optional<Webhook> find(TenantId tenant, String webhookId);

  /**
   * What a webhook is to be told, in the order of the log.
   *
   * @param after the position up to which it was told
   * @param upTo the last position to look at
   * @param limit at most so many messages
   */
  Messages messages(Webhook webhook, long after, long upTo, int limit);

  /** How far the telling is; absent for a webhook that is gone. */
  Optional<Place> place(Webhook webhook);

  /**
   * Takes the lease of a webhook, unless somebody else has it or nothing may be tried yet.
   *
   * @param owner this replica
   */
  Optional<Place> take(Webhook webhook, String owner, Instant now, Instant leaseUntil);

  /**
   * Writes down what was done under a lease, in one transaction.
   *
   * @return whether the lease was still held; otherwise nothing is written
   */
  boolean report(Webhook webhook, String owner, Report report);

  /** Dead letters that somebody wants to be tried once more, in the order of the log. */
  List<DeadLetter> wanted(Webhook webhook, int limit);

  /** Dead letters in the order of the log, after a position. */
  List<DeadLetter> deadLetters(Webhook webhook, long after, int limit);

  /** The tries to tell a webhook something, newest first, before one of that number. */
  List<Delivery> deliveries(Webhook webhook, long before, int limit);

  /** Removes notices that are older, told or not; returns how many. */
  int pruneNotices(Instant olderThan);

  /** A webhook and the number of its tenant. */
  record Numbered(int tenant, Webhook webhook) {}

  /** Something a webhook is to be told; the position is its name. */
  sealed interface Message {

    long position();

    Topic topic();

    /** An interaction as it is now; it may have been recorded earlier than at that position. */
    record OfInteraction(long position, RecordedInteraction interaction) implements Message {
      @Override
      public Topic topic() {
        return Topic.INTERACTION_RECORDED;
      }
    }

    record OfNotice(long position, Notice notice) implements Message {
      @Override
      public Topic topic() {
        return notice.topic();
      }
    }
  }

  /**
   * A part of the outbox.
   *
   * @param messages none only at the end of the log
   * @param upTo there is nothing else up to here
   */
  record Messages(List<Message> messages, long upTo) {
    public Messages {
      messages = List.copyOf(messages);
    }
  }

  /**
   * How far the telling of a webhook is.
   *
   * @param position up to here it was told, or given up
   * @param tries how often the next message was tried in vain
   * @param nextTry not before then is anything tried
   * @param deliveries how many tries there were in all
   * @param leasedUntil absent while nobody has the lease
   */
  record Place(
      long position, int tries, Instant nextTry, long deliveries, Optional<Instant> leasedUntil) {}

  /**
   * A try to tell a webhook something.
   *
   * @param number counts the tries of this webhook
   * @param attempt counts the tries of this message
   * @param status what the receiver answered; absent where it did not
   * @param problem why it was in vain; empty where it was not
   */
  record Delivery(
      long number,
      long position,
      Topic topic,
      int attempt,
      Instant at,
      OptionalInt status,
      int tookMillis,
      String problem) {

    public boolean succeeded() {
      return problem.isEmpty();
    }
  }

  /**
   * A message that was given up.
   *
   * @param problem why the last try was in vain
   * @param wanted whether it is going to be tried once more
   */
  record DeadLetter(
      long position, Topic topic, Instant at, int attempts, String problem, boolean wanted) {}

  /**
   * What was done under a lease.
   *
   * @param died what was given up, or again in vain
   * @param revived the dead letters that arrived after all, or that there is nothing left of
   * @param leaseUntil absent: the lease is given back
   */
  record Report(
      Place place,
      List<Delivery> deliveries,
      List<DeadLetter> died,
      List<Long> revived,
      Optional<Instant> leaseUntil) {
    public Report {
      deliveries = List.copyOf(deliveries);
      died = List.copyOf(died);
      revived = List.copyOf(revived);
    }
  }
}
