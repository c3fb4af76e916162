package dev.kindred.store;

import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Learned models as bytes, so that replicas and restarts need not learn again. Everything in here
 * can be made anew from the log: bookkeeping, not changes, so nothing takes a position.
 */
public interface Models {

  /** How many records of a tenant are kept; only those in force have bytes. */
  int RECORDS_KEPT = 50;

  /** Which model is in force for which tenant and type. */
  record InForce(TenantId tenant, String type, String name) {}

  /** All models in force, of all tenants. */
  List<InForce> inForce();

  /** What was tried for a tenant, the newest first. */
  List<ModelRecord> newest(TenantId tenant, int limit);

  /** The newest record of that name. */
  Optional<ModelRecord> find(TenantId tenant, String name);

  /** Keeps a piece of a model that is to be; pieces count from 0. */
  void keepPiece(TenantId tenant, String name, int piece, byte[] bytes);

  /** How many pieces of a model there are. */
  int pieces(TenantId tenant, String name);

  /**
   * Writes down what became of an attempt. One that is in force replaces the one before it; the
   * oldest records go where there are too many. The bytes of all that are not in force go, be it
   * that they were replaced or that an attempt left them: whoever keeps pieces at the same time
   * looks whether they are still there once their own attempt is written down.
   */
  void record(TenantId tenant, ModelRecord record);

  /** Hands over the pieces of a model in their order; none for a model that is gone. */
  void read(TenantId tenant, String name, Consumer<byte[]> reader);
}
