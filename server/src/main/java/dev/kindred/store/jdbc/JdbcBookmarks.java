package dev.kindred.store.jdbc;

import dev.kindred.domain.TenantId;
import dev.kindred.store.Bookmarks;
import java.util.Optional;

/** The bookmarks of a tenant, by its name: they may come before its first write. */
record JdbcBookmarks(Database database, TenantId tenant) implements Bookmarks {

  @Override
  public Optional<String> find(String name) {
    return database.read(session ->
        session.first(
            "select text from bookmarks where tenant_id = ? and name = ?",
            row -> row.getString(1),
            tenant.value(),
            name));
  }

  @Override
  public void put(String name, String text) {
    database.write(session ->
        session.update(
            """
            insert into bookmarks (tenant_id, name, text) values (?, ?, ?)
            on conflict (tenant_id, name) do update set text = excluded.text
            """,
            tenant.value(),
            name,
            text));
  }
}
