package dev.kindred.store.jdbc;

import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.Change.OfWebhooks.Create;
import dev.kindred.domain.Change.OfWebhooks.Delete;
import dev.kindred.domain.Change.OfWebhooks.Replay;
import dev.kindred.domain.Change.OfWebhooks.RotateSecret;
import dev.kindred.domain.Change.OfWebhooks.Tell;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Webhook;
import java.sql.SQLException;
import java.util.Optional;

/** The changes of webhooks, each made by itself. */
final class WebhookChange {

  private final Appending appending;
  private final Session session;
  private final TenantPart tenant;
  private final Rows events;

  /** What it has to say in the log goes to these events. */
  WebhookChange(Appending appending, TenantPart tenant, Rows events) {
    this.appending = appending;
    this.session = appending.session();
    this.tenant = tenant;
    this.events = events;
  }

  Outcome make(OfWebhooks change) throws SQLException {
    return switch (change) {
      case Create create -> create(create.webhook());
      case RotateSecret rotate -> rotate(rotate);
      case Delete delete -> delete(delete.webhookId());
      case Replay replay -> replay(replay);
      case Tell tell -> tell(tell.notice());
    };
  }

  private Outcome create(Webhook webhook) throws SQLException {
    if (WebhookRows.isTaken(session, webhook.id())) {
      throw new Conflict("there is a webhook '" + webhook.id() + "' already");
    }
    long count = session.number("select count(*) from webhooks where tenant = ?", tenant.number());
    if (count >= Webhook.PER_TENANT_MAX) throw Conflict.tooManyWebhooks();
    long position = noteChange();
    WebhookRows.insert(session, tenant.number(), position, webhook);
    return new Outcome.WebhookStored(found(webhook.id()), position);
  }

  private Outcome rotate(RotateSecret rotate) throws SQLException {
    Webhook webhook = found(rotate.webhookId());
    session.update(
        """
        update webhooks set previous_secret = secret, previous_until = ?, secret = ?
        where webhook = ?
        """,
        Micros.of(rotate.previousUntil()),
        rotate.secret(),
        webhook.since());
    return new Outcome.WebhookStored(found(webhook.id()), noteChange());
  }

  private Outcome delete(String webhookId) throws SQLException {
    WebhookRows.delete(session, found(webhookId).since());
    return new Outcome.WebhookDeleted(webhookId, noteChange());
  }

  private Outcome replay(Replay replay) throws SQLException {
    Webhook webhook = found(replay.webhookId());
    int count;
    if (replay.position().isEmpty()) {
      count =
          session.update(
              "update webhook_dead_letters set wanted = ? where webhook = ?",
              true,
              webhook.since());
    } else {
      long position = replay.position().getAsLong();
      count =
          session.update(
              "update webhook_dead_letters set wanted = ? where webhook = ? and position = ?",
              true,
              webhook.since(),
              position);
      if (count == 0) throw NotFound.deadLetter(position);
    }
    return new Outcome.DeadLettersWanted(count, noteChange());
  }

  private Outcome tell(Notice notice) throws SQLException {
    if (tenant.isUnknown() || !WebhookRows.isWanted(session, tenant.number(), notice.topic())) {
      return new Outcome.Told(0);
    }
    int topic = notice.topic().code();
    long position = appending.note(events, tenant.number(), EventKind.NOTICED, topic);
    WebhookRows.insert(session, tenant.number(), position, notice);
    return new Outcome.Told(position);
  }

  private Webhook found(String webhookId) throws SQLException {
    Optional<Webhook> webhook =
        tenant.isUnknown()
            ? Optional.empty()
            : WebhookRows.find(session, tenant.number(), webhookId);
    return webhook.orElseThrow(() -> NotFound.of("webhook", webhookId));
  }

  private long noteChange() throws SQLException {
    return appending.note(events, tenant.number(), EventKind.WEBHOOKS_CHANGED, 0);
  }
}
