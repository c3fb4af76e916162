package dev.kindred.store.jdbc;

import dev.kindred.domain.Change.DeleteEntity;
import dev.kindred.domain.Change.EditEntity;
import dev.kindred.domain.Change.PutEntity;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.store.jdbc.Numbers.EntityName;
import dev.kindred.store.jdbc.Numbers.NumberedEntity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one tenant in a batch. First all changes say what they need, then it is read at
 * once, then they are decided one after the other.
 */
final class EntityPart {

  private static final String WITH_CONTENT =
      """
      select entity_id, entity, created, updated, available_from, available_until, attributes,
        vector
      from entities where tenant = ? and type = ? and deleted = 0 and entity_id = any(?)
      """;

  private static final String WITHOUT_CONTENT =
      """
      select entity_id, entity, created, attributes is not null
      from entities where tenant = ? and type = ? and deleted = 0 and entity_id = any(?)
      """;

  private final Appending appending;
  private final TenantPart tenant;

  /** By interactions; once all is loaded, those only that were not remembered. */
  private final Set<EntityKey> named = new LinkedHashSet<>();

  private final Set<EntityKey> changed = new LinkedHashSet<>();
  private final Set<EntityKey> edited = new LinkedHashSet<>();
  private final Map<EntityId, Named> untyped = new LinkedHashMap<>();

  private final Map<EntityKey, EntityRow> rows = new HashMap<>();

  /** Under which types an id is stored, for those that were named without one. */
  private final Map<EntityId, List<EntityType>> storedTypes = new HashMap<>();

  private final List<EntityRow> deleted = new ArrayList<>();

  EntityPart(Appending appending, TenantPart tenant) {
    this.appending = appending;
    this.tenant = tenant;
  }

  void needForChange(EntityKey key) {
    changed.add(key);
  }

  void needForEdit(EntityKey key) {
    edited.add(key);
  }

  /** What an interaction calls an entity by; {@link #of(Named)} tells which it is once loaded. */
  Named needForInteraction(EntityRef ref) {
    if (ref.typeOrNull() == null) return untyped.computeIfAbsent(ref.id(), any -> new Named(ref));
    named.add(new EntityKey(ref.typeOrNull(), ref.id()));
    return new Named(ref);
  }

  void load() throws SQLException {
    untyped.keySet().forEach(id -> storedTypes.put(id, List.of()));
    if (tenant.isUnknown()) return;
    changed.removeAll(edited);
    read(edited, true);
    read(changed, false);
    readUntyped();
    int number = tenant.number();
    named.removeIf(key -> isRecalled(key, number));
    read(named.stream().filter(key -> !rows.containsKey(key)).toList(), false);
  }

  /** Which entity an interaction means; its row may be absent still. */
  EntityRow of(Named by) {
    if (by.recalled != null) return by.recalled;
    EntityType type = by.ref.typeOrNull();
    return row(new EntityKey(type != null ? type : typeOf(by.ref.id()), by.ref.id()));
  }

  Outcome put(PutEntity change, Rows events) throws SQLException {
    EntityKey key = change.entity().key();
    EntityRow row = row(key);
    boolean exists = row.isStored();
    switch (change.mode()) {
      case CREATE -> {
        if (exists) throw Conflict.exists(key);
      }
      case REPLACE -> {
        if (!exists) throw NotFound.entity(key.asRef());
      }
      case UPSERT -> {}
    }
    return store(row, change.entity(), events);
  }

  Outcome edit(EditEntity change, Rows events) throws SQLException {
    EntityRow row = row(change.key());
    if (!row.isStored()) throw NotFound.entity(change.key().asRef());
    EntityDraft edited = change.edit().apply(row.stored());
    if (!edited.key().equals(change.key())) {
      throw new IllegalArgumentException("an edit must leave the key as it is: " + change.key());
    }
    return store(row, edited, events);
  }

  Outcome delete(DeleteEntity change, Rows events) throws SQLException {
    EntityKey key = change.key();
    EntityRow row = row(key);
    if (!row.isStored()) throw NotFound.entity(key.asRef());
    long position = appending.note(events, tenant.number(), EventKind.ENTITY_DELETED, row.number());
    row.delete(position, appending.now());
    deleted.add(row);
    rows.put(key, EntityRow.absent(key));
    storedTypes.computeIfPresent(key.id(), (id, types) -> without(types, key.type()));
    appending.numbers().forget(tenant.number(), key);
    return new Outcome.EntityDeleted(key, position);
  }

  /** Adds what has to be written. */
  void addTo(Writes writes) throws SQLException {
    for (EntityRow row : deleted) add(row, writes);
    for (EntityRow row : rows.values()) if (row.isChanged()) add(row, writes);
  }

  /** Remembers the numbers of what interactions named. */
  void remember() throws SQLException {
    for (EntityKey key : named) remember(key, key.type());
    for (EntityId id : storedTypes.keySet()) {
      List<EntityType> types = storedTypes.getOrDefault(id, List.of());
      if (types.size() <= 1) remember(new EntityKey(typeOf(id), id), null);
    }
  }

