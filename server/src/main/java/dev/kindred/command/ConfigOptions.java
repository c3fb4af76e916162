package dev.kindred.command;

import dev.kindred.config.LiveConfig;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags by which every command finds its configuration. */
final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration file, instead of kindred.yaml.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of the embedded database, instead of ./data.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets any configuration key; may be given several times.")
  private Map<String, String> others = Map.of();

  LiveConfig load() {
    return load(Map.of());
  }

  /** Reads the configuration, with further values of the command line. */
  LiveConfig load(Map<String, String> flags) {
    var all = new HashMap<>(others);
    all.putAll(flags);
    file.ifPresent(path -> all.put("KINDRED_CONFIG", path));
    data.ifPresent(path -> all.put("KINDRED_DATA", path));
    return LiveConfig.load(all, System.getenv(), Clock.systemUTC());
  }
}
