package dev.kindred.http;

import static dev.kindred.http.Access.ADMIN;

import dev.kindred.domain.Change;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.TenantSettings;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import dev.kindred.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What tenants have set for themselves, version by version. */
final class TenantsApi {

  private static final int HISTORY_DEFAULT = 50;
  private static final int HISTORY_MAX = 1_000;

  private final Store store;
  private final Writes writes;
  private final Consumer<JsonObject> check;

  /**
   * Handles tenants' settings.
   *
   * @param check refuses settings that a tenant may not have
   */
  TenantsApi(Store store, Writes writes, Consumer<JsonObject> check) {
    this.store = store;
    this.writes = writes;
    this.check = check;
  }

  List<Route> routes() {
    String config = "/api/v1/tenants/{tenant_id}/config";
    return List.of(
        Route.get(config, ADMIN, "What a tenant has set", this::get),
        Route.put(config, ADMIN, "Replaces a tenant's settings", this::put),
        Route.get(config + "/history", ADMIN, "Every version of them", this::history),
        Route.post(config + "/rollback", ADMIN, "Puts a version in force again", this::rollBack));
  }

  private Answer get(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    TenantSettings settings = store.tenant(tenant).settings().current();
    if (settings.version() == 0 && !store.tenants().exists(tenant)) throw NotFound.tenant(tenant);
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, tenant, settings);
    return Answer.ok(writer.endObject().toByteArray());
  }

  private Answer put(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    var reader = JsonReader.of(exchange.body());
    JsonObject settings = reader.object(Limits.SETTINGS);
    reader.end();
    return store(exchange, tenant, settings);
  }

  private Answer store(Exchange exchange, TenantId tenant, JsonObject settings) {
    check.accept(settings);
    return writes.keep(
        exchange,
        tenant,
        new Change.PutTenantSettings(settings),
        outcome -> {
          var stored = (Outcome.TenantSettingsStored) outcome;
          var writer = new JsonWriter().beginObject();
          writeMembers(writer, tenant, stored.settings());
          writer.field("position", stored.position());
          return Answer.ok(writer.endObject().toByteArray()).at(stored.position());
        });
  }

  private Answer history(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    int limit = exchange.query().number("limit", HISTORY_DEFAULT, 1, HISTORY_MAX);
    var writer = new JsonWriter().beginObject().name("versions").beginArray();
    for (TenantSettings settings : store.tenant(tenant).settings().history(limit)) {
      writer.beginObject();
      writeMembers(writer, tenant, settings);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private Answer rollBack(Exchange exchange) {
    TenantId tenant = tenant(exchange);
    long version = -1;
    var reader = JsonReader.of(exchange.body());
    for (var fields = reader.object(); fields.next(); ) {
      if (fields.name().equals("version")) version = reader.integer(0, Long.MAX_VALUE);
      else fields.unknown();
    }
    if (version < 0) throw InvalidRequest.at("/version", "version is required");
    return store(exchange, tenant, version(tenant, version));
  }

  private JsonObject version(TenantId tenant, long version) {
    if (version == 0) return JsonObject.EMPTY;
    return store.tenant(tenant).settings().history(HISTORY_MAX).stream()
        .filter(settings -> settings.version() == version)
        .findFirst()
        .orElseThrow(() -> NotFound.of("version of the settings", Long.toString(version)))
        .settings();
  }

  /** The path names the tenant; a key or header that names another is refused. */
  private static TenantId tenant(Exchange exchange) {
    return exchange.tenant(Optional.of(exchange.path("tenant_id")));
  }

  private static void writeMembers(JsonWriter writer, TenantId tenant, TenantSettings settings) {
    writer.field("tenant_id", tenant.value());
    writer.field("version", settings.version());
    writer.field("config", settings.settings());
    if (settings.version() > 0) writer.field("updated_at", settings.at());
  }
}
