package dev.kindred.webhooks;

import dev.kindred.domain.Webhook;
import dev.kindred.store.Webhooks;
import dev.kindred.store.Webhooks.DeadLetter;
import dev.kindred.store.Webhooks.Delivery;
import dev.kindred.store.Webhooks.Message;
import dev.kindred.store.Webhooks.Messages;
import dev.kindred.store.Webhooks.Place;
import dev.kindred.store.Webhooks.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * One replica's turn at a webhook, under its lease: what is wanted again first, then what comes
 * next, one after the other, until a try is in vain, nothing is left, or it is somebody else's
 * turn.
 *
 * <p>What was done is written down every few messages. A crash in between makes the same be told
 * again: at least once. For one thread.
 */
final class Round {

  private static final int MESSAGES_A_READ = 50;
  private static final int MESSAGES_MAX = 200;
  private static final int DELIVERIES_A_REPORT = 20;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration TURN = Duration.ofSeconds(10);

  /** An idle webhook's place is moved when the log has gone so far ahead, to have less to read. */
  static final long LEFT_BEHIND = 10_000;

  /** What a turn needs beside the webhook. */
  record Tools(
      Webhooks store,
      Sender sender,
      Courier.Settings settings,
      Clock clock,
      RandomGenerator random,
      Tally tally) {}

  /**
   * How a turn ended.
   *
   * @param position up to here the webhook was told
   * @param nextTry not before then is anything to be done
   * @param isDone whether nothing was left
   */
  record End(long position, Instant nextTry, boolean isDone) {}

  private final Tools tools;
  private final Webhook webhook;
  private final BooleanSupplier goesOn;
  private final Instant began;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<DeadLetter> died = new ArrayList<>();
  private final List<Long> revived = new ArrayList<>();

  private Place place;
  private Instant leaseUntil;
  private int sent;
  private boolean isLost;

  /**
   * Begins a turn.
   *
   * @param place as it was when the lease was taken, until then
   * @param goesOn false once this replica shuts down
   */
  private Round(
      Tools tools, Webhook webhook, Place place, Instant leaseUntil, BooleanSupplier goesOn) {
    this.tools = tools;
    this.webhook = webhook;
    this.place = place;
    this.leaseUntil = leaseUntil;
    this.goesOn = goesOn;
    this.began = tools.clock().instant();
  }

  /** A turn at a webhook, if there is anything to be told and nobody else is at it. */
  static End turn(Tools tools, Webhook webhook, BooleanSupplier goesOn) {
    Instant now = tools.clock().instant();
    Optional<Place> place = tools.store().place(webhook);
    if (place.isEmpty()) return new End(webhook.since(), Instant.MAX, true);
    Instant nextTry = place.get().nextTry();
    if (nextTry.isAfter(now)) return new End(place.get().position(), nextTry, false);
    long position = place.get().position();
    long end = emptyUpTo(tools, webhook, position);
    if (end >= position && end - position < LEFT_BEHIND) {
      return new End(end, Instant.EPOCH, true);
    }
    Instant until = now.plus(tools.settings().lease());
    Optional<Place> taken = tools.store().take(webhook, tools.settings().owner(), now, until);
    if (taken.isEmpty()) {
      return new End(position, now.plus(LOOK_AGAIN), false);
    }
    return new Round(tools, webhook, taken.get(), until, goesOn).run();
  }

  /** Up to where there is nothing to tell; -1 where there is something. */
  private static long emptyUpTo(Tools tools, Webhook webhook, long position) {
    if (!tools.store().wanted(webhook, 1).isEmpty()) return -1;
    Messages next = tools.store().messages(webhook, position, Long.MAX_VALUE, 1);
    return next.messages().isEmpty() ? next.upTo() : -1;
  }

  private End run() {
    boolean isDone;
    try (var line = tools.sender().open(webhook.url())) {
      isDone = tellAgain(line) && tell(line);
    }
    if (!isLost) report(false);
    return new End(place.position(), place.nextTry(), isDone && !isLost);
  }

  /** Tries dead letters once more; returns whether there is time left. */
  private boolean tellAgain(Sender.Line line) {
    for (DeadLetter dead : tools.store().wanted(webhook, MESSAGES_MAX)) {
      if (!mayGoOn()) return false;
      long at = dead.position();
      List<Message> found = tools.store().messages(webhook, at - 1, at, 1).messages();
      if (found.isEmpty()) {
        // Whoever it was about is erased, or it is too old.
        revived.add(at);
        continue;
      }
      Delivery delivery = send(line, found.getFirst(), dead.attempts() + 1);
      if (delivery.succeeded()) revived.add(at);
      else died.add(dead(delivery));
    }
    return true;
  }

  /** Tells what comes next; returns whether that was all. */
  private boolean tell(Sender.Line line) {
    while (true) {
      Messages next =
          tools.store().messages(webhook, place.position(), Long.MAX_VALUE, MESSAGES_A_READ);
      for (Message message : next.messages()) {
        if (!mayGoOn()) return false;
        Delivery delivery = send(line, message, place.tries() + 1);
        if (delivery.succeeded()) {
          move(message.position(), 0, Instant.EPOCH);
        } else if (delivery.attempt() < Waits.TRIES_MAX) {
          Duration wait = Waits.after(delivery.attempt(), tools.random());
          move(place.position(), delivery.attempt(), tools.clock().instant().plus(wait));
          return true;
        } else {
          died.add(dead(delivery));
          tools.tally().died();
          move(message.position(), 0, Instant.EPOCH);
        }
      }
      boolean isEnd = next.messages().isEmpty();
      move(Math.max(place.position(), next.upTo()), 0, Instant.EPOCH);
      if (isEnd) return true;
    }
  }

  private boolean mayGoOn() {
    Instant now = tools.clock().instant();
    if (sent >= MESSAGES_MAX || !now.isBefore(began.plus(TURN)) || !goesOn.getAsBoolean()) {
      return false;
    }
    boolean leaseEnds = !now.plus(tools.sender().timeout()).isBefore(leaseUntil);
    if (leaseEnds || deliveries.size() >= DELIVERIES_A_REPORT) report(true);
    return !isLost;
  }

  private Delivery send(Sender.Line line, Message message, int attempt) {
    Instant now = tools.clock().instant();
    var result = line.send(webhook.secretsAt(now), Letters.of(webhook.tenant(), message));
    var delivery =
        new Delivery(
            place.deliveries() + 1,
            message.position(),
            message.topic(),
            attempt,
            now,
            result.status(),
            Math.toIntExact(result.took().toMillis()),
            result.problem());
    sent++;
    deliveries.add(delivery);
    tools.tally().tried(result.succeeded());
    place =
        new Place(
            place.position(),
            place.tries(),
            place.nextTry(),
            delivery.number(),
            place.leasedUntil());
    return delivery;
  }

  private DeadLetter dead(Delivery last) {
    return new DeadLetter(
        last.position(), last.topic(), last.at(), last.attempt(), last.problem(), false);
  }

  private void move(long position, int tries, Instant nextTry) {
    place = new Place(position, tries, nextTry, place.deliveries(), place.leasedUntil());
  }

  private void report(boolean keepsLease) {
    leaseUntil = tools.clock().instant().plus(tools.settings().lease());
    var report =
        new Report(
            place,
            deliveries,
            died,
            revived,
            keepsLease ? Optional.of(leaseUntil) : Optional.empty());
    isLost = !tools.store().report(webhook, tools.settings().owner(), report);
    deliveries.clear();
    died.clear();
    revived.clear();
  }
}
