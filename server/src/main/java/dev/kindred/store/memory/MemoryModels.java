package dev.kindred.store.memory;

import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Models in memory. Safe for any number of threads: one at a time. */
final class MemoryModels implements Models {

  private final Map<TenantId, List<ModelRecord>> records = new HashMap<>();
  private final Map<Named, TreeMap<Integer, byte[]>> pieces = new HashMap<>();

  private record Named(TenantId tenant, String name) {}

  @Override
  public synchronized List<InForce> inForce() {
    var all = new ArrayList<InForce>();
    records.forEach((tenant, own) -> {
      for (ModelRecord one : own) {
        if (one.isInForce()) all.add(new InForce(tenant, one.type(), one.name()));
      }
    });
    all.sort(
        Comparator.comparing((InForce one) -> one.tenant().value()).thenComparing(InForce::type));
    return all;
  }

  @Override
  public synchronized List<ModelRecord> newest(TenantId tenant, int limit) {
    return records.getOrDefault(tenant, List.of()).reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<ModelRecord> find(TenantId tenant, String name) {
    return newest(tenant, Integer.MAX_VALUE).stream()
        .filter(one -> one.name().equals(name))
        .findFirst();
  }

  @Override
  public synchronized void keepPiece(TenantId tenant, String name, int piece, byte[] bytes) {
    pieces.computeIfAbsent(new Named(tenant, name), any -> new TreeMap<>()).put(piece, bytes);
  }

  @Override
  public synchronized int pieces(TenantId tenant, String name) {
    return pieces.getOrDefault(new Named(tenant, name), new TreeMap<>()).size();
  }

  @Override
  public synchronized void record(TenantId tenant, ModelRecord record) {
    List<ModelRecord> own = records.computeIfAbsent(tenant, any -> new ArrayList<>());
    if (record.isInForce()) {
      own.replaceAll(one -> one.type().equals(record.type()) ? outOfForce(one) : one);
    }
    own.add(record);
    int surplus = own.size() - RECORDS_KEPT;
    if (surplus > 0) own.subList(0, surplus).removeIf(one -> !one.isInForce());
    pieces
        .keySet()
        .removeIf(named ->
            named.tenant().equals(tenant)
                && own.stream()
                    .noneMatch(one -> one.isInForce() && one.name().equals(named.name())));
  }

  private static ModelRecord outOfForce(ModelRecord one) {
    return new ModelRecord(
        one.name(),
        one.type(),
        one.position(),
        one.startedAt(),
        one.endedAt(),
        false,
        one.report());
  }

  @Override
  public void read(TenantId tenant, String name, Consumer<byte[]> reader) {
    List<byte[]> all;
    synchronized (this) {
      all = List.copyOf(pieces.getOrDefault(new Named(tenant, name), new TreeMap<>()).values());
    }
    all.forEach(reader);
  }
}
