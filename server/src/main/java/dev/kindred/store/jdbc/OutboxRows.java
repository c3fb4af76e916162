package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Notice;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Webhooks.Message;
import dev.kindred.store.Webhooks.Messages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A part of what a webhook is to be told, put together from the log and the notices. */
final class OutboxRows {

  /**
   * Where the log speaks of an interaction, and where that stands; sent again, it is told again.
   * The plus keeps SQLite from reading all of a tenant's by another index, each time.
   */
  private static final String INTERACTIONS =
      """
      select position, original from
        (select position, position as original from interactions
         where +tenant = ? and position > ? and position <= ? order by position limit ?) recorded
      union all
      select position, original from
        (select position, original from events
         where tenant = ? and kind = 1 and position > ? and position <= ?
         order by position limit ?) reweighed
      order by position limit ?
      """;

  private static final String NOTICES =
      """
      select position, topic, at, data from webhook_notices
      where tenant = ? and topic = any(?) and position > ? and position <= ?
      order by position limit ?
      """;

  private record Place(long position, long original) {}

  private final Session session;
  private final int tenant;
  private final int limit;
  private final NavigableMap<Long, Message> found = new TreeMap<>();

  /** Everything up to here is found. */
  private long end;

  private OutboxRows(Session session, int tenant, int limit, long end) {
    this.session = session;
    this.tenant = tenant;
    this.limit = limit;
    this.end = end;
  }

  static Messages read(
      Session session, int tenant, Webhook webhook, long after, long upTo, int limit)
      throws SQLException {
    // The end of the log comes first: all before it is visible to what is asked then.
    long end = Math.min(upTo, session.number("select position from log_head"));
    Messages part = new Messages(List.of(), after);
    // Where the log speaks of what is gone, a part may have nothing to tell and not be the end.
    while (part.messages().isEmpty() && part.upTo() < end) {
      part = readPart(session, tenant, webhook, part.upTo(), end, limit);
    }
    return part;
  }

  private static Messages readPart(
      Session session, int tenant, Webhook webhook, long after, long upTo, int limit)
      throws SQLException {
    var outbox = new OutboxRows(session, tenant, limit, upTo);
    if (webhook.wants(Topic.INTERACTION_RECORDED)) outbox.addInteractions(after);
    var others = EnumSet.copyOf(webhook.topics());
    others.remove(Topic.INTERACTION_RECORDED);
    if (!others.isEmpty()) outbox.addNotices(after, others);
    return outbox.messages(after);
  }

  private void addInteractions(long after) throws SQLException {
    long until = end;
    List<Place> places =
        session.list(
            INTERACTIONS,
            row -> new Place(row.getLong(1), row.getLong(2)),
            tenant,
            after,
            until,
            limit,
            tenant,
            after,
            until,
            limit,
            limit);
    if (places.isEmpty()) return;
    var interactions = new HashMap<Long, RecordedInteraction>();
    session.each(
        RecordedRows.select("interactions") + " where i.tenant = ? and i.position = any(?)",
        row -> interactions.put(row.getLong(1), RecordedRows.read(session, row)),
        tenant,
        session.numbers(places.stream().map(Place::original).toList()));
    for (Place place : places) {
      RecordedInteraction interaction = interactions.get(place.original());
      if (interaction != null) {
        found.put(place.position(), new Message.OfInteraction(place.position(), interaction));
      }
    }
    if (places.size() == limit) end = places.getLast().position();
  }

  private void addNotices(long after, EnumSet<Topic> topics) throws SQLException {
    List<Message.OfNotice> notices =
        session.list(
            NOTICES,
            this::notice,
            tenant,
            session.numbers(topics.stream().map(WebhookRows::code).toList()),
            after,
            end,
            limit);
    for (var notice : notices) found.put(notice.position(), notice);
    if (notices.size() == limit) end = notices.getLast().position();
  }

  private Message.OfNotice notice(ResultSet row) throws SQLException {
    JsonObject data = session.json(row, 4);
    return new Message.OfNotice(
        row.getLong(1),
        new Notice(
            WebhookRows.topic(row.getInt(2)),
            data == null ? JsonObject.EMPTY : data,
            Micros.toInstant(row.getLong(3))));
  }

  private Messages messages(long after) {
    List<Message> messages = found.headMap(end, true).values().stream().limit(limit).toList();
    long upTo = messages.size() == limit ? messages.getLast().position() : Math.max(after, end);
    return new Messages(messages, upTo);
  }
}