  private void remember(EntityKey key, @Nullable EntityType typeOrNull) throws SQLException {
    EntityRow row = rows.get(key);
    if (row == null || row.number() == 0) return;
    appending
        .numbers()
        .entities
        .put(
            new EntityName(tenant.number(), typeOrNull, key.id()),
            new NumberedEntity(row.number(), key.type()));
  }

  private Outcome store(EntityRow row, EntityDraft draft, Rows events) throws SQLException {
    boolean isNew = !row.isStored();
    int tenantNumber = tenant.number();
    Entity entity = row.put(draft, appending);
    long position = appending.note(events, tenantNumber, EventKind.ENTITY_PUT, row.number());
    if (isNew) {
      EntityKey key = row.key();
      storedTypes.computeIfPresent(key.id(), (id, types) -> with(types, key.type()));
      appending.numbers().forget(tenantNumber, key);
    }
    return new Outcome.EntityStored(entity, position, isNew);
  }

  private void add(EntityRow row, Writes writes) throws SQLException {
    int type = tenant.entityType(row.key().type());
    int number = tenant.number();
    row.addTo(row.isNew() ? writes.newEntities : writes.changedEntities, number, type);
    if (row.isDeleted()) writes.vectors.remove(number, row.number());
    else row.vector().ifPresent(vector -> writes.vectors.put(number, row.number(), type, vector));
  }

  private EntityRow row(EntityKey key) {
    return rows.computeIfAbsent(key, EntityRow::absent);
  }

  private EntityType typeOf(EntityId id) {
    List<EntityType> types = storedTypes.getOrDefault(id, List.of());
    if (types.size() > 1) throw Conflict.ambiguous(id, types);
    return types.isEmpty() ? EntityType.PRODUCT : types.getFirst();
  }

  /** Takes the row of a key from what is remembered, and says whether it is. */
  private boolean isRecalled(EntityKey key, int tenantNumber) {
    NumberedEntity entity =
        appending.numbers().entities.get(new EntityName(tenantNumber, key.type(), key.id()));
    if (entity == null) return false;
    rows.putIfAbsent(key, EntityRow.present(key, entity.number(), false, 0));
    return true;
  }

  private void readUntyped() throws SQLException {
    var changing = new HashSet<EntityId>();
    for (EntityKey key : edited) changing.add(key.id());
    for (EntityKey key : changed) changing.add(key.id());
    var unknown = new ArrayList<EntityId>();
    for (Named by : untyped.values()) {
      EntityId id = by.ref.id();
      NumberedEntity entity =
          appending.numbers().entities.get(new EntityName(tenant.number(), null, id));
      if (entity == null || changing.contains(id)) {
        unknown.add(id);
        continue;
      }
      storedTypes.remove(id);
      var key = new EntityKey(entity.type(), id);
      by.recalled =
          rows.computeIfAbsent(key, absent -> EntityRow.present(absent, entity.number(), false, 0));
    }
    if (unknown.isEmpty()) return;
    for (EntityType type : tenant.entityTypes()) {
      List<EntityKey> keys = unknown.stream().map(id -> new EntityKey(type, id)).toList();
      read(keys.stream().filter(key -> !rows.containsKey(key)).toList(), false);
      for (EntityKey key : keys) {
        EntityRow row = rows.get(key);
        if (row != null && row.isStored()) {
          storedTypes.computeIfPresent(key.id(), (id, types) -> with(types, type));
        }
      }
    }
  }

  /** Reads the rows of these keys that there are, with one statement a type. */
  private void read(Collection<EntityKey> keys, boolean withContent) throws SQLException {
    var ids = new LinkedHashMap<EntityType, List<String>>();
    for (EntityKey key : keys) {
      ids.computeIfAbsent(key.type(), any -> new ArrayList<>()).add(key.id().value());
    }
    Session session = appending.session();
    for (var entry : ids.entrySet()) {
      EntityType type = entry.getKey();
      OptionalInt number = tenant.findEntityType(type);
      if (number.isEmpty()) continue;
      session.each(
          withContent ? WITH_CONTENT : WITHOUT_CONTENT,
          row -> {
            var key = new EntityKey(type, new EntityId(row.getString(1)));
            rows.put(
                key,
                withContent
                    ? EntityRow.read(session, row, key)
                    : EntityRow.present(key, row.getInt(2), row.getBoolean(4), row.getLong(3)));
          },
          tenant.number(),
          number.getAsInt(),
          session.texts(entry.getValue()));
    }
  }

  private static List<EntityType> with(List<EntityType> types, EntityType one) {
    return Stream.concat(types.stream().filter(type -> !type.equals(one)), Stream.of(one)).toList();
  }

  private static List<EntityType> without(List<EntityType> types, EntityType one) {
    return types.stream().filter(type -> !type.equals(one)).toList();
  }

  /** What interactions call an entity by. */
  static final class Named {
    private final EntityRef ref;

    /** Its row where no look is needed, as it is remembered, and nothing here changes it. */
    private @Nullable EntityRow recalled;

    private Named(EntityRef ref) {
      this.ref = ref;
    }
  }
}
