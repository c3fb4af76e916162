package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.EntityType;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Interactions.Between;
import dev.kindred.transfer.Export;
import dev.kindred.transfer.ExportFormat;
import dev.kindred.transfer.ExportWanted;
import dev.kindred.transfer.RecordKind;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes all that a tenant has of a kind, straight from the database. */
@Command(
    name = "export",
    description = "Writes all entities, interactions or users, in constant memory.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kindred export entities --out products.ndjson.gz",
      "  kindred export interactions --format csv --start-date 2026-01-01 > january.csv",
      "",
      "What is exported can be imported again, and comes to the same.",
      "Exit codes: 0 everything is written, 1 it failed, 2 the command line is wrong."
    })
public final class ExportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KIND", description = "entities, interactions or users.")
  private String kind = "";

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--format", description = "ndjson (unless said otherwise), csv or json.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to, instead of standard output; one that ends in .gz is packed.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--tenant", description = "Whose data it is; without it, the default tenant's.")
  private Optional<String> tenant = Optional.empty();

  @Option(names = "--entity-type", description = "Only those of this type.")
  private Optional<String> entityType = Optional.empty();

  @Option(
      names = "--last-modified-after",
      paramLabel = "TIME",
      description = "Only entities and users that changed after that.")
  private Optional<String> modifiedAfter = Optional.empty();

  @Option(
      names = "--start-date",
      paramLabel = "TIME",
      description = "Only what happened from then on: a time, or a day in UTC.")
  private Optional<String> start = Optional.empty();

  @Option(
      names = "--end-date",
      paramLabel = "TIME",
      description = "Only what happened before then; a day is still in it.")
  private Optional<String> end = Optional.empty();

  @Option(names = "--include-vectors", description = "Entities with their feature vectors.")
  private boolean vectors;

  @Option(
      names = "--json",
      description = "Prints the result as JSON, where --out takes the records.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var wanted =
        new ExportWanted(
            RecordKind.of(kind),
            entityType.map(EntityType::new),
            modifiedAfter.map(text -> ExportWanted.moment("--last-modified-after", text)),
            new Between(
                start.map(text -> ExportWanted.moment("--start-date", text)),
                end.map(text -> ExportWanted.end("--end-date", text))),
            vectors);
    ExportFormat how = format.map(ExportFormat::of).orElse(ExportFormat.NDJSON);
    try (OpenStore database = OpenStore.open(options.load().get(), Clock.systemUTC())) {
      Export export = Export.begin(database.store().tenant(database.tenant(tenant)), wanted);
      try (OutputStream out = out()) {
        tell(export.writeTo(out, how));
      }
    }
    return 0;
  }

  private OutputStream out() throws IOException {
    if (file.isEmpty()) return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    var out = new BufferedOutputStream(Files.newOutputStream(file.get()));
    return file.get().toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
  }

  private void tell(long records) {
    boolean onOut = json && file.isPresent();
    PrintWriter writer = onOut ? spec.commandLine().getOut() : spec.commandLine().getErr();
    if (json) {
      var told = new JsonWriter().beginObject().field("kind", kind).field("records", records);
      writer.println(new String(told.endObject().toByteArray(), UTF_8));
    } else {
      writer.printf("%,d %s%n", records, kind);
    }
    writer.flush();
  }
}
