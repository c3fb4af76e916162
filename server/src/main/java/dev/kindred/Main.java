package dev.kindred;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.command.CompletionCommand;
import dev.kindred.command.ConfigCommand;
import dev.kindred.command.DemoCommand;
import dev.kindred.command.ExportCommand;
import dev.kindred.command.FollowCommand;
import dev.kindred.command.ImportCommand;
import dev.kindred.command.KeysCommand;
import dev.kindred.command.MigrateCommand;
import dev.kindred.command.ServeCommand;
import dev.kindred.command.TrainCommand;
import dev.kindred.command.VerifyCommand;
import dev.kindred.config.ConfigError;
import dev.kindred.domain.KindredException;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.jdbc.MigrationProblem;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Picks a command.
 *
 * <p>What commands answer goes to standard output, everything else to standard error. Exit codes: 0
 * it is done, 1 it failed, 2 the command line or the configuration is wrong, 3 it is done in part.
 */
@Command(
    name = "kindred",
    description = "Kindred, a recommendation engine.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is done",
      "1:it failed",
      "2:the command line or the configuration is wrong",
      "3:it is done in part: an import refused some records"
    },
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      TrainCommand.class,
      MigrateCommand.class,
      FollowCommand.class,
      KeysCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      VerifyCommand.class,
      Main.VersionCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable, IVersionProvider {

  private static final int FAILED = 1;
  private static final int WRONG = 2;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var all =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::wrong)
            .setExecutionExceptionHandler(Main::failed);
    explain(all);
    return all;
  }

  /**
   * Every command explains itself. Those that are methods say so themselves: options added here
   * would shift their arguments.
   */
  private static void explain(CommandLine command) {
    for (CommandLine part : command.getSubcommands().values()) {
      if (part.getCommand() instanceof HelpCommand) continue;
      boolean isMethod = part.getCommandSpec().userObject() instanceof Method;
      if (!isMethod) part.getCommandSpec().mixinStandardHelpOptions(true);
      explain(part);
    }
  }

  /** Without a command: says what there is. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"kindred " + Version.text()};
  }

  private static int wrong(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    complain(command, mistake.getMessage() + "; see '" + help(command.getCommandSpec()) + "'");
    return WRONG;
  }

  private static String help(CommandSpec command) {
    CommandSpec parent = command.parent();
    return parent == null
        ? command.name() + " help"
        : parent.qualifiedName() + " help " + command.name();
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    switch (failure) {
      case ConfigError mistake -> {
        mistake.problems().forEach(problem -> complain(command, problem));
        return WRONG;
      }
      case KindredException refused -> complain(command, refused.sentence());
      case UncheckedIOException refused -> complain(command, String.valueOf(refused.getMessage()));
      case MigrationProblem problem -> complain(command, String.valueOf(problem.getMessage()));
      default ->
          LoggerFactory.getLogger(Main.class).error("this should not have happened", failure);
    }
    return FAILED;
  }

  private static void complain(CommandLine command, String sentence) {
    PrintWriter err = command.getErr();
    err.println("kindred: " + sentence.strip());
    err.flush();
  }

  /** Prints which program this is. */
  @Command(
      name = "version",
      description = "Prints the version.",
      footerHeading = "%nExample:%n",
      footer = "  kindred version --json")
  static final class VersionCommand implements Runnable {

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        var version = new JsonWriter().beginObject().field("version", Version.text()).endObject();
        out.println(new String(version.toByteArray(), UTF_8));
      } else {
        spec.root().commandLine().printVersionHelp(out);
      }
    }
  }
}
