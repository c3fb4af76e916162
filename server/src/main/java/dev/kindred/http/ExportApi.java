package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.Between;
import dev.kindred.store.Store;
import dev.kindred.transfer.Export;
import dev.kindred.transfer.ExportFormat;
import dev.kindred.transfer.ExportWanted;
import dev.kindred.transfer.RecordKind;
import dev.kindred.transfer.UserArchive;
import java.util.List;

/** Everything of a kind, and everything about a user, streamed. */
final class ExportApi {

  private final Store store;

  ExportApi(Store store) {
    this.store = store;
  }

  List<Route> routes() {
    String all = "/api/v1/export/";
    return List.of(
        Route.get(
            all + "entities", SERVER, "Exports entities", at -> export(at, RecordKind.ENTITIES)),
        Route.get(
            all + "interactions",
            SERVER,
            "Exports interactions",
            at -> export(at, RecordKind.INTERACTIONS)),
        Route.get(all + "users", SERVER, "Exports users", at -> export(at, RecordKind.USERS)),
        Route.get(
            "/api/v1/users/{user_id}/export",
            SERVER,
            "Exports everything about a user",
            this::exportUser));
  }

  private Answer export(Exchange exchange, RecordKind kind) {
    Query query = exchange.query();
    ExportFormat format = query.one("format").map(ExportFormat::of).orElse(ExportFormat.JSON);
    var wanted =
        new ExportWanted(
            kind,
            query.one("entity_type").map(ExportApi::entityType),
            query
                .one("last_modified_after")
                .map(text -> ExportWanted.moment("last_modified_after", text)),
            new Between(
                query.one("start_date").map(text -> ExportWanted.moment("start_date", text)),
                query.one("end_date").map(text -> ExportWanted.end("end_date", text))),
            query.flag("include_vectors", false));
    Export export = Export.begin(store.tenant(exchange.tenant()), wanted);
    return Answer.stream(format.mediaType(), out -> export.writeTo(out, format))
        .with("Content-Disposition", attachment(kind.word() + "." + format.word()));
  }

  private static EntityType entityType(String name) {
    try {
      return new EntityType(name);
    } catch (InvalidRequest refused) {
      throw refused.at("entity_type");
    }
  }

  private Answer exportUser(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var user = new UserId(exchange.path("user_id"));
    UserArchive archive =
        UserArchive.of(store.tenant(tenant), user).orElseThrow(() -> NotFound.user(user));
    return Answer.stream("application/zip", archive::writeTo)
        .with("Content-Disposition", attachment("user.zip"));
  }

  private static String attachment(String fileName) {
    return "attachment; filename=\"" + fileName + "\"";
  }
}
