package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.Parts;
import dev.kindred.collect.NewKey;
import dev.kindred.config.Config;
import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Change;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcStore;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The keys that open the API, straight in the database; running servers notice within a second. */
@Command(
    name = "keys",
    description = "Creates, lists and revokes the keys that open the API.",
    synopsisSubcommandLabel = "create|list|revoke",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kindred keys create --kind server --tenant shop --name till",
      "  kindred keys create --kind publishable --tenant shop --origin https://shop.example",
      "  kindred keys list --json"
    })
public final class KeysCommand {

  private final InstantSource clock = InstantSource.system();

  @Option(names = "--json", description = "Prints JSON.", scope = ScopeType.INHERIT)
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Command(
      description = "Creates a key and prints its secret, which is shown only now.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  kindred keys create --kind server --tenant shop --name till",
        "  kindred keys create --kind publishable --tenant shop --origin https://shop.example"
      },
      mixinStandardHelpOptions = true)
  void create(
      @Mixin ConfigOptions options,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              required = true,
              description = "admin (everything), server (a tenant's data), publishable (browsers).")
          String kind,
      @Option(
              names = "--name",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What people call it.")
          String name,
      @Option(
              names = "--tenant",
              paramLabel = "ID",
              description = "Whose it is; without it, a key for all tenants.")
          Optional<String> tenant,
      @Option(
              names = "--origin",
              paramLabel = "ORIGIN",
              description = "A web origin from which a publishable key counts; may be repeated.")
          List<String> origins,
      @Option(
              names = "--requests-per-minute",
              paramLabel = "NUMBER",
              description = "A limit of its own.")
          Optional<Integer> requestsPerMinute) {
    NewKey made =
        NewKey.make(
            name,
            ApiKey.Kind.of(kind),
            tenant.map(TenantId::new),
            origins == null ? List.of() : origins,
            requestsPerMinute.map(OptionalInt::of).orElse(OptionalInt.empty()),
            clock.instant());
    Config config = options.load().get();
    try (Store store = open(config)) {
      keep(store, config, new Change.CreateKey(made.key()));
    }
    if (json) {
      var writer = new JsonWriter().beginObject();
      write(writer, made.key());
      say(writer.field("key", made.secret()).endObject());
    } else {
      out().println(made.secret());
      err()
          .println(made.key().id() + " created; its secret is on standard output and kept nowhere");
    }
  }

  @Command(
      description = "Lists every key that was ever created; secrets are kept nowhere.",
      footerHeading = "%nExample:%n",
      footer = "  kindred keys list --json",
      mixinStandardHelpOptions = true)
  void list(@Mixin ConfigOptions options) {
    List<ApiKey> keys;
    try (Store store = open(options.load().get())) {
      keys = store.keys().all();
    }
    if (json) {
      var writer = new JsonWriter().beginObject().name("keys").beginArray();
      for (ApiKey key : keys) {
        writer.beginObject();
        write(writer, key);
        writer.endObject();
      }
      say(writer.endArray().endObject());
    } else {
      for (ApiKey key : keys) print(key);
    }
  }

  @Command(
      description = "Revokes a key: it opens nothing any more.",
      footerHeading = "%nExample:%n",
      footer = "  kindred keys revoke key_5d1c0a",
      mixinStandardHelpOptions = true)
  void revoke(
      @Mixin ConfigOptions options,
      @Parameters(paramLabel = "KEY_ID", description = "As 'list' shows it.") String keyId) {
    Config config = options.load().get();
    try (Store store = open(config)) {
      keep(store, config, new Change.RevokeKey(keyId));
    }
    if (json) say(new JsonWriter().beginObject().field("revoked", keyId).endObject());
    else out().println(keyId + " revoked");
  }

  private Store open(Config config) {
    return JdbcStore.open(Parts.database(config), clock, new SecureRandom());
  }

  private static void keep(Store store, Config config, Change change) {
    var tenant = new TenantId(config.tenancy().defaultTenant());
    var receipt = store.log().append(List.of(Submission.of(tenant, change))).getFirst();
    if (receipt.outcomes().getFirst() instanceof Outcome.Refused refused) throw refused.reason();
  }

  private void print(ApiKey key) {
    out()
        .printf(
            "%s  %-11s  %-20s  %s  %s%n",
            key.id(),
            key.kind().word(),
            key.tenant().map(TenantId::value).orElse("(all tenants)"),
            key.revokedAt().map(at -> "revoked " + at).orElse("created " + key.createdAt()),
            key.name());
  }

  private static void write(JsonWriter writer, ApiKey key) {
    writer.field("key_id", key.id()).field("kind", key.kind().word()).field("name", key.name());
    writer.name("tenant_id");
    key.tenant().map(TenantId::value).ifPresentOrElse(writer::string, writer::nothing);
    writer.name("origins").strings(key.origins());
    key.requestsPerMinute().ifPresent(rate -> writer.field("requests_per_minute", rate));
    writer.field("created_at", key.createdAt());
    key.revokedAt().ifPresent(at -> writer.field("revoked_at", at));
  }

  private void say(JsonWriter writer) {
    out().println(new String(writer.toByteArray(), UTF_8));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
