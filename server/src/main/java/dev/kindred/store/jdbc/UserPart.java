package dev.kindred.store.jdbc;

import dev.kindred.domain.UserId;
import dev.kindred.store.jdbc.Numbers.UserName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The users of one tenant in a batch: what is needed of them is read at once. */
final class UserPart {

  private final Appending appending;
  private final TenantPart tenant;
  private final Set<UserId> named = new HashSet<>();
  private final Set<UserId> changed = new HashSet<>();
  private final Map<UserId, UserRow> rows = new HashMap<>();

  /** Those who do something and whose number is not remembered yet. */
  private final List<UserId> unremembered = new ArrayList<>();

  UserPart(Appending appending, TenantPart tenant) {
    this.appending = appending;
    this.tenant = tenant;
  }

  void needForChange(UserId user) {
    changed.add(user);
  }

  void needForInteraction(UserId user) {
    named.add(user);
  }

  void load() throws SQLException {
    if (tenant.isUnknown()) {
      unremembered.addAll(named);
      return;
    }
    read(changed);
    for (UserId user : named) {
      Integer number = appending.numbers().users.get(new UserName(tenant.number(), user));
      if (number == null) unremembered.add(user);
      else rows.putIfAbsent(user, UserRow.present(user, number, 0));
    }
    read(unremembered.stream().filter(user -> !rows.containsKey(user)).toList());
  }

  UserRow row(UserId user) {
    return rows.computeIfAbsent(user, UserRow::absent);
  }

  /** Adds what has to be written. */
  void addTo(Writes writes) throws SQLException {
    for (UserRow row : rows.values()) {
      if (row.isChanged()) {
        row.addTo(row.isNew() ? writes.newUsers : writes.changedUsers, tenant.number());
      }
    }
  }

  /** Remembers the numbers of those who did something. */
  void remember() throws SQLException {
    for (UserId user : unremembered) {
      int number = row(user).number();
      if (number != 0) appending.numbers().users.put(new UserName(tenant.number(), user), number);
    }
  }

  private void read(Collection<UserId> users) throws SQLException {
    if (users.isEmpty()) return;
    List<String> ids = users.stream().map(UserId::value).toList();
    appending
        .session()
        .each(
            """
            select user_id, "user", created from users where tenant = ? and user_id = any(?)
            """,
            row -> {
              var user = new UserId(row.getString(1));
              rows.put(user, UserRow.present(user, row.getInt(2), row.getLong(3)));
            },
            tenant.number(),
            appending.session().texts(ids));
  }
}
