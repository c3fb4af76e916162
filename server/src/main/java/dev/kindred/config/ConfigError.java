package dev.kindred.config;

import java.util.List;

/** The configuration says something that cannot be done; the program does not start with it. */
public final class ConfigError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigError(List<String> problems) {
    super(String.join("\n", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  public ConfigError(String problem) {
    this(List.of(problem));
  }

  /** What is wrong, one sentence each: the name, the value and what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
