package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What numbers the database has given to names, as far as this process remembers it.
 *
 * <p>Every entry was true when the log ended at {@link #asOf}. Before it is used under the lock of
 * the log, {@link #catchUp} forgets what other replicas have changed since.
 */
final class Numbers {

  private static final int USERS_MAX = 65_536;
  private static final int ENTITIES_MAX = 65_536;
  private static final int TENANTS_MAX = 1_024;

  /** Beyond this many foreign events everything is forgotten rather than looked through. */
  private static final long CATCH_UP_MAX = 5_000;

  record EntityName(int tenant, @Nullable EntityType typeOrNull, EntityId id) {}

  /** What an entity is called by. */
  record NumberedEntity(int number, EntityType type) {}

  record UserName(int tenant, UserId id) {}

  final Remembered<TenantId, Integer> tenants = new Remembered<>(TENANTS_MAX);
  final Remembered<UserName, Integer> users = new Remembered<>(USERS_MAX);

  /** By type and id; and by the id alone, where the type was found out. */
  final Remembered<EntityName, NumberedEntity> entities = new Remembered<>(ENTITIES_MAX);

  final Remembered<Integer, Types> types = new Remembered<>(TENANTS_MAX);

  private long asOf = -1;

  /** The entity types and interaction types of a tenant. */
  record Types(
      Map<EntityType, Integer> ofEntities, Map<String, InteractionTypeRow> ofInteractions) {

    static Types load(Session session, int tenant) throws SQLException {
      var ofEntities = new HashMap<EntityType, Integer>();
      session.each(
          "select name, type from entity_types where tenant = ?",
          row -> ofEntities.put(new EntityType(row.getString(1)), row.getInt(2)),
          tenant);
      var ofInteractions = new HashMap<String, InteractionTypeRow>();
      for (InteractionTypeRow type : InteractionTypeRow.load(session, tenant)) {
        ofInteractions.put(type.name(), type);
      }
      return new Types(ofEntities, ofInteractions);
    }
  }

  Optional<Integer> tenant(Session session, TenantId id) throws SQLException {
    Integer remembered = tenants.get(id);
    if (remembered != null) return Optional.of(remembered);
    Optional<Integer> found =
        session.first(
            "select tenant from tenants where tenant_id = ?", row -> row.getInt(1), id.value());
    found.ifPresent(number -> tenants.put(id, number));
    return found;
  }

  Types types(Session session, int tenant) throws SQLException {
    Types remembered = types.get(tenant);
    if (remembered != null) return remembered;
    Types loaded = Types.load(session, tenant);
    types.put(tenant, loaded);
    return loaded;
  }

  void forget(int tenant, EntityKey key) {
    entities.forget(new EntityName(tenant, key.type(), key.id()));
    entities.forget(new EntityName(tenant, null, key.id()));
  }

  /** Forgets what others have changed, now that the log is ours and ends there. */
  void catchUp(Session session, long head) throws SQLException {
    if (asOf == head) return;
    if (asOf < 0 || head - asOf > CATCH_UP_MAX) {
      clear();
    } else {
      forgetChanged(session);
    }
    asOf = head;
  }

  private void forgetChanged(Session session) throws SQLException {
    var changed = new HashMap<Integer, List<Integer>>();
    boolean[] someoneErased = new boolean[1];
    session.each(
        """
        select kind, tenant, subject from events where position > ?
        """,
        row -> {
          int tenant = row.getInt(2);
          switch (EventKind.of(row.getShort(1))) {
            case ENTITY_PUT, ENTITY_DELETED ->
                changed.computeIfAbsent(tenant, any -> new ArrayList<>()).add(row.getInt(3));
            case USER_ERASED -> someoneErased[0] = true;
            case INTERACTION_TYPE_CHANGED -> types.forget(tenant);
            default -> {}
          }
        },
        asOf);
    // An erased user is nowhere any more, not even the name to forget.
    if (someoneErased[0]) users.clear();
    for (var tenant : changed.entrySet()) {
      session.each(
          """
          select t.name, e.entity_id
          from entities e join entity_types t on t.tenant = e.tenant and t.type = e.type
          where e.tenant = ? and e.entity = any(?)
          """,
          row -> forget(tenant.getKey(), EntityKey.of(row.getString(1), row.getString(2))),
          tenant.getKey(),
          session.numbers(tenant.getValue()));
    }
  }

  /** The transaction succeeded, and the log ends there now. */
  void commit(long head) {
    tenants.commit();
    users.commit();
    entities.commit();
    types.commit();
    asOf = head;
  }

  /** A part of the transaction was taken back, and who knows what came from it. */
  void rollBack() {
    tenants.rollBack();
    users.rollBack();
    entities.rollBack();
    types.rollBack();
  }

  void clear() {
    tenants.clear();
    users.clear();
    entities.clear();
    types.clear();
    asOf = -1;
  }
}
