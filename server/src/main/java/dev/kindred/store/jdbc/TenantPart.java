package dev.kindred.store.jdbc;

import dev.kindred.domain.Conflict;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.store.jdbc.Numbers.Types;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One tenant in a transaction: its number and its types, made when they are first needed. */
final class TenantPart {

  private final Appending appending;
  private final TenantId id;
  private int number;
  private final Map<EntityType, Integer> entityTypes = new HashMap<>();
  private final Map<String, InteractionTypeRow> interactionTypes = new HashMap<>();

  private TenantPart(Appending appending, TenantId id) {
    this.appending = appending;
    this.id = id;
  }

  static TenantPart of(Appending appending, TenantId id) throws SQLException {
    var part = new TenantPart(appending, id);
    part.number = appending.numbers().tenant(appending.session(), id).orElse(0);
    if (part.number == 0) return part;
    Types types = appending.numbers().types(appending.session(), part.number);
    part.entityTypes.putAll(types.ofEntities());
    part.interactionTypes.putAll(types.ofInteractions());
    return part;
  }

  /** Whether nothing of this tenant was ever kept. */
  boolean isUnknown() {
    return number == 0;
  }

  /** For something that is kept: the tenant exists from here on. */
  int number() throws SQLException {
    if (number != 0) return number;
    number = appending.head().nextTenant();
    appending
        .session()
        .update("insert into tenants (tenant, tenant_id) values (?, ?)", number, id.value());
    appending.numbers().tenants.put(id, number);
    return number;
  }

  List<EntityType> entityTypes() {
    return List.copyOf(entityTypes.keySet());
  }

  OptionalInt findEntityType(EntityType type) {
    Integer found = entityTypes.get(type);
    return found == null ? OptionalInt.empty() : OptionalInt.of(found);
  }

  /** The number of a type that something of is kept. */
  int entityType(EntityType type) throws SQLException {
    Integer found = entityTypes.get(type);
    if (found != null) return found;
    int made = entityTypes.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    appending
        .session()
        .update(
            "insert into entity_types (tenant, type, name) values (?, ?, ?)",
            number(),
            made,
            type.value());
    entityTypes.put(type, made);
    appending.numbers().types.forget(number());
    return made;
  }

  @Nullable InteractionTypeRow findInteractionType(String name) {
    return interactionTypes.get(name);
  }

  /** The row of a type that was registered or used before, or is used from now on. */
  InteractionTypeRow interactionType(String name) throws SQLException {
    InteractionTypeRow found = interactionTypes.get(name);
    if (found != null) return found;
    InteractionTypeRow made = InteractionTypeRow.unregistered(nextInteractionType(), name);
    made.insert(appending.session(), number());
    interactionTypes.put(name, made);
    appending.numbers().types.forget(number());
    return made;
  }

  private int nextInteractionType() {
    int newest =
        interactionTypes.values().stream().mapToInt(InteractionTypeRow::number).max().orElse(0);
    if (newest == Short.MAX_VALUE) {
      throw new Conflict("a tenant may have at most " + newest + " interaction types");
    }
    return newest + 1;
  }
}
