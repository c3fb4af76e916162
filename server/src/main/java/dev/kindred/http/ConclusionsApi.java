package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import dev.kindred.measure.experiments.Defaults;
import dev.kindred.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends experiments, and makes what has won the tenant's default. */
final class ConclusionsApi {

  private final Store store;
  private final Writes writes;
  private final Consumer<JsonObject> tenantSettings;

  /**
   * Handles the ends of experiments.
   *
   * @param tenantSettings refuses settings that a tenant may not have
   */
  ConclusionsApi(Store store, Writes writes, Consumer<JsonObject> tenantSettings) {
    this.store = store;
    this.writes = writes;
    this.tenantSettings = tenantSettings;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/api/v1/experiments/{name}/conclude",
            SERVER,
            "Says which variant an experiment ends with",
            this::conclude));
  }

  private Answer conclude(Exchange exchange) {
    var input = Input.read(exchange.body());
    TenantId tenant = exchange.tenant(input.tenant());
    String name = exchange.path("name");
    var changes = new ArrayList<Change>();
    changes.add(new EditExperiment(name, (now, _, at) -> now.concluded(input.variant(), at)));
    if (input.makeDefault()) {
      changes.add(new Change.PutTenantSettings(settings(tenant, name, input.variant())));
    }
    return writes.keepAll(
        exchange,
        tenant,
        changes,
        outcomes -> ExperimentsApi.stored(tenant, outcomes.getFirst(), List.of()));
  }

  private JsonObject settings(TenantId tenant, String name, String variant) {
    JsonObject changed = Defaults.afterWinning(store.tenant(tenant), name, variant);
    tenantSettings.accept(changed);
    return changed;
  }

  /** With what an experiment is to end. */
  private record Input(String variant, boolean makeDefault, Optional<String> tenant) {

    static Input read(byte[] body) {
      var reader = JsonReader.of(body);
      var fields = reader.object();
      String variant = null;
      boolean makeDefault = false;
      Optional<String> tenant = Optional.empty();
      while (fields.next()) {
        switch (fields.name()) {
          case "variant" -> variant = reader.string();
          case "makeDefault" -> makeDefault = reader.bool();
          case "tenant_id" -> tenant = Optional.of(reader.string());
          default -> fields.unknown();
        }
      }
      return new Input(fields.require("variant", variant), makeDefault, tenant);
    }
  }
}
