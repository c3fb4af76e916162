package dev.kindred.store.jdbc;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.store.Catalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The entities of a tenant. */
final class JdbcCatalog implements Catalog {

  /** So many rows are read at once where all are asked for. */
  private static final int SCANNED_AT_ONCE = 2_000;

  private static final String COLUMNS =
      """
      e.entity_id, e.entity, e.created, e.updated, e.available_from, e.available_until,
        e.attributes, e.vector
      """;

  private static final String NUMBERED =
      "select "
          + COLUMNS
          + """
          , t.name
          from entities e join entity_types t on t.tenant = e.tenant and t.type = e.type
          where e.tenant = ?
          """;

  private final TenantReading reading;
  private final VectorKeeper vectors;

  JdbcCatalog(TenantReading reading, VectorKeeper vectors) {
    this.reading = reading;
    this.vectors = vectors;
  }

  @Override
  public Optional<Entity> find(EntityKey key) {
    return reading.read(
        Optional.empty(),
        (session, tenant) ->
            session
                .first(
                    "select "
                        + COLUMNS
                        + """
                        from entities e
                        where e.tenant = ? and e.entity_id = ? and e.deleted = 0 and e.type =
                          (select type from entity_types where tenant = ? and name = ?)
                        """,
                    row -> EntityRow.entity(session, row, key),
                    tenant,
                    key.id().value(),
                    tenant,
                    key.type().value())
                .flatMap(found -> found));
  }

  @Override
  public OptionalInt number(EntityKey key) {
    return reading.read(
        OptionalInt.empty(),
        (session, tenant) ->
            session
                .first(
                    """
                    select entity from entities
                    where tenant = ? and entity_id = ? and deleted = 0 and type =
                      (select type from entity_types where tenant = ? and name = ?)
                    """,
                    row -> OptionalInt.of(row.getInt(1)),
                    tenant,
                    key.id().value(),
                    tenant,
                    key.type().value())
                .orElse(OptionalInt.empty()));
  }

