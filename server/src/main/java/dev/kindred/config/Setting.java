package dev.kindred.config;

import java.util.List;

/**
 * One key of the configuration.
 *
 * @param name as in the environment; in the file, case does not matter
 * @param otherNames what it is called elsewhere; the environment may use these too
 * @param standard the default, as text; empty for none
 * @param isSecret whether its value is masked wherever it is shown
 * @param reach when and for whom it may change
 * @param meaning one sentence
 */
public record Setting<T>(
    String name,
    List<String> otherNames,
    ValueType<T> type,
    String standard,
    boolean isSecret,
    Reach reach,
    String meaning) {

  /** When and for whom a key may change; each reaches further than the one before it. */
  public enum Reach {
    /** It counts from the start of the program to its end. */
    FIXED,
    /** It may change while the program runs. */
    LIVE,
    /** And a tenant may set it for itself. */
    TENANT
  }

  public Setting {
    otherNames = List.copyOf(otherNames);
  }

  static <T> Setting<T> fixed(
      String name, ValueType<T> type, String standard, String meaning, String... otherNames) {
    return new Setting<>(name, List.of(otherNames), type, standard, false, Reach.FIXED, meaning);
  }

  static <T> Setting<T> live(String name, ValueType<T> type, String standard, String meaning) {
    return new Setting<>(name, List.of(), type, standard, false, Reach.LIVE, meaning);
  }

  static <T> Setting<T> tenant(String name, ValueType<T> type, String standard, String meaning) {
    return new Setting<>(name, List.of(), type, standard, false, Reach.TENANT, meaning);
  }

  /** A fixed key whose value nobody is to see. */
  static <T> Setting<T> secret(
      String name, ValueType<T> type, String standard, String meaning, String... otherNames) {
    return new Setting<>(name, List.of(otherNames), type, standard, true, Reach.FIXED, meaning);
  }

  /** Whether a change of the file counts without a restart. */
  public boolean isLive() {
    return reach != Reach.FIXED;
  }

  /** Completes the sentence "must be …". */
  public String allowed() {
    return type.allowed();
  }

  /** The text as it may be shown to people. */
  String shown(String text) {
    return isSecret && !text.isEmpty() ? new Secret(text).toString() : text;
  }

  T parse(String text) {
    try {
      return type.parse().apply(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigError(name + " must be " + allowed() + ", got '" + shown(text) + "'");
    }
  }
}
