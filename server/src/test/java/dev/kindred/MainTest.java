package dev.kindred;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  /** What a command came to. */
  private record Result(int exitCode, String out, String err) {}

  @Test
  void config_prints_every_key_with_its_value_and_its_source() {
    var result = run("config", "--set", "PORT=9999", "--set", "API_KEY=correct-horse");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsPattern("PORT +flag +9999\n")
        .containsPattern("API_KEY +flag +\\*\\*\\*\\*\n")
        .containsPattern("LOG_FORMAT +default +json\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void config_prints_json_where_asked_to() {
    var result = run("config", "--json", "--set", "RATE_LIMIT_ENABLED=no");
    assertThat(result.out())
        .startsWith("{")
        .contains("\"name\":\"RATE_LIMIT_ENABLED\",\"value\":false,\"source\":\"flag\"")
        .contains("\"name\":\"PORT\",\"value\":8080,")
        .contains("\"name\":\"REDIS_URL\",\"value\":null,");
  }

  @Test
  void a_wrong_configuration_is_told_in_a_line_each_and_exits_with_2() {
    var result = run("config", "--set", "PORT=http", "--set", "PROT=1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines())
        .containsExactlyInAnyOrder(
            "kindred: PORT must be a whole number from 0 to 65535, got 'http'",
            "kindred: unknown key 'PROT'; the nearest known one is PORT");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void a_wrong_command_line_is_told_in_one_line_and_exits_with_2() {
    for (String[] wrong :
        new String[][] {{"sevre"}, {}, {"config", "--jsn"}, {"config", "--set", "PORT"}}) {
      var result = run(wrong);
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err().lines()).hasSize(1);
      assertThat(result.err()).startsWith("kindred: ").contains("; see 'kindred ");
    }
  }

  @Test
  void help_lists_the_commands_and_explains_one() {
    assertThat(run("help").out()).contains("config", "version");
    assertThat(run("help", "config").out()).contains("--config", "--data", "--json");
    assertThat(run("--help").exitCode()).isZero();
  }

  @Test
  void every_command_explains_itself_with_an_example_of_its_own() {
    for (CommandLine command : commands(Main.commandLine())) {
      String name = command.getCommandSpec().qualifiedName();
      var help = run((name + " --help").replaceFirst("kindred ", "").split(" ", -1));
      assertThat(help.exitCode()).as(name).isZero();
      String[] parts = help.out().split("Examples?:", -1);
      assertThat(parts).as(name).hasSize(2);
      assertThat(parts[0]).contains("Usage: " + name);
      assertThat(parts[1]).contains(name);
    }
    assertThat(run("keys", "create", "--help").out()).contains("--kind");
    assertThat(run("--help").out()).contains("Exit codes:", "3   it is done in part");
  }

  @Test
  void every_command_that_answers_something_answers_in_json_where_asked_to() {
    for (CommandLine command : commands(Main.commandLine())) {
      String name = command.getCommandSpec().qualifiedName();
      if (name.equals("kindred completion") || !command.getSubcommands().isEmpty()) continue;
      assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--json");
    }
  }

  @Test
  void shells_can_complete_commands_and_options() throws Exception {
    for (String shell : new String[] {"bash", "zsh"}) {
      String script = run("completion", shell).out();
      assertThat(script).contains("import", "--preset", "services");
      var check = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
      try (var in = check.outputWriter()) {
        in.write(script);
      }
      assertThat(new String(check.getInputStream().readAllBytes(), UTF_8)).isEmpty();
      assertThat(check.waitFor()).isZero();
    }
    assertThat(run("completion", "fish").err()).contains("must be bash or zsh, got 'fish'");
  }

  @Test
  void version_says_which_program_this_is() {
    assertThat(run("version").out()).startsWith("kindred ");
    assertThat(run("--version").out()).startsWith("kindred ");
  }

  /** All that a command is made of, but for the one that explains the others. */
  private static List<CommandLine> commands(CommandLine command) {
    var all = new ArrayList<CommandLine>();
    for (CommandLine part : command.getSubcommands().values()) {
      if (part.getCommandName().equals("help")) continue;
      all.add(part);
      all.addAll(commands(part));
    }
    return all;
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