  @Override
  public List<EntityType> namedTypesOf(EntityId id) {
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                """
                select t.name
                from entity_types t
                  join entities e on e.tenant = t.tenant and e.type = t.type
                where t.tenant = ? and e.entity_id = ? and e.deleted = 0
                order by t.name
                """,
                row -> new EntityType(row.getString(1)),
                tenant,
                id.value()));
  }

  @Override
  public List<EntityType> typesOf(EntityId id) {
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                """
                select t.name
                from entity_types t
                  join entities e on e.tenant = t.tenant and e.type = t.type
                where t.tenant = ? and e.entity_id = ? and e.deleted = 0
                  and e.attributes is not null
                order by t.name
                """,
                row -> new EntityType(row.getString(1)),
                tenant,
                id.value()));
  }

  @Override
  public List<Entity> page(Optional<EntityType> type, Optional<EntityKey> after, int limit) {
    return reading.read(
        List.of(),
        (session, tenant) -> {
          var page = new ArrayList<Entity>();
          for (NamedType one : types(session, tenant, type, after)) {
            if (page.size() == limit) break;
            // Within the type of the last entity seen the page goes on after it.
            String afterId =
                after
                    .filter(key -> key.type().equals(one.name()))
                    .map(key -> key.id().value())
                    .orElse("");
            page.addAll(page(session, tenant, one, afterId, limit - page.size()));
          }
          return page;
        });
  }

  @Override
  public void scan(int afterNumber, Consumer<Numbered> reader) {
    scan(
        afterNumber,
        NUMBERED + " and e.entity > ? order by e.entity limit ?",
        JdbcCatalog::numbered,
        Numbered::number,
        reader);
  }

  private record Attributes(int number, EntityKey key, JsonObject attributes) {}

  @Override
  public void scanAttributes(AttributesReader reader) {
    scan(
        0,
        """
        select e.entity, t.name, e.entity_id, e.attributes
        from entities e join entity_types t on t.tenant = e.tenant and t.type = e.type
        where e.tenant = ? and e.entity > ? and e.attributes is not null and e.vector is not null
        order by e.entity limit ?
        """,
        (session, row) ->
            new Attributes(
                row.getInt(1),
                EntityKey.of(row.getString(2), row.getString(3)),
                requireNonNull(session.json(row, 4))),
        Attributes::number,
        each -> reader.take(each.key(), each.attributes()));
  }

  private record Version(int number, int madeWith) {}

  @Override
  public void scanVersions(VersionReader reader) {
    scan(
        0,
        """
        select entity, substr(vector, 1, %d) from entities
        where tenant = ? and entity > ? and attributes is not null and vector is not null
        order by entity limit ?
        """
            .formatted(VectorCode.VERSION_BYTES_MAX),
        (_, row) -> new Version(row.getInt(1), VectorCode.madeWith(row.getBytes(2))),
        Version::number,
        each -> reader.take(each.number(), each.madeWith()));
  }

  /** Reads a row of an entity. */
  private interface Reading<T> {
    T read(Session session, ResultSet row) throws SQLException;
  }

  /** Reads entities in the order of their numbers, by a page that ends with number and limit. */
  private <T> void scan(
      int afterNumber, String page, Reading<T> row, ToIntFunction<T> numberOf, Consumer<T> reader) {
    Pages.each(
        afterNumber,
        SCANNED_AT_ONCE,
        (from, limit) ->
            reading.read(
                List.<T>of(),
                (session, tenant) ->
                    session.list(page, each -> row.read(session, each), tenant, from, limit)),
        numberOf::applyAsInt,
        reader);
  }

  @Override
  public List<Numbered> numbered(List<Integer> numbers) {
    if (numbers.isEmpty()) return List.of();
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                NUMBERED + " and e.entity = any(?) order by e.entity",
                row -> numbered(session, row),
                tenant,
                session.numbers(numbers)));
  }

  @Override
  public void refreshVectors(List<Numbered> entities) {
    OptionalInt tenant = reading.tenants().number(reading.id());
    if (tenant.isEmpty() || entities.isEmpty()) return;
    reading
        .database()
        .write(session -> {
          // Whoever holds the head of the log knows that no entity changes meanwhile.
          Head.lock(session);
          Rows refreshed = refreshed(session, tenant.getAsInt(), entities);
          session.update(refreshed, Tables.VECTORS_KEY_COLUMNS);
          vectors.write(session, copies(session, tenant.getAsInt(), entities));
          return refreshed.size();
        });
  }

  private static VectorWrites copies(Session session, int tenant, List<Numbered> entities)
      throws SQLException {
    var copies = new VectorWrites();
    session.each(
        """
        select entity, type, vector from entities
        where tenant = ? and entity = any(?) and deleted = 0 and attributes is not null
        """,
        row -> copies.put(tenant, row.getInt(1), row.getInt(2), VectorCode.decode(row.getBytes(3))),
        tenant,
        session.numbers(entities.stream().map(Numbered::number).toList()));
    return copies;
  }

  /** Rows of {@link Tables#VECTORS}; what the client gave stays as it is. */
  private static Rows refreshed(Session session, int tenant, List<Numbered> entities)
      throws SQLException {
    var given = new HashSet<Integer>();
    session.each(
        """
        select entity, substr(vector, 1, %d) from entities
        where tenant = ? and entity = any(?) and vector is not null
        """
            .formatted(VectorCode.VERSION_BYTES_MAX),
        row -> {
          if (VectorCode.madeWith(row.getBytes(2)) == FeatureVector.GIVEN) given.add(row.getInt(1));
        },
        tenant,
        session.numbers(entities.stream().map(Numbered::number).toList()));
    var vectors = new Rows(Tables.VECTORS);
    for (Numbered numbered : entities) {
      if (numbered.entity().isEmpty() || given.contains(numbered.number())) continue;
      Entity read = numbered.entity().get();
      vectors.add(
          tenant,
          numbered.number(),
          Micros.of(read.updatedAt()),
          0L,
          VectorCode.encode(read.vector()));
    }
    return vectors;
  }

  private record NamedType(int number, EntityType name) {}

  private static List<NamedType> types(
      Session session, int tenant, Optional<EntityType> only, Optional<EntityKey> after)
      throws SQLException {
    String from = after.map(key -> key.type().value()).orElse("");
    List<NamedType> types =
        session.list(
            "select type, name from entity_types where tenant = ? and name >= ? order by name",
            row -> new NamedType(row.getInt(1), new EntityType(row.getString(2))),
            tenant,
            from);
    return only.isEmpty()
        ? types
        : types.stream().filter(type -> type.name().equals(only.get())).toList();
  }

  private static List<Entity> page(
      Session session, int tenant, NamedType type, String afterId, int limit) throws SQLException {
    return session.list(
        "select "
            + COLUMNS
            + """
            from entities e
            where e.tenant = ? and e.type = ? and e.entity_id > ? and e.deleted = 0
              and e.attributes is not null
            order by e.entity_id limit ?
            """,
        row -> {
          var key = new EntityKey(type.name(), new EntityId(row.getString(1)));
          return EntityRow.entity(session, row, key).orElseThrow();
        },
        tenant,
        type.number(),
        afterId,
        limit);
  }

  private static Numbered numbered(Session session, ResultSet row) throws SQLException {
    EntityKey key = EntityKey.of(row.getString(9), row.getString(1));
    return new Numbered(row.getInt(2), key, EntityRow.entity(session, row, key));
  }
}
