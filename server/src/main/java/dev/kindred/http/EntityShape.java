package dev.kindred.http;

import dev.kindred.domain.Entity;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which members of an entity an answer has, and how they are written. */
record EntityShape(Set<String> members) {

  private static final List<String> ALL =
      List.of(
          "entity_id",
          "entity_type",
          "tenant_id",
          "attributes",
          "feature_vector",
          "available_from",
          "available_until",
          "created_at",
          "updated_at");

  static final EntityShape WHOLE = new EntityShape(Set.copyOf(ALL));

  /** What a request asks for by {@code fields} and {@code include_vector}. */
  static EntityShape of(Query query, boolean vectorByDefault) {
    Optional<String> fields = query.one("fields");
    var members = new LinkedHashSet<>(ALL);
    if (fields.isPresent()) {
      members.clear();
      for (String name : fields.get().split(",", -1)) {
        String field = name.strip();
        if (!ALL.contains(field)) {
          throw InvalidRequest.at(
              "fields",
              "fields may name " + String.join(", ", ALL) + "; got " + Shown.value(field));
        }
        members.add(field);
      }
    }
    boolean asked = fields.isPresent() && members.contains("feature_vector");
    boolean wanted = query.flag("include_vector", asked || (vectorByDefault && fields.isEmpty()));
    if (wanted) members.add("feature_vector");
    else members.remove("feature_vector");
    return new EntityShape(Set.copyOf(members));
  }

  void write(JsonWriter writer, TenantId tenant, Entity entity) {
    writer.beginObject();
    writeMembers(writer, tenant, entity);
    writer.endObject();
  }

  void writeStored(
      JsonWriter writer, TenantId tenant, Outcome.EntityStored stored, List<String> unknownFields) {
    writer.beginObject();
    writeMembers(writer, tenant, stored.entity());
    writer.field("position", stored.position());
    UnknownFields.write(writer, unknownFields);
    writer.endObject();
  }

  private void writeMembers(JsonWriter writer, TenantId tenant, Entity entity) {
    if (has("entity_id")) writer.field("entity_id", entity.key().id().value());
    if (has("entity_type")) writer.field("entity_type", entity.key().type().value());
    if (has("tenant_id")) writer.field("tenant_id", tenant.value());
    if (has("attributes")) writer.field("attributes", entity.attributes());
    if (has("feature_vector")) writer.name("feature_vector").numbers(entity.vector().values());
    entity
        .availability()
        .from()
        .filter(_ -> has("available_from"))
        .ifPresent(from -> writer.field("available_from", from));
    entity
        .availability()
        .until()
        .filter(_ -> has("available_until"))
        .ifPresent(until -> writer.field("available_until", until));
    if (has("created_at")) writer.field("created_at", entity.createdAt());
    if (has("updated_at")) writer.field("updated_at", entity.updatedAt());
  }

  private boolean has(String member) {
    return members.contains(member);
  }
}
