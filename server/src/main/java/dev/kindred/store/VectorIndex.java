package dev.kindred.store;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Nearest neighbours found by the database itself. It keeps a copy of every vector in step with the
 * entities; the graph over them is built and dropped by a job, since each insertion costs more with
 * it.
 */
public interface VectorIndex {

  /**
   * The entities of a tenant and type whose vectors point most nearly in this direction, best
   * first: as many as asked for wherever there are so many.
   */
  List<Neighbour> nearest(TenantId tenant, EntityType type, float[] query, int count);

  /** The vectors of those of these entities that have a copy, at unit length, by number. */
  Map<Integer, float[]> vectors(TenantId tenant, Collection<Integer> entities);

  /** The mean of the directions of all vectors of a tenant and type; all 0 where there are none. */
  float[] mean(TenantId tenant, EntityType type);

  /**
   * Copies the vectors that have no copy yet; returns how many. Others may write meanwhile.
   *
   * @param goOn called again and again; may throw to end it, and what is copied stays
   */
  int fill(Runnable goOn);

  /** How many copies there are. */
  long copies();

  /** Builds the graph, if it is not there; others may read and write meanwhile. */
  void build();

  /** Drops the graph; searches are exact scans then. */
  void drop();

  /** Whether the graph is there and whole. */
  boolean isBuilt();

  /**
   * An entity, by its number, and the cosine of the angle between its vector and the one asked for.
   */
  record Neighbour(int entity, double similarity) {}
}
