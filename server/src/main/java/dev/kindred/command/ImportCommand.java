package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Change;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.Format;
import dev.kindred.transfer.ImportJob;
import dev.kindred.transfer.ImportOptions;
import dev.kindred.transfer.Importer;
import dev.kindred.transfer.Importer.Rejects;
import dev.kindred.transfer.Importer.Result;
import dev.kindred.transfer.Importer.Task;
import dev.kindred.transfer.NothingToTakeIn;
import dev.kindred.transfer.Preset;
import dev.kindred.transfer.RecordKind;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes in files, straight into the database. */
@Command(
    name = "import",
    description =
        "Takes in entities, users or interactions from files: CSV, NDJSON or Parquet, plain or packed with gzip or zstd.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kindred import ratings.csv movies.csv --preset movielens",
      "  kindred import events.csv.gz --map user_id=visitor,entity_id=sku --fill interaction_type=view --dry-run",
      "  kindred import products.ndjson --kind entities --fill entity_type=product",
      "",
      "A run that was cut off goes on where it stopped when it is started again within a day.",
      "Exit codes: 0 everything is kept, 1 it failed, 2 the command line is wrong, 3 some records were refused."
    })
public final class ImportCommand implements Callable<Integer> {

  private static final int SOME_REFUSED = 3;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to take in, in this order.")
  private List<Path> files = List.of();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--kind", description = "entities, interactions or users; found out otherwise.")
  private Optional<String> kind = Optional.empty();

  @Option(names = "--format", description = "csv, ndjson or parquet; found out otherwise.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--preset",
      description = "Whose files they are: movielens, gorse, ecommerce, recombee.")
  private Optional<String> preset = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN",
      description =
          "Which column holds a field. A column may be '#3', 'genres[|]' for several texts in one, or"
              + " 'sku:text' for one that is to be taken as text, number, time or json.")
  private List<String> map = List.of();

  @Option(
      names = "--fill",
      paramLabel = "FIELD=VALUE",
      description = "What a field holds where the file says nothing.")
  private List<String> fill = List.of();

  @Option(
      names = "--delimiter",
      description = "Between values: any characters, or 'tab'; found out otherwise.")
  private Optional<String> delimiter = Optional.empty();

  @Option(
      names = "--no-header",
      description = "The first line holds values already; columns are #1, #2 and so on.")
  private boolean noHeader;

  @Option(
      names = "--encoding",
      defaultValue = "UTF-8",
      description = "Of the text, UTF-8 unless said otherwise.")
  private String encoding = "UTF-8";

  @Option(names = "--tenant", description = "Whose data it is; without it, the default tenant's.")
  private Optional<String> tenant = Optional.empty();

  @Option(names = "--dry-run", description = "Says what would happen, and keeps nothing.")
  private boolean dryRun;

  @Option(
      names = "--again",
      description = "Keeps the records even if a run within the last day kept them.")
  private boolean again;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Where refused records go, with the reason; FILE.rejects.ndjson unless said otherwise.")
  private Optional<Path> rejects = Optional.empty();

  @Option(names = "--json", description = "Prints JSON, a line a file.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ImportOptions how = how();
    var clock = Clock.systemUTC();
    long failed = 0;
    try (OpenStore database = OpenStore.openForBulk(options.load().get(), clock)) {
      var importer =
          new Importer(
              database.intake(clock),
              database::keep,
              Thread.ofPlatform().name("import-commit").daemon().factory(),
              Importer.BatchSize.ALONE);
      TenantId owner = database.tenant(tenant);
      for (Path file : files) failed += run(importer, database, owner, file, how, clock);
    }
    return failed == 0 ? 0 : SOME_REFUSED;
  }

  private ImportOptions how() {
    return new ImportOptions(
        kind.map(RecordKind::of),
        format.map(Format::of),
        preset.map(Preset::of),
        ImportOptions.pairs("--map", map),
        ImportOptions.pairs("--fill", fill),
        delimiter.map(ImportOptions::delimiter),
        noHeader ? Optional.of(false) : Optional.empty(),
        encoding());
  }

  private Charset encoding() {
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new InvalidRequest(
          "there is no encoding '" + encoding + "'; UTF-8 and ISO-8859-1 are some");
    }
  }

  private long run(
      Importer importer,
      OpenStore database,
      TenantId owner,
      Path file,
      ImportOptions how,
      Clock clock)
      throws IOException {
    Path rejected = rejects.orElse(Path.of(file + ".rejects.ndjson"));
    var startedAt = clock.instant();
    try (var in = new FileInputStream(file.toFile());
        var refused = new RejectFile(rejected)) {
      var progress =
          new ImportProgress(in.getChannel(), spec.commandLine().getErr(), System::nanoTime);
      var task =
          new Task(
              owner,
              file.toString(),
              how,
              again
                  ? Optional.empty()
                  : Optional.of(ImportJob.once(file.getFileName() + " " + how)),
              dryRun,
              dryRun ? Rejects.NOWHERE : refused,
              progress);
      Result result = importer.run(in, task);
      if (!dryRun) {
        var job =
            ImportJob.of(
                "job_" + UUID.randomUUID(), owner, result.report(), startedAt, clock.instant());
        database.keepOne(Submission.of(owner, new Change.RecordJob(job)));
      }
      say(file, rejected, result, progress);
      return result.report().failed();
    } catch (NothingToTakeIn known) {
      sayLeftOut(file, known);
      return 0;
    } catch (java.io.FileNotFoundException missing) {
      throw new InvalidRequest("cannot read " + file + ": " + missing.getMessage());
    } catch (KindredException refusal) {
      throw new InvalidRequest(file + ": " + refusal.sentence());
    }
  }

  private void sayLeftOut(Path file, NothingToTakeIn known) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var writer = new JsonWriter().beginObject().field("file", file.toString());
      writer.field("left_out", known.sentence()).endObject();
      out.println(new String(writer.toByteArray(), UTF_8));
    } else {
      out.println(file + ": left out");
      out.println("  note: " + known.sentence());
    }
    out.flush();
  }

  private void say(Path file, Path rejected, Result result, ImportProgress progress) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var writer = new JsonWriter(1 << 10).beginObject().field("file", file.toString());
      writer.field("dry_run", dryRun);
      ImportJob.writeMembers(writer, result);
      out.println(new String(writer.endObject().toByteArray(), UTF_8));
    } else {
      ImportText.print(file, rejected, result, dryRun, progress, out);
    }
    out.flush();
  }
}
