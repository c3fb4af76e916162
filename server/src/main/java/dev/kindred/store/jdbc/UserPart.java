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
  private final Set<UserId> changed = new HashSet<>();
  private final Map<UserId, UserRow> rows = new HashMap<>();

  /** Those who do something. */
  private final List<UserRow> acting = new ArrayList<>();

  /** Those of them whose number is not remembered yet. */
  private final List<UserRow> unremembered = new ArrayList<>();

  UserPart(Appending appending, TenantPart tenant) {
    this.appending = appending;
    this.tenant = tenant;
  }

  void needForChange(UserId user) {
    changed.add(user);
  }

  /** Returns the row of somebody who does something; what is stored in it shows once loaded. */
  UserRow needForInteraction(UserId user) {
    UserRow row = row(user);
    if (row.act()) acting.add(row);
    return row;
  }

  void load() throws SQLException {
    if (tenant.isUnknown()) {
      unremembered.addAll(acting);
      return;
    }
    read(changed);
    for (UserRow row : acting) {
      Integer number = appending.numbers().users.get(new UserName(tenant.number(), row.id()));
      if (number == null) unremembered.add(row);
      else if (row.number() == 0) row.isStored(number, 0);
    }
    read(unremembered.stream().filter(row -> row.number() == 0).map(UserRow::id).toList());
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
    for (UserRow row : unremembered) {
      if (row.number() == 0) continue;
      appending.numbers().users.put(new UserName(tenant.number(), row.id()), row.number());
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
            row -> row(new UserId(row.getString(1))).isStored(row.getInt(2), row.getLong(3)),
            tenant.number(),
            appending.session().texts(ids));
  }
}
