package dev.kindred.http;

import dev.kindred.domain.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters behind the question mark, decoded, in their order, repeated ones kept. */
public final class Query {

  private static final int PARAMETERS_MAX = 200;
  private static final Query NONE = new Query(List.of());

  private final List<Parameter> parameters;

  public record Parameter(String name, String value) {}

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  static Query parse(String raw) {
    if (raw.isEmpty()) return NONE;
    var parameters = new ArrayList<Parameter>();
    for (int from = 0; from <= raw.length(); ) {
      int ampersand = raw.indexOf('&', from);
      int to = ampersand < 0 ? raw.length() : ampersand;
      if (to > from) parameters.add(parameter(raw, from, to));
      from = to + 1;
    }
    if (parameters.size() > PARAMETERS_MAX) {
      throw new InvalidRequest(
          "at most " + PARAMETERS_MAX + " query parameters are taken, got " + parameters.size());
    }
    return new Query(List.copyOf(parameters));
  }

  private static Parameter parameter(String raw, int from, int to) {
    int equals = raw.indexOf('=', from, to);
    return equals < 0
        ? new Parameter(Percent.decodeQuery(raw, from, to), "")
        : new Parameter(
            Percent.decodeQuery(raw, from, equals), Percent.decodeQuery(raw, equals + 1, to));
  }

  public List<Parameter> all() {
    return parameters;
  }

  /** The values of one parameter, in their order. */
  public List<String> all(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).toList();
  }

  /** The value of a parameter that may be given once. */
  public Optional<String> one(String name) {
    String found = null;
    for (Parameter parameter : parameters) {
      if (!parameter.name().equals(name)) continue;
      if (found != null && !found.equals(parameter.value())) {
        throw InvalidRequest.at(name, name + " is given twice with different values");
      }
      found = parameter.value();
    }
    return Optional.ofNullable(found);
  }

  /** A whole number, or {@code otherwise} where it is not given. */
  public int number(String name, int otherwise, int smallest, int largest) {
    Optional<String> given = one(name);
    if (given.isEmpty()) return otherwise;
    try {
      int number = Integer.parseInt(given.get());
      if (number >= smallest && number <= largest) return number;
    } catch (NumberFormatException notANumber) {
      // Told below, like a number that is out of bounds.
    }
    throw InvalidRequest.at(
        name,
        name
            + " must be a whole number between "
            + smallest
            + " and "
            + largest
            + ", got "
            + Shown.value(given.get()));
  }

  /** True or false, or {@code otherwise} where it is not given; {@code ?upsert} alone is true. */
  public boolean flag(String name, boolean otherwise) {
    Optional<String> given = one(name);
    if (given.isEmpty()) return otherwise;
    return switch (given.get()) {
      case "", "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw InvalidRequest.at(
              name, name + " must be true or false, got " + Shown.value(given.get()));
    };
  }
}
