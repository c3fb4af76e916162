package dev.kindred.store.jdbc;

import dev.kindred.domain.Notice;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import dev.kindred.domain.Webhook.Previous;
import dev.kindred.store.Webhooks.Numbered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Webhooks as rows. */
final class WebhookRows {

  private static final String SELECT =
      """
      select w.webhook, w.tenant, t.tenant_id, w.webhook_id, w.url, w.topics, w.secret,
        w.previous_secret, w.previous_until, w.created
      from webhooks w join tenants t on t.tenant = w.tenant
      """;

  private WebhookRows() {}

  static List<Numbered> all(Session session) throws SQLException {
    return session.list(
        SELECT + " order by w.webhook", row -> new Numbered(row.getInt(2), read(row)));
  }

  static List<Webhook> of(Session session, int tenant) throws SQLException {
    return session.list(
        SELECT + " where w.tenant = ? order by w.webhook", WebhookRows::read, tenant);
  }

  static Optional<Webhook> find(Session session, int tenant, String webhookId) throws SQLException {
    return session.first(
        SELECT + " where w.tenant = ? and w.webhook_id = ?", WebhookRows::read, tenant, webhookId);
  }

  static boolean isTaken(Session session, String webhookId) throws SQLException {
    return session
        .first("select 1 from webhooks where webhook_id = ?", row -> true, webhookId)
        .isPresent();
  }

  static boolean isWanted(Session session, int tenant, Topic topic) throws SQLException {
    return session
        .first(
            "select 1 from webhooks where tenant = ? and topics & ? <> 0",
            row -> true,
            tenant,
            bit(topic))
        .isPresent();
  }

  /** Stores a webhook, which is told what comes after it. */
  static void insert(Session session, int tenant, long position, Webhook webhook)
      throws SQLException {
    session.update(
        """
        insert into webhooks (webhook, tenant, webhook_id, url, topics, secret, created)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        position,
        tenant,
        webhook.id(),
        webhook.url(),
        bits(webhook.topics()),
        webhook.secret(),
        Micros.of(webhook.createdAt()));
    session.update(
        """
        insert into webhook_places (webhook, position, next_try, deliveries, tries)
        values (?, ?, 0, 0, 0)
        """,
        position,
        position);
  }

  static void insert(Session session, int tenant, long position, Notice notice)
      throws SQLException {
    session.update(
        """
        insert into webhook_notices (position, tenant, topic, at, data)
        values (?, ?, ?, ?, cast(? as jsonb))
        """,
        position,
        tenant,
        code(notice.topic()),
        Micros.of(notice.at()),
        notice.data());
  }

  static void delete(Session session, long webhook) throws SQLException {
    session.update("delete from webhook_deliveries where webhook = ?", webhook);
    session.update("delete from webhook_dead_letters where webhook = ?", webhook);
    session.update("delete from webhook_places where webhook = ?", webhook);
    session.update("delete from webhooks where webhook = ?", webhook);
  }

  static short code(Topic topic) {
    return (short) topic.code();
  }

  static Topic topic(int code) {
    return Topic.of(code);
  }

  private static int bit(Topic topic) {
    return 1 << topic.code();
  }

  private static int bits(Set<Topic> topics) {
    int bits = 0;
    for (Topic topic : topics) bits |= bit(topic);
    return bits;
  }

  private static Set<Topic> topics(int bits) {
    var topics = EnumSet.noneOf(Topic.class);
    for (Topic topic : Topic.values()) if ((bits & bit(topic)) != 0) topics.add(topic);
    return topics;
  }

  private static Webhook read(ResultSet row) throws SQLException {
    String previous = row.getString(8);
    long until = row.getLong(9);
    return new Webhook(
        row.getString(4),
        new TenantId(row.getString(3)),
        row.getLong(1),
        row.getString(5),
        topics(row.getInt(6)),
        row.getString(7),
        previous == null
            ? Optional.empty()
            : Optional.of(new Previous(previous, Micros.toInstant(until))),
        Micros.toInstant(row.getLong(10)));
  }
}
