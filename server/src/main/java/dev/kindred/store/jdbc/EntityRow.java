package dev.kindred.store.jdbc;

import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code entities} that is not deleted, or the place where one may be, as a transaction
 * sees and changes it.
 */
final class EntityRow {

  private final EntityKey key;
  private int number;
  private boolean isNew;
  private boolean isChanged;
  private boolean isStored;
  private long created;
  private long updated;
  private long deleted;

  /** What is known of a stored entity; null until it is asked for. */
  private @Nullable EntityDraft draft;

  private EntityRow(EntityKey key) {
    this.key = key;
  }

  /** No such row is in the table. */
  static EntityRow absent(EntityKey key) {
    return new EntityRow(key);
  }

  /** The row of that number is in the table. */
  static EntityRow present(EntityKey key, int number, boolean isStored, long created) {
    var row = new EntityRow(key);
    row.number = number;
    row.isStored = isStored;
    row.created = created;
    return row;
  }

  /**
   * Columns {@code entity_id, entity, created, updated, available_from, available_until,
   * attributes, vector}.
   */
  static EntityRow read(Session session, ResultSet row, EntityKey key) throws SQLException {
    Optional<Entity> entity = entity(session, row, key);
    EntityRow present = present(key, row.getInt(2), entity.isPresent(), row.getLong(3));
    entity.ifPresent(stored -> {
      present.updated = Micros.of(stored.updatedAt());
      present.draft = stored.asDraft();
    });
    return present;
  }

  /** The entity in a row of those columns; absent if it is deleted or was only named. */
  static Optional<Entity> entity(Session session, ResultSet row, EntityKey key)
      throws SQLException {
    JsonObject attributes = session.json(row, 7);
    byte[] vector = row.getBytes(8);
    if (attributes == null || vector == null) return Optional.empty();
    return Optional.of(
        new Entity(
            key,
            attributes,
            VectorCode.decode(vector),
            availability(row, 5),
            Micros.toInstant(row.getLong(3)),
            Micros.toInstant(row.getLong(4))));
  }

  private static Availability availability(ResultSet row, int column) throws SQLException {
    long from = row.getLong(column);
    boolean hasFrom = !row.wasNull();
    long until = row.getLong(column + 1);
    boolean hasUntil = !row.wasNull();
    if (!hasFrom && !hasUntil) return Availability.ALWAYS;
    return new Availability(
        hasFrom ? Optional.of(Micros.toInstant(from)) : Optional.empty(),
        hasUntil ? Optional.of(Micros.toInstant(until)) : Optional.empty());
  }

  EntityKey key() {
    return key;
  }

  /** 0 while there is no row. */
  int number() {
    return number;
  }

  boolean isStored() {
    return isStored;
  }

  boolean isNew() {
    return isNew;
  }

  boolean isChanged() {
    return isChanged;
  }

  boolean isDeleted() {
    return deleted != 0;
  }

  Optional<FeatureVector> vector() {
    return Optional.ofNullable(draft).map(EntityDraft::vector);
  }

  /** Makes the row where there is none; somebody did something with an unknown entity. */
  void name(Appending appending) {
    if (number != 0) return;
    number = appending.head().nextEntity();
    isNew = true;
    isChanged = true;
    created = appending.now();
    updated = created;
  }

  Entity put(EntityDraft put, Appending appending) {
    name(appending);
    if (!isStored) created = appending.now();
    isStored = true;
    isChanged = true;
    updated = appending.now();
    draft =
        new EntityDraft(key, put.attributes(), put.vector(), Micros.truncated(put.availability()));
    return stored();
  }

  /** The entity that is stored; its content must have been read or put. */
  Entity stored() {
    if (!isStored || draft == null) throw new IllegalStateException("not read: " + key);
    return new Entity(
        key,
        draft.attributes(),
        draft.vector(),
        draft.availability(),
        Micros.toInstant(created),
        Micros.toInstant(updated));
  }

  /** Leaves what old interactions refer to: the number and the name. */
  void delete(long position, long now) {
    deleted = position;
    updated = now;
    isStored = false;
    isChanged = true;
    draft = null;
  }

  /** Adds this to rows of {@link Tables#ENTITIES}. */
  void addTo(Rows rows, int tenant, int type) {
    EntityDraft content = draft;
    if (isStored && content == null) throw new IllegalStateException("not read: " + key);
    Availability availability = content == null ? Availability.ALWAYS : content.availability();
    rows.add(
        tenant,
        number,
        type,
        key.id().value(),
        created,
        updated,
        deleted,
        Micros.orNull(availability.from()),
        Micros.orNull(availability.until()),
        content == null ? null : content.attributes(),
        content == null ? null : VectorCode.encode(content.vector()));
  }
}
