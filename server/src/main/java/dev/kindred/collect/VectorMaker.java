package dev.kindred.collect;

import dev.kindred.domain.Entity;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;

/** Makes the vectors of entities whose callers give none. */
public interface VectorMaker {

  /** How many numbers every vector has. */
  int dimension();

  /** The vector of these attributes under the tenant's present statistics. */
  FeatureVector make(TenantId tenant, JsonObject attributes);

  /**
   * The entity with a vector that is made with the tenant's present statistics, unless it was
   * given.
   */
  Entity upToDate(TenantId tenant, Entity entity);
}
