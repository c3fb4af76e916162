package dev.kindred.domain;

import java.util.List;
import java.util.OptionalDouble;

/** Conditions on the attributes of entities, all of which must hold. */
public record AttributeFilter(List<Condition> conditions) {

  public static final AttributeFilter NONE = new AttributeFilter(List.of());

  /** More would be a program, not a filter. */
  public static final int CONDITIONS_MAX = 50;

  /** Values that one condition may list. */
  public static final int VALUES_MAX = 1_000;

  public AttributeFilter {
    conditions = List.copyOf(conditions);
    if (conditions.size() > CONDITIONS_MAX) {
      throw new InvalidRequest(
          "a filter has at most " + CONDITIONS_MAX + " conditions, got " + conditions.size());
    }
  }

  public boolean isEmpty() {
    return conditions.isEmpty();
  }

  /** How a value is compared. */
  public enum Operator {
    /** One of the attribute's values is one of those given. */
    IN("in"),
    /** None of the attribute's values is one of those given. */
    NOT_IN("ne"),
    /** One of the attribute's values is a number not below the one given. */
    AT_LEAST("gte"),
    /** One of the attribute's values is a number not above the one given. */
    AT_MOST("lte");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether it compares with a number. */
    public boolean isBound() {
      return this == AT_LEAST || this == AT_MOST;
    }
  }

  /**
   * One condition.
   *
   * @param attribute the name of a member of the attributes; members of members are reached by dots
   *     where no member has the whole name
   * @param values texts, numbers and booleans as their text; one of them for {@code AT_LEAST} and
   *     {@code AT_MOST}
   */
  public record Condition(String attribute, Operator operator, List<String> values) {

    public Condition {
      values = List.copyOf(values);
      if (attribute.isEmpty() || attribute.length() > 255) {
        throw new InvalidRequest(
            "the name of an attribute has 1 to 255 characters, got " + attribute.length());
      }
      if (values.isEmpty() || values.size() > VALUES_MAX) {
        throw InvalidRequest.at(
            attribute, attribute + " takes 1 to " + VALUES_MAX + " values, got " + values.size());
      }
      if (operator.isBound()) {
        if (values.size() != 1 || number(values.getFirst()).isEmpty()) {
          throw InvalidRequest.at(
              attribute,
              attribute
                  + "."
                  + operator.word()
                  + " takes a number, got '"
                  + values.getFirst()
                  + "'");
        }
      }
    }

    /** The bound of {@code AT_LEAST} and {@code AT_MOST}. */
    public double bound() {
      return number(values.getFirst()).orElseThrow();
    }

    @Override
    public String toString() {
      return attribute + "." + operator.word() + "=" + String.join(",", values);
    }
  }

  /** The number that a text is, if it is a finite one. */
  public static OptionalDouble number(String text) {
    if (text.isEmpty() || text.length() > 64 || !mayBeNumber(text)) return OptionalDouble.empty();
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException notANumber) {
      return OptionalDouble.empty();
    }
  }

  /** Tells most of what is none without an exception: names, dates, and groups such as 25-34. */
  private static boolean mayBeNumber(String text) {
    boolean hasDigit = false;
    for (int n = 0; n < text.length(); n++) {
      char one = text.charAt(n);
      if (one >= '0' && one <= '9') {
        hasDigit = true;
      } else if (one == '-' || one == '+') {
        if (n > 0 && text.charAt(n - 1) != 'e' && text.charAt(n - 1) != 'E') return false;
      } else if (one != '.' && !(hasDigit && (one == 'e' || one == 'E'))) {
        return false;
      }
    }
    return hasDigit;
  }
}
