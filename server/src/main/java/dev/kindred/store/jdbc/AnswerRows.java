package dev.kindred.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.UserId;
import dev.kindred.store.TenantStore.Answers;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to be given again, as rows. */
final class AnswerRows {

  /** Stands for the users of an answer that is about several; no id is empty. */
  static final String SEVERAL_USERS = "";

  /** Each new answer takes a few old ones with it, so that removing them never takes long. */
  private static final int PRUNED_AT_ONCE = 20;

  private static final String SELECT =
      """
      select request_hash, status, content_type, location, body, key from answers
      """;

  private static final long KEPT_MICROS = Answers.KEPT_FOR.toNanos() / 1_000;

  private AnswerRows() {}

  static Optional<RememberedAnswer> find(Session session, int tenant, String key, long now)
      throws SQLException {
    return Optional.ofNullable(find(session, tenant, List.of(key), now).get(key));
  }

  /** By their keys. */
  static Map<String, RememberedAnswer> find(
      Session session, int tenant, Collection<String> keys, long now) throws SQLException {
    var answers = new HashMap<String, RememberedAnswer>();
    session.each(
        SELECT + " where tenant = ? and at > ? and key = any(?)",
        row ->
            answers.put(
                row.getString(6),
                new RememberedAnswer(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    Optional.ofNullable(row.getString(4)),
                    row.getBytes(5))),
        tenant,
        now - KEPT_MICROS,
        session.texts(keys));
    return answers;
  }

  static void put(
      Session session,
      int tenant,
      String key,
      RememberedAnswer answer,
      @Nullable String about,
      long now)
      throws SQLException {
    session.later(
        """
        insert into answers
          (tenant, key, at, user_id, request_hash, status, content_type, location, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (tenant, key) do update set
          at = excluded.at, user_id = excluded.user_id, request_hash = excluded.request_hash,
          status = excluded.status, content_type = excluded.content_type,
          location = excluded.location, body = excluded.body
        """,
        tenant,
        key,
        now,
        about,
        answer.requestHash(),
        answer.status(),
        answer.contentType(),
        answer.location().orElse(null),
        answer.body());
  }

  static void prune(Session session, long now) throws SQLException {
    session.later(
        """
        delete from answers where (tenant, key) in
          (select tenant, key from answers where at <= ? order by at limit ?)
        """,
        now - KEPT_MICROS,
        PRUNED_AT_ONCE);
  }

  /** Forgets the answers about a user, and those about several in which the id occurs. */
  static void erase(Session session, int tenant, UserId user) throws SQLException {
    session.update(
        """
        delete from answers where tenant = ? and user_id is not null and
          (user_id = ? or (user_id = '' and position(? in body) > 0))
        """,
        tenant,
        user.value(),
        user.value().getBytes(UTF_8));
  }
}
