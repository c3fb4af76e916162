package dev.kindred.config;

import dev.kindred.domain.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force.
 *
 * <p>It follows its file: {@link #look} is to be called every second or so and compares what the
 * file's path leads to with what was read last, so that editors' renames and swapped symbolic links
 * are noticed like plain writes. Keys that are not live keep their value until the next start. A
 * bad file changes nothing. {@link #get} may be called from anywhere, the rest takes turns.
 */
public final class LiveConfig implements Supplier<Config> {

  /**
   * How the last reading of the file went.
   *
   * @param changed the keys that now have another value
   * @param needRestart the keys that the file sets to another value which only a restart brings in
   * @param problems why nothing was changed; empty where all is well
   */
  public record Reading(
      Instant at, List<String> changed, List<String> needRestart, List<String> problems) {

    public Reading {
      changed = List.copyOf(changed);
      needRestart = List.copyOf(needRestart);
      problems = List.copyOf(problems);
    }

    public boolean succeeded() {
      return problems.isEmpty();
    }
  }

  private static final Logger log = LoggerFactory.getLogger(LiveConfig.class);
  private static final byte[] NOTHING = {};
  // No file that can be read is just this.
  private static final byte[] UNREADABLE = {0};

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final Optional<Path> file;
  private final Clock clock;
  private final List<Consumer<Config>> followers = new CopyOnWriteArrayList<>();

  private volatile ConfigValues values;
  private volatile Reading last;
  private byte[] lastRead;
  private byte[] lastSeen;

  /**
   * Reads the configuration for the first time.
   *
   * @param flags values from the command line, by name
   * @param environment the process's
   */
  public static LiveConfig load(
      Map<String, String> flags, Map<String, String> environment, Clock clock) {
    return new LiveConfig(flags, environment, clock);
  }

  private LiveConfig(Map<String, String> flags, Map<String, String> environment, Clock clock) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.file = ConfigValues.file(flags, environment);
    this.clock = clock;
    try {
      this.lastRead = content();
    } catch (IOException e) {
      throw new ConfigError(unreadable(e));
    }
    this.lastSeen = lastRead;
    this.values = parse(lastRead);
    this.last = new Reading(clock.instant(), List.of(), List.of(), List.of());
  }

  @Override
  public Config get() {
    return values.config();
  }

  /**
   * The configuration of a tenant that has set some keys for itself.
   *
   * @throws dev.kindred.domain.InvalidRequest for a key that tenants may not set, and for a wrong
   *     value
   */
  public Config forTenant(JsonObject own) {
    return values.forTenant(own);
  }

  /** Every key with its value and its source, secrets masked. */
  public List<ConfigValues.Shown> shown() {
    return values.shown();
  }

  /** The file that is followed, if there is one. */
  public Optional<Path> file() {
    return file;
  }

  /** How the last reading went. */
  public Reading lastReading() {
    return last;
  }

  /** Has {@code follower} called with each new configuration, on the thread that read it. */
  public void whenChanged(Consumer<Config> follower) {
    followers.add(follower);
  }

  /**
   * Reads the file again if it has changed and has been the same twice in a row: what an editor is
   * still writing is left alone.
   */
  public synchronized void look() {
    byte[] content;
    try {
      content = content();
    } catch (IOException e) {
      boolean isNews = !Arrays.equals(lastSeen, UNREADABLE);
      lastSeen = UNREADABLE;
      lastRead = UNREADABLE;
      if (isNews) failed(List.of(unreadable(e)));
      return;
    }
    boolean settled = Arrays.equals(content, lastSeen);
    lastSeen = content;
    boolean changed = !Arrays.equals(content, lastRead);
    if (settled && changed) take(content);
  }

  /** Reads the file again now, whether or not it has changed. */
  public synchronized Reading reload() {
    try {
      return take(content());
    } catch (IOException e) {
      return failed(List.of(unreadable(e)));
    }
  }

  private Reading take(byte[] content) {
    lastRead = content;
    lastSeen = content;
    ConfigValues old = values;
    ConfigValues asked;
    ConfigValues merged;
    try {
      asked = parse(content);
      merged = old.withLiveOf(asked);
    } catch (ConfigError e) {
      return failed(e.problems());
    }
    var changed = names(merged.differingFrom(old));
    var needRestart = names(asked.differingFrom(merged));
    values = merged;
    last = new Reading(clock.instant(), changed, needRestart, List.of());
    log.atInfo()
        .addKeyValue("changed", changed)
        .addKeyValue("need_restart", needRestart)
        .log("configuration read again");
    if (!changed.isEmpty()) followers.forEach(follower -> follower.accept(merged.config()));
    return last;
  }

  private Reading failed(List<String> problems) {
    last = new Reading(clock.instant(), List.of(), List.of(), problems);
    log.atError()
        .addKeyValue("problems", problems)
        .log("configuration file refused; the values before it stay in force");
    return last;
  }

  private ConfigValues parse(byte[] content) {
    Map<String, String> inFile =
        file.isEmpty() ? Map.of() : ConfigFile.parse(file.get().toString(), content);
    return ConfigValues.of(flags, environment, inFile);
  }

  private byte[] content() throws IOException {
    return file.isEmpty() ? NOTHING : Files.readAllBytes(file.get());
  }

  private String unreadable(IOException e) {
    String why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
    return "configuration file " + file.orElseThrow() + " cannot be read: " + why;
  }

  private static List<String> names(List<Setting<?>> settings) {
    var names = new ArrayList<String>();
    for (Setting<?> setting : settings) names.add(setting.name());
    return names;
  }
}
