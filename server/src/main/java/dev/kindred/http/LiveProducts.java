package dev.kindred.http;

import dev.kindred.activity.Activity;
import dev.kindred.activity.LiveCounters;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Catalog;
import dev.kindred.store.Store;
import java.util.List;
import java.util.OptionalInt;

/** The live counters of one tenant's products, by their outside ids. */
record LiveProducts(TenantId tenant, Store store, LiveCounters counters) {

  private static final EntityType PRODUCT = new EntityType("product");

  /** The number of a product; absent while nobody has named it. */
  OptionalInt number(EntityId id) {
    Catalog catalog = store.tenant(tenant).catalog();
    OptionalInt product = catalog.number(new EntityKey(PRODUCT, id));
    if (product.isPresent()) return product;
    List<EntityType> types = catalog.namedTypesOf(id);
    return types.size() == 1
        ? catalog.number(new EntityKey(types.getFirst(), id))
        : OptionalInt.empty();
  }

  Activity activity(int number) {
    return counters.of(tenant, number);
  }
}
