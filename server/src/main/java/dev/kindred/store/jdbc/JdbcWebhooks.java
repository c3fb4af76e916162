package dev.kindred.store.jdbc;

import dev.kindred.domain.TenantId;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Webhooks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The webhooks and how far telling them is. */
final class JdbcWebhooks implements Webhooks {

  private final Database database;
  private final JdbcTenants tenants;

  JdbcWebhooks(Database database, JdbcTenants tenants) {
    this.database = database;
    this.tenants = tenants;
  }

  @Override
  public List<Numbered> all() {
    return database.read(WebhookRows::all);
  }

  @Override
  public List<Webhook> of(TenantId tenant) {
    return reading(tenant).read(List.of(), WebhookRows::of);
  }

  @Override
  public Optional<Webhook> find(TenantId tenant, String webhookId) {
    return reading(tenant)
        .read(Optional.empty(), (session, number) -> WebhookRows.find(session, number, webhookId));
  }

  @Override
  public Messages messages(Webhook webhook, long after, long upTo, int limit) {
    return reading(webhook.tenant())
        .read(
            new Messages(List.of(), after),
            (session, tenant) -> OutboxRows.read(session, tenant, webhook, after, upTo, limit));
  }

  private TenantReading reading(TenantId tenant) {
    return new TenantReading(database, tenants, tenant);
  }

  @Override
  public Optional<Place> place(Webhook webhook) {
    return database.read(session ->
        session.first(
            """
            select position, tries, next_try, deliveries, lease_until
            from webhook_places where webhook = ?
            """,
            JdbcWebhooks::place,
            webhook.since()));
  }

  @Override
  public Optional<Place> take(Webhook webhook, String owner, Instant now, Instant leaseUntil) {
    return database.write(session ->
        session.first(
            """
            update webhook_places set owner = ?, lease_until = ?
            where webhook = ? and next_try <= ?
              and (owner is null or owner = ? or lease_until <= ?)
            returning position, tries, next_try, deliveries, lease_until
            """,
            JdbcWebhooks::place,
            owner,
            Micros.of(leaseUntil),
            webhook.since(),
            Micros.of(now),
            owner,
            Micros.of(now)));
  }

  @Override
  public boolean report(Webhook webhook, String owner, Report report) {
    return database.write(session -> {
      Place place = report.place();
      boolean isHeld =
          session.update(
                  """
                  update webhook_places
                  set position = ?, tries = ?, next_try = ?, deliveries = ?, lease_until = ?,
                    owner = ?
                  where webhook = ? and owner = ?
                  """,
                  place.position(),
                  place.tries(),
                  Micros.of(place.nextTry()),
                  place.deliveries(),
                  Micros.orNull(report.leaseUntil()),
                  report.leaseUntil().isPresent() ? owner : null,
                  webhook.since(),
                  owner)
              == 1;
      if (isHeld) write(session, webhook.since(), report);
      return isHeld;
    });
  }

  private static void write(Session session, long webhook, Report report) throws SQLException {
    var deliveries = new Rows(Tables.WEBHOOK_DELIVERIES);
    for (Delivery each : report.deliveries()) {
      OptionalInt status = each.status();
      deliveries.add(
          webhook,
          each.number(),
          each.position(),
          Micros.of(each.at()),
          each.tookMillis(),
          each.attempt(),
          status.isPresent() ? (Integer) status.getAsInt() : null,
          WebhookRows.code(each.topic()),
          each.problem());
    }
    session.insert(deliveries);
    if (!report.deliveries().isEmpty()) {
      session.update(
          "delete from webhook_deliveries where webhook = ? and number <= ?",
          webhook,
          report.place().deliveries() - DELIVERIES_KEPT);
    }
    for (long revived : report.revived()) {
      session.update(
          "delete from webhook_dead_letters where webhook = ? and position = ?", webhook, revived);
    }
    for (DeadLetter dead : report.died()) bury(session, webhook, dead);
  }

  private static void bury(Session session, long webhook, DeadLetter dead) throws SQLException {
    session.update(
        """
        insert into webhook_dead_letters (webhook, position, topic, at, attempts, problem, wanted)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (webhook, position) do update
        set at = excluded.at, attempts = excluded.attempts, problem = excluded.problem,
          wanted = excluded.wanted
        """,
        webhook,
        dead.position(),
        WebhookRows.code(dead.topic()),
        Micros.of(dead.at()),
        dead.attempts(),
        dead.problem(),
        dead.wanted());
    session.update(
        """
        delete from webhook_dead_letters where webhook = ? and position <= (
          select position from webhook_dead_letters where webhook = ?
          order by position desc limit 1 offset ?)
        """,
        webhook,
        webhook,
        DEAD_LETTERS_KEPT);
  }

  @Override
  public List<DeadLetter> wanted(Webhook webhook, int limit) {
    return database.read(session ->
        session.list(
            """
            select position, topic, at, attempts, problem, wanted from webhook_dead_letters
            where webhook = ? and wanted = ? order by position limit ?
            """,
            JdbcWebhooks::deadLetter,
            webhook.since(),
            true,
            limit));
  }

  @Override
  public List<DeadLetter> deadLetters(Webhook webhook, long after, int limit) {
    return database.read(session ->
        session.list(
            """
            select position, topic, at, attempts, problem, wanted from webhook_dead_letters
            where webhook = ? and position > ? order by position limit ?
            """,
            JdbcWebhooks::deadLetter,
            webhook.since(),
            after,
            limit));
  }

  @Override
  public List<Delivery> deliveries(Webhook webhook, long before, int limit) {
    return database.read(session ->
        session.list(
            """
            select number, position, topic, attempt, at, status, took, problem
            from webhook_deliveries
            where webhook = ? and number < ? order by number desc limit ?
            """,
            JdbcWebhooks::delivery,
            webhook.since(),
            before,
            limit));
  }

  @Override
  public int pruneNotices(Instant olderThan) {
    return database.write(session ->
        session.update("delete from webhook_notices where at < ?", Micros.of(olderThan)));
  }

  private static Place place(ResultSet row) throws SQLException {
    long leaseUntil = row.getLong(5);
    boolean isFree = row.wasNull();
    return new Place(
        row.getLong(1),
        row.getInt(2),
        Micros.toInstant(row.getLong(3)),
        row.getLong(4),
        isFree ? Optional.empty() : Optional.of(Micros.toInstant(leaseUntil)));
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong(1),
        WebhookRows.topic(row.getInt(2)),
        Micros.toInstant(row.getLong(3)),
        row.getInt(4),
        row.getString(5),
        row.getBoolean(6));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    int status = row.getInt(6);
    OptionalInt answered = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
    return new Delivery(
        row.getLong(1),
        row.getLong(2),
        WebhookRows.topic(row.getInt(3)),
        row.getInt(4),
        Micros.toInstant(row.getLong(5)),
        answered,
        row.getInt(7),
        row.getString(8));
  }
}
