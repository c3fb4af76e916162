package dev.kindred.store.jdbc;

import dev.kindred.domain.InteractionType;
import dev.kindred.store.InteractionTypes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The kinds of interactions of a tenant. */
final class JdbcInteractionTypes implements InteractionTypes {

  private final TenantReading reading;

  JdbcInteractionTypes(TenantReading reading) {
    this.reading = reading;
  }

  @Override
  public Optional<InteractionType> find(String name) {
    Optional<InteractionType> stored =
        reading
            .<Optional<InteractionTypeRow>>read(
                Optional.empty(),
                (session, tenant) -> InteractionTypeRow.find(session, tenant, name))
            .filter(InteractionTypeRow::isFound)
            .map(InteractionTypeRow::asType);
    return InteractionType.isBuiltIn(name) ? stored.or(() -> Optional.of(builtIn(name))) : stored;
  }

  @Override
  public List<InteractionType> all() {
    var types = new TreeMap<String, InteractionType>();
    for (String name : InteractionType.builtInNames()) types.put(name, builtIn(name));
    for (InteractionTypeRow row : rows()) {
      if (row.isFound()) types.put(row.name(), row.asType());
    }
    return List.copyOf(types.values());
  }

  @Override
  public List<Numbered> numbered() {
    return rows().stream().map(row -> new Numbered(row.number(), row.asType())).toList();
  }

  private List<InteractionTypeRow> rows() {
    return reading.read(List.of(), InteractionTypeRow::load);
  }

  private static InteractionType builtIn(String name) {
    return new InteractionType(
        name,
        InteractionType.defaultWeight(name),
        Optional.empty(),
        OptionalDouble.empty(),
        true,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
