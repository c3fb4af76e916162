package dev.kindred.command;

import dev.kindred.Parts;
import dev.kindred.domain.TenantId;
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
import picocli.CommandLine.Spec;

/** Counts everything anew in the plainest way, and compares. */
@Command(
    name = "verify",
    description =
        "Counts what users did and what came of experiments anew from all that is kept, and"
            + " compares it with what a server would answer. Stop the servers first.",
    footerHeading = "%nExamples:%n",
    footer = {"  kindred verify", "  kindred verify --data /var/lib/kindred"})
public final class VerifyCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  @Mixin private ConfigOptions options = new ConfigOptions();

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
        Verification.Result result = Verification.of(store, behaviours, tenant);
        out.printf(
            "%s: %d users and %d titles compared, %d different%n",
            tenant, result.users(), result.titles(), result.different());
        result.differences().forEach(out::println);
        different += result.different();
        SumsCheck.Result sums = SumsCheck.of(store, tenant);
        out.printf(
            "%s: %d experiments with %d users compared, %d different%n",
            tenant, sums.experiments(), sums.users(), sums.different());
        sums.differences().forEach(out::println);
        different += sums.different();
      }
    }
    out.flush();
    return different == 0 ? 0 : DIFFERENT;
  }
}
