package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.Parts;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.Verification;
import dev.kindred.measure.experiments.SumsCheck;
import dev.kindred.store.jdbc.JdbcStore;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts everything anew in the plainest way, and compares. */
@Command(
    name = "verify",
    description =
        "Counts what users did and what came of experiments anew from all that is kept, and"
            + " compares it with what a server would answer. Stop the servers first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kindred verify",
      "  kindred verify --data /var/lib/kindred --json",
      "",
      "Exit codes: 0 all is equal, 1 something differs, 2 the command line is wrong."
    })
public final class VerifyCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Prints JSON, a line a tenant.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var settings = Parts.database(options.load().get());
    PrintWriter out = spec.commandLine().getOut();
    long different = 0;
    try (JdbcStore store = JdbcStore.open(settings, Clock.systemUTC(), new SecureRandom())) {
      var behaviours = new Behaviours(store, Clock.systemUTC());
      behaviours.load();
      for (TenantId tenant : store.tenants().all()) {
        Verification.Result counts = Verification.of(store, behaviours, tenant);
        SumsCheck.Result sums = SumsCheck.of(store, tenant);
        if (json) out.println(new String(json(tenant, counts, sums), UTF_8));
        else print(tenant, counts, sums, out);
        different += counts.different() + sums.different();
      }
    }
    out.flush();
    return different == 0 ? 0 : DIFFERENT;
  }

  private static void print(
      TenantId tenant, Verification.Result counts, SumsCheck.Result sums, PrintWriter out) {
    out.printf(
        "%s: %d users and %d titles compared, %d different%n",
        tenant, counts.users(), counts.titles(), counts.different());
    counts.differences().forEach(out::println);
    out.printf(
        "%s: %d experiments with %d users compared, %d different%n",
        tenant, sums.experiments(), sums.users(), sums.different());
    sums.differences().forEach(out::println);
  }

  private static byte[] json(TenantId tenant, Verification.Result counts, SumsCheck.Result sums) {
    var writer = new JsonWriter().beginObject().field("tenant_id", tenant.value());
    writer.name("behaviour").beginObject();
    writer.field("users", counts.users()).field("titles", counts.titles());
    writer.field("different", counts.different());
    writer.name("differences").strings(counts.differences()).endObject();
    writer.name("experiments").beginObject();
    writer.field("experiments", sums.experiments()).field("users", sums.users());
    writer.field("different", sums.different());
    writer.name("differences").strings(sums.differences()).endObject();
    return writer.endObject().toByteArray();
  }
}
