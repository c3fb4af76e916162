package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Models;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Models in a database: a row an attempt, and the bytes of those in force in pieces. */
record JdbcModels(Database database) implements Models {

  private static final String COLUMNS =
      "name, type, position, started_at, ended_at, in_force, report";

  @Override
  public List<InForce> inForce() {
    return database.read(session -> {
      var all = new ArrayList<InForce>();
      session.each(
          "select tenant_id, type, name from models where in_force = 1 order by 1, 2",
          row ->
              all.add(
                  new InForce(new TenantId(row.getString(1)), row.getString(2), row.getString(3))));
      return all;
    });
  }

  @Override
  public List<ModelRecord> newest(TenantId tenant, int limit) {
    return database.read(session -> {
      var all = new ArrayList<ModelRecord>();
      session.each(
          "select " + COLUMNS + " from models where tenant_id = ? order by place desc limit ?",
          row -> all.add(record(session, row)),
          tenant.value(),
          limit);
      return all;
    });
  }

  @Override
  public Optional<ModelRecord> find(TenantId tenant, String name) {
    return database.read(session ->
        session.first(
            "select "
                + COLUMNS
                + " from models where tenant_id = ? and name = ? order by place desc limit 1",
            row -> record(session, row),
            tenant.value(),
            name));
  }

  @Override
  public void keepPiece(TenantId tenant, String name, int piece, byte[] bytes) {
    database.write(session ->
        session.update(
            """
            insert into model_pieces (tenant_id, name, piece, bytes) values (?, ?, ?, ?)
            on conflict (tenant_id, name, piece) do update set bytes = excluded.bytes
            """,
            tenant.value(),
            name,
            piece,
            bytes));
  }

  @Override
  public int pieces(TenantId tenant, String name) {
    return database.read(session ->
        session
            .first(
                "select count(*) from model_pieces where tenant_id = ? and name = ?",
                row -> row.getInt(1),
                tenant.value(),
                name)
            .orElse(0));
  }

  @Override
  public void record(TenantId tenant, ModelRecord record) {
    database.write(session -> {
      // Of two that end together, one takes the next place and replaces the other.
      database.dialect().beAlone(session, "models of " + tenant);
      if (record.isInForce()) {
        session.update(
            "update models set in_force = 0 where tenant_id = ? and type = ?",
            tenant.value(),
            record.type());
      }
      long place =
          session
              .first(
                  "select coalesce(max(place), 0) + 1 from models where tenant_id = ?",
                  row -> row.getLong(1),
                  tenant.value())
              .orElse(1L);
      session.update(
          """
          insert into models
            (tenant_id, place, name, type, position, started_at, ended_at, in_force, report)
          values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))
          """,
          tenant.value(),
          place,
          record.name(),
          record.type(),
          record.position(),
          Micros.of(record.startedAt()),
          Micros.of(record.endedAt()),
          record.isInForce() ? 1 : 0,
          record.report());
      session.update(
          "delete from models where tenant_id = ? and place <= ? and in_force = 0",
          tenant.value(),
          place - RECORDS_KEPT);
      return session.update(
          """
          delete from model_pieces where tenant_id = ? and name not in
            (select name from models where tenant_id = ? and in_force = 1)
          """,
          tenant.value(),
          tenant.value());
    });
  }

  @Override
  public void read(TenantId tenant, String name, Consumer<byte[]> reader) {
    for (int piece = 0; ; piece++) {
      Optional<byte[]> bytes = piece(tenant, name, piece);
      if (bytes.isEmpty()) return;
      reader.accept(bytes.get());
    }
  }

  private Optional<byte[]> piece(TenantId tenant, String name, int piece) {
    return database.read(session ->
        session.first(
            "select bytes from model_pieces where tenant_id = ? and name = ? and piece = ?",
            row -> row.getBytes(1),
            tenant.value(),
            name,
            piece));
  }

  private static ModelRecord record(Session session, ResultSet row) throws SQLException {
    JsonObject report = session.json(row, 7);
    return new ModelRecord(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        Micros.toInstant(row.getLong(4)),
        Micros.toInstant(row.getLong(5)),
        row.getInt(6) == 1,
        report == null ? JsonObject.EMPTY : report);
  }
}
