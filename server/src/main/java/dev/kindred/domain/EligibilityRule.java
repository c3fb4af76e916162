package dev.kindred.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which items may be shown to a caller: all of some conditions on the item's attributes, some of
 * them against what the caller says, as in {@code status = 'in_stock' and geo_id = caller.geo_id}.
 * It is applied when an answer is made, so it can never be out of date.
 */
public record EligibilityRule(List<Condition> conditions) {

  /** Everything may be shown to everybody. */
  public static final EligibilityRule ALWAYS = new EligibilityRule(List.of());

  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(=|!=|<>|<=|>=)\\s*"
              + "('(?:[^']|'')*'|-?[0-9]+(?:\\.[0-9]+)?|true|false|caller\\.[A-Za-z_][A-Za-z0-9_]*)"
              + "\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);

  private static final String CALLER = "caller.";

  /** How an attribute is compared. */
  public enum Operator {
    EQUAL,
    DIFFERENT,
    AT_MOST,
    AT_LEAST
  }

  /**
   * One condition.
   *
   * @param attribute the name of one of the item's attributes
   * @param value what it is compared with, or under which name the caller says it
   * @param isOfCaller whether the caller says it; where they do not, no item meets the condition
   */
  public record Condition(String attribute, Operator operator, String value, boolean isOfCaller) {}

  public EligibilityRule {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads a rule.
   *
   * @throws InvalidRequest that says where it cannot be followed any further
   */
  public static EligibilityRule parse(String text) {
    var conditions = new ArrayList<Condition>();
    Matcher condition = CONDITION.matcher(text);
    Matcher and = AND.matcher(text);
    for (int at = 0; ; at = and.end()) {
      if (!condition.find(at) || condition.start() != at) throw unreadable(text, at);
      conditions.add(condition(condition));
      if (condition.end() == text.length()) return new EligibilityRule(conditions);
      if (!and.find(condition.end()) || and.start() != condition.end()) {
        throw unreadable(text, condition.end());
      }
    }
  }

  private static InvalidRequest unreadable(String text, int at) {
    return new InvalidRequest(
        "a rule is conditions joined by 'and', each an attribute, one of = != <= >=, and a 'text',"
            + " a number, true, false or caller.NAME; cannot read on from '"
            + text.substring(at).strip()
            + "'");
  }

  private static Condition condition(Matcher found) {
    Operator operator =
        switch (found.group(2)) {
          case "=" -> Operator.EQUAL;
          case "<=" -> Operator.AT_MOST;
          case ">=" -> Operator.AT_LEAST;
          default -> Operator.DIFFERENT;
        };
    String word = found.group(3);
    if (word.startsWith("'")) {
      String text = word.substring(1, word.length() - 1).replace("''", "'");
      return new Condition(found.group(1), operator, text, false);
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith(CALLER)
        ? new Condition(found.group(1), operator, word.substring(CALLER.length()), true)
        : new Condition(found.group(1), operator, lower, false);
  }
}
