package dev.kindred.learn;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Models;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps models where restarts and other replicas find them, and puts those in force that others
 * have made.
 */
final class ModelKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(ModelKeeper.class);

  private final Learning learning;
  private final Models models;

  /** When the models in force were made. */
  private final Map<Shelf, Instant> madeAt = new ConcurrentHashMap<>();

  /** Names of models whose bytes could not be read; they are made anew some time. */
  private final Set<String> unreadable = new HashSet<>();

  ModelKeeper(Learning learning, Models models) {
    this.learning = learning;
    this.models = models;
  }

  /** Keeps a model under the name that its content gives it, and puts it in force everywhere. */
  Learned publish(TenantId tenant, Shelf shelf, Learned made, Instant startedAt, Instant endedAt) {
    Learned named = made.named(ModelBytes.name(made));
    int pieces = keep(tenant, named);
    models.record(
        tenant,
        new ModelRecord(
            named.name(),
            shelf.type().value(),
            named.position(),
            startedAt,
            endedAt,
            true,
            named.report()));
    // Another replica whose model was written down in between took them for leavings.
    boolean areThere = models.pieces(tenant, named.name()) == pieces;
    if (!areThere) keep(tenant, named);
    learning.tenant(tenant).learned(shelf, named);
    madeAt.put(shelf, endedAt);
    return named;
  }

  /** Writes the bytes a second time rather than keeping them: they are as large as the model. */
  private int keep(TenantId tenant, Learned named) {
    int[] piece = {0};
    ModelBytes.write(named, one -> models.keepPiece(tenant, named.name(), piece[0]++, one));
    return piece[0];
  }

  /** When the oldest of the models in force was made. */
  Optional<Instant> oldest() {
    return madeAt.values().stream().min(Comparator.naturalOrder());
  }

  /** Writes down that there was too little to learn from. */
  void tooLittle(
      TenantId tenant, EntityType type, long position, Instant startedAt, Instant endedAt) {
    Optional<ModelRecord> last = models.newest(tenant, 1).stream().findFirst();
    boolean isKnown = last.map(one -> one.name().isEmpty()).orElse(false);
    if (isKnown) return;
    models.record(
        tenant,
        new ModelRecord("", type.value(), position, startedAt, endedAt, false, JsonObject.EMPTY));
  }

  /** Takes models in force that this replica does not have. Cheap where there are none. */
  synchronized void look() {
    for (Models.InForce one : models.inForce()) {
      LiveTenant tenant = learning.tenant(one.tenant());
      Optional<Shelf> shelf = tenant.read(() -> tenant.shelf(new EntityType(one.type())));
      boolean isNews =
          shelf.isPresent()
              && !shelf.get().learned().name().equals(one.name())
              && !unreadable.contains(one.name());
      if (isNews) take(tenant, shelf.get(), one.name());
    }
  }

  private void take(LiveTenant tenant, Shelf shelf, String name) {
    var pieces = new ArrayDeque<byte[]>();
    models.read(tenant.id(), name, pieces::add);
    // Replaced while it was being read: the next look finds the newer one.
    if (pieces.isEmpty()) return;
    try {
      Learned learned = ModelBytes.read(name, pieces);
      tenant.learned(shelf, learned);
      models.find(tenant.id(), name).ifPresent(kept -> madeAt.put(shelf, kept.endedAt()));
    } catch (IllegalArgumentException olderForm) {
      unreadable.add(name);
      LOG.warn("a kept model cannot be read and is made anew in time, model={}", name, olderForm);
    }
  }
}
