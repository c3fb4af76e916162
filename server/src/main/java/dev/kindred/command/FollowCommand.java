package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.kindred.Follows;
import dev.kindred.config.Config;
import dev.kindred.config.ConfigError;
import dev.kindred.config.Secret;
import dev.kindred.follow.MainDatabase;
import dev.kindred.follow.MappingCheck;
import dev.kindred.json.JsonWriter;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the following of a shop's own database. */
@Command(
    name = "follow",
    description = "Looks after the following of a shop's own database.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  kindred follow check --set MAIN_DATABASE_URL=postgresql://localhost/shop",
    subcommands = FollowCommand.Check.class)
public final class FollowCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "follow needs a command: check");
  }

  /** Tries the mapping. */
  @Command(
      name = "check",
      description =
          "Tries FOLLOW_MAPPING against MAIN_DATABASE_URL, and prints the first rows as Kindred"
              + " would read them, or what is wrong and where.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  kindred follow check --set MAIN_DATABASE_URL=postgresql://localhost/shop",
        "  kindred follow check --config shop.yaml --json",
        "",
        "Exit codes: 0 the mapping fits, 1 it does not, 2 the command line is wrong."
      })
  static final class Check implements Callable<Integer> {

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      Config.Following said = options.load().get().following();
      Secret address =
          said.url()
              .orElseThrow(
                  () -> new ConfigError("MAIN_DATABASE_URL is not set: there is nothing to check"));
      PrintWriter out = spec.commandLine().getOut();
      var lines = new ArrayList<String>();
      try (HikariDataSource connections = Follows.connections(said, address)) {
        int problems =
            new MappingCheck(
                    new MainDatabase(connections),
                    Clock.systemUTC(),
                    json ? lines::add : out::println)
                .run(Follows.mapping(said));
        if (json) out.println(new String(json(problems, lines), UTF_8));
        else out.println(problems == 0 ? "the mapping fits" : problems + " problems");
        out.flush();
        return problems == 0 ? 0 : 1;
      }
    }

    private static byte[] json(int problems, List<String> lines) {
      var writer = new JsonWriter().beginObject().field("fits", problems == 0);
      writer.field("problems", problems).name("lines").strings(lines);
      return writer.endObject().toByteArray();
    }
  }
}
