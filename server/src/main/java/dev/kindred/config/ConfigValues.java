package dev.kindred.config;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every key is set to, and by whom: flags count before the environment, that before the file,
 * that before the defaults.
 */
public final class ConfigValues {

  /** Who set a value. */
  public enum Source {
    FLAG,
    ENVIRONMENT,
    FILE,
    TENANT,
    DEFAULT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A key, what it is set to, and by whom.
   *
   * @param value as text that may be shown
   * @param parsed what the program makes of it; not to be shown for secrets
   */
  public record Shown(Setting<?> setting, String value, Object parsed, Source source) {

    @Override
    public String toString() {
      return setting.name() + "=" + value + " (" + source.word() + ")";
    }
  }

  private record Value(String text, Source source, Object parsed) {}

  private final Map<Setting<?>, Value> values;
  private final Config config;

  private ConfigValues(Map<Setting<?>, Value> values) {
    this.values = values;
    this.config = Config.from(this);
  }

  /** The defaults, with some keys set otherwise. */
  static ConfigValues of(Map<String, String> settings) {
    return of(settings, Map.of(), Map.of());
  }

  /**
   * Puts the sources together; all problems are told at once.
   *
   * @param flags by the names of {@link Settings}; unknown ones are an error
   * @param environment holds much else beside our keys
   * @param file by names in any case; unknown ones are an error
   */
  static ConfigValues of(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    var problems = new ArrayList<String>();
    var fromFlags = known(flags, problems);
    var fromFile = known(file, problems);
    if (fromFile.containsKey(Settings.KINDRED_CONFIG.name())) {
      problems.add("KINDRED_CONFIG must be set by --config or in the environment, not in the file");
    }
    var values = new LinkedHashMap<Setting<?>, Value>();
    for (Setting<?> setting : Settings.ALL) {
      String name = setting.name();
      String inEnvironment = inEnvironment(setting, environment);
      String flag = fromFlags.get(name);
      String inFile = fromFile.get(name);
      try {
        if (flag != null) values.put(setting, value(setting, flag, Source.FLAG));
        else if (inEnvironment != null)
          values.put(setting, value(setting, inEnvironment, Source.ENVIRONMENT));
        else if (inFile != null && !inFile.isEmpty())
          values.put(setting, value(setting, inFile, Source.FILE));
        else values.put(setting, value(setting, setting.standard(), Source.DEFAULT));
      } catch (ConfigError e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) throw new ConfigError(problems);
    return new ConfigValues(values);
  }

  /** The same with the keys that may change taken from {@code newer}. */
  ConfigValues withLiveOf(ConfigValues newer) {
    var merged = new LinkedHashMap<>(values);
    newer.values.forEach((setting, value) -> {
      if (setting.isLive()) merged.put(setting, value);
    });
    return new ConfigValues(merged);
  }

  /**
   * The configuration of a tenant that has set some keys for itself.
   *
   * @param own by the names of {@link Settings}, in any case
   * @throws InvalidRequest for a key that tenants may not set, and for a wrong value
   */
  Config forTenant(JsonObject own) {
    if (own.isEmpty()) return config;
    var merged = new LinkedHashMap<>(values);
    var reader = JsonReader.of(own);
    for (var fields = reader.object(); fields.next(); ) {
      Setting<?> setting = ofTenants(fields.name(), reader);
      try {
        merged.put(setting, value(setting, scalar(reader), Source.TENANT));
      } catch (ConfigError wrong) {
        throw reader.invalid(wrong.problems().getFirst());
      }
    }
    try {
      return Config.from(new ConfigValues(merged));
    } catch (ConfigError contradiction) {
      throw new InvalidRequest(contradiction.problems().getFirst());
    }
  }

  private static Setting<?> ofTenants(String name, JsonReader reader) {
    return Settings.named(name)
        .filter(setting -> setting.reach() == Setting.Reach.TENANT)
        .orElseThrow(() ->
            reader.invalid(
                "a tenant may set "
                    + Settings.ALL.stream()
                        .filter(setting -> setting.reach() == Setting.Reach.TENANT)
                        .map(Setting::name)
                        .collect(Collectors.joining(", "))
                    + "; not this"));
  }

  private static String scalar(JsonReader reader) {
    if (reader.kind() != JsonReader.Kind.NUMBER) return reader.string();
    double number = reader.number();
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** The names of the keys that are set to something else there. */
  List<Setting<?>> differingFrom(ConfigValues other) {
    return Settings.ALL.stream()
        .filter(setting -> !textOf(setting).equals(other.textOf(setting)))
        .<Setting<?>>map(setting -> setting)
        .toList();
  }

  public Config config() {
    return config;
  }

  /** Every key, in the order of the table, secrets masked. */
  public List<Shown> shown() {
    return values.entrySet().stream()
        .map(entry ->
            new Shown(
                entry.getKey(),
                entry.getKey().shown(entry.getValue().text()),
                entry.getValue().parsed(),
                entry.getValue().source()))
        .toList();
  }

  <T> T get(Setting<T> setting) {
    @SuppressWarnings("unchecked") // put there by value(), which parsed it as this setting's type
    T parsed = (T) valueOf(setting).parsed();
    return parsed;
  }

  private String textOf(Setting<?> setting) {
    return valueOf(setting).text();
  }

  private Value valueOf(Setting<?> setting) {
    Value value = values.get(setting);
    if (value == null) throw new IllegalStateException(setting.name() + " is not in the table");
    return value;
  }

  private static <T> Value value(Setting<T> setting, String text, Source source) {
    String stripped = text.strip();
    return new Value(stripped, source, Objects.requireNonNull(setting.parse(stripped)));
  }

  // Compose files and charts pass on empty variables for what nobody set.
  private static @Nullable String inEnvironment(
      Setting<?> setting, Map<String, String> environment) {
    String own = environment.get(setting.name());
    if (own != null && !own.isBlank()) return own;
    for (String name : setting.otherNames()) {
      String other = environment.get(name);
      if (other != null && !other.isBlank()) return other;
    }
    return null;
  }

  private static Map<String, String> known(Map<String, String> given, List<String> problems) {
    var known = new HashMap<String, String>();
    given.forEach((name, text) -> {
      String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
      Optional<Setting<?>> setting =
          Settings.ALL.stream().filter(s -> s.name().equals(wanted)).findFirst();
      if (setting.isEmpty()) {
        problems.add(
            "unknown key '" + name + "'; the nearest known one is " + Settings.nearest(name));
      } else if (known.put(setting.get().name(), text) != null) {
        problems.add("key '" + name + "' is given twice");
      }
    });
    return known;
  }

  /** The file to read: as named by flag or environment, else kindred.yaml if there is one. */
  static Optional<Path> file(Map<String, String> flags, Map<String, String> environment) {
    String named = flags.get(Settings.KINDRED_CONFIG.name());
    if (named == null) named = inEnvironment(Settings.KINDRED_CONFIG, environment);
    if (named != null) return Optional.of(Path.of(named));
    Path usual = Path.of("kindred.yaml");
    return Files.exists(usual) ? Optional.of(usual) : Optional.empty();
  }
}
