package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.Parts;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.jdbc.MigrationStatus;
import dev.kindred.store.jdbc.MigrationStatus.State;
import dev.kindred.store.jdbc.Migrator;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Brings the tables of the database to the shape that this program needs, and back. */
@Command(
    name = "migrate",
    description = "Changes the tables of the database, and tells how they are.",
    synopsisSubcommandLabel = "up|down|status|validate",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kindred migrate status",
      "  kindred migrate up --set DATABASE_URL=postgresql://localhost/kindred",
      "  kindred migrate down --to 3"
    })
public final class MigrateCommand {

  @Option(names = "--json", description = "Prints JSON.", scope = ScopeType.INHERIT)
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Command(
      description = "Applies what is pending.",
      footerHeading = "%nExample:%n",
      footer = "  kindred migrate up --set DATABASE_URL=postgresql://localhost/kindred",
      mixinStandardHelpOptions = true)
  void up(@Mixin ConfigOptions options) {
    try (Migrator migrator = connect(options)) {
      int applied = migrator.up();
      tell("applied", applied, migrator.version());
    }
  }

  @Command(
      description = "Takes migrations back; what was stored in their tables is lost.",
      footerHeading = "%nExamples:%n",
      footer = {"  kindred migrate down", "  kindred migrate down --to 3"},
      mixinStandardHelpOptions = true)
  void down(
      @Mixin ConfigOptions options,
      @Option(
              names = "--to",
              paramLabel = "VERSION",
              description =
                  "The version to go back to, 0 for an empty database; without it, one step.")
          Optional<Integer> to) {
    try (Migrator migrator = connect(options)) {
      int reverted = migrator.downTo(to.orElseGet(() -> oneBefore(migrator)));
      tell("taken back", reverted, migrator.version());
    }
  }

  @Command(
      description = "Lists every migration, and when it was applied.",
      footerHeading = "%nExample:%n",
      footer = "  kindred migrate status --json",
      mixinStandardHelpOptions = true)
  void status(@Mixin ConfigOptions options) {
    try (Migrator migrator = connect(options)) {
      List<MigrationStatus> status = migrator.status();
      PrintWriter out = spec.commandLine().getOut();
      if (json) out.println(new String(json(status, migrator.version()), UTF_8));
      else status.forEach(line -> print(line, out));
    }
  }

  @Command(
      description = "Fails unless the tables are what this program needs.",
      footerHeading = "%nExample:%n",
      footer = "  kindred migrate validate && kindred serve",
      mixinStandardHelpOptions = true)
  void validate(@Mixin ConfigOptions options) {
    try (Migrator migrator = connect(options)) {
      migrator.validate();
      tell("valid", 0, migrator.version());
    }
  }

  private static Migrator connect(ConfigOptions options) {
    return Migrator.connect(Parts.database(options.load().get()), InstantSource.system());
  }

  private static int oneBefore(Migrator migrator) {
    int present = migrator.version();
    return migrator.status().stream()
        .filter(line -> line.state() == State.APPLIED && line.version() < present)
        .mapToInt(MigrationStatus::version)
        .max()
        .orElse(0);
  }

  private void tell(String what, int count, int version) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var writer = new JsonWriter().beginObject().field("result", what);
      writer.field("migrations", count).field("version", version);
      out.println(new String(writer.endObject().toByteArray(), UTF_8));
    } else if (count == 0) {
      out.println("nothing to do: the database is at version " + version);
    } else {
      out.println(count + " " + what + "; the database is at version " + version);
    }
  }

  private static void print(MigrationStatus line, PrintWriter out) {
    out.printf(
        "%3d  %-8s  %-40s  %s%n",
        line.version(),
        word(line.state()),
        line.description(),
        line.at().map(at -> at + " in " + line.took().toMillis() + " ms").orElse(""));
  }

  private static byte[] json(List<MigrationStatus> status, int version) {
    var writer = new JsonWriter().beginObject().field("version", version);
    writer.name("migrations").beginArray();
    for (MigrationStatus line : status) {
      writer.beginObject().field("version", line.version());
      writer.field("description", line.description()).field("state", word(line.state()));
      line.at().ifPresent(at -> writer.field("at", at));
      writer.field("took_ms", line.took().toMillis()).endObject();
    }
    return writer.endArray().endObject().toByteArray();
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
