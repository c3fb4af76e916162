package dev.kindred.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.config.ConfigJson;
import dev.kindred.config.ConfigValues.Shown;
import dev.kindred.config.LiveConfig;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the configuration that a server started like this would have. */
@Command(
    name = "config",
    description = "Prints every configuration key, its value and where that came from.",
    footerHeading = "%nExamples:%n",
    footer = {"  kindred config", "  kindred config --config /etc/kindred.yaml --json"})
public final class ConfigCommand implements Runnable {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    LiveConfig config = options.load();
    PrintWriter out = spec.commandLine().getOut();
    if (json) out.println(new String(ConfigJson.of(config), UTF_8));
    else print(config.shown(), out);
    out.flush();
  }

  private static void print(List<Shown> values, PrintWriter out) {
    int longest = values.stream().mapToInt(v -> v.setting().name().length()).max().orElse(0);
    for (Shown value : values) {
      out.printf(
          "%-" + longest + "s  %-11s  %s%n",
          value.setting().name(),
          value.source().word(),
          value.value());
    }
  }
}
