package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.collect.EntityInput;
import dev.kindred.collect.EntityIntake;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import java.util.List;
import java.util.Optional;

/**
 * Products as shop plugins send them: the path names the tenant, and a product is an entity of the
 * type {@code product} unless it says otherwise.
 */
final class ProductsApi {

  private static final EntityType PRODUCT = new EntityType("product");

  private final Writes writes;
  private final EntityIntake intake;

  ProductsApi(Writes writes, EntityIntake intake) {
    this.writes = writes;
    this.intake = intake;
  }

  List<Route> routes() {
    String all = "/api/v1/products/{tenant}";
    return List.of(
        Route.post(all, SERVER, "Creates or replaces a product", this::put),
        Route.delete(all + "/{entity_id}", SERVER, "Deletes a product", this::delete));
  }

  private Answer put(Exchange exchange) {
    var reader = JsonReader.of(exchange.body());
    EntityInput input = intake.read(reader);
    TenantId tenant = tenant(exchange);
    input.tenant().ifPresent(named -> requireSame(tenant, named));
    EntityId id =
        input.id().orElseThrow(() -> InvalidRequest.at("/entity_id", "entity_id is required"));
    var key = new EntityKey(input.type().orElse(PRODUCT), id);
    Change change = intake.put(tenant, key, input, PutMode.UPSERT);
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> EntitiesApi.stored(tenant, outcome, reader.unknownFields()));
  }

  private Answer delete(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    EntityType type = exchange.query().one("entity_type").map(EntityType::new).orElse(PRODUCT);
    var key = new EntityKey(type, new EntityId(exchange.path("entity_id")));
    return writes.keep(exchange, tenant, new Change.DeleteEntity(key), _ -> Answer.noContent());
  }

  private static TenantId tenant(Exchange exchange) {
    return exchange.tenant(Optional.of(exchange.path("tenant")));
  }

  private static void requireSame(TenantId tenant, String named) {
    if (named.equals(tenant.value())) return;
    throw InvalidRequest.at(
        "/tenant_id", "tenant_id must be the path's, '" + tenant + "', got " + Shown.value(named));
  }
}
