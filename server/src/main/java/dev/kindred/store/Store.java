package dev.kindred.store;

import dev.kindred.domain.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is kept, handed out role by role.
 *
 * <p>All writing goes through {@link #log()}; all reading of a tenant's data through {@link
 * #tenant}. Every method may throw {@link dev.kindred.domain.Unavailable} when the database is out
 * of reach. Safe for any number of threads.
 */
public interface Store extends AutoCloseable {

  EventLog log();

  /** The data of one tenant. The tenant need not exist yet: it does from its first write on. */
  TenantStore tenant(TenantId id);

  Tenants tenants();

  Keys keys();

  Jobs jobs();

  Webhooks webhooks();

  /** What behaviours added up to that are no longer kept one by one. */
  Retention retention();

  Models models();

  /** Where the database itself finds nearest neighbours; absent where the process does. */
  default Optional<VectorIndex> vectorIndex() {
    return Optional.empty();
  }

  /**
   * Asks the database for a sign of life; throws {@link dev.kindred.domain.Unavailable} if there is
   * none.
   */
  void check();

  PoolStats pool();

  /**
   * Tells this database from all others, also from one that takes its place later; a copy of it is
   * the same.
   */
  String identity();

  /** Which database this is, in a word. */
  String kind();

  /** Which database this is and how it is set up, for people: for example its version. */
  Map<String, String> describe();

  @Override
  void close();

  /** How many connections there are. */
  record PoolStats(int idle, int active, int max, int waiting) {}

  /** The tenants there are. */
  interface Tenants {

    /** The names of all tenants that were ever written to, in order. */
    List<TenantId> all();

    /** The tenant of a number that stands in an event. */
    TenantId named(int number);

    boolean exists(TenantId id);
  }
}
