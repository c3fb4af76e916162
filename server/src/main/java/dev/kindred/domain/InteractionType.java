package dev.kindred.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A kind of interaction and how much it counts.
 *
 * @param halfLifeDays after how many days one of these counts half; absent: the tenant's own
 *     setting
 * @param registered whether somebody registered it (or it is built in); otherwise it was only used
 */
public record InteractionType(
    String name,
    double weight,
    Optional<String> description,
    OptionalDouble halfLifeDays,
    boolean registered,
    Instant createdAt,
    Instant updatedAt) {

  /** What an unregistered type counts. */
  public static final double UNREGISTERED_WEIGHT = 1.0;

  /** A rating counts what the rating says, so its own weight matters only where none was given. */
  public static final String RATING = "rating";

  /** What baskets are made of. */
  public static final String PURCHASE = "purchase";

  /** All of it was taken in. */
  public static final String COMPLETE = "complete";

  /** It was passed over, or left before its end. */
  public static final String SKIP = "skip";

  private static final Map<String, Double> BUILT_IN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("view", 1.0),
              Map.entry("click", 1.5),
              Map.entry("like", 2.0),
              Map.entry("bookmark", 2.0),
              Map.entry("share", 2.5),
              Map.entry("add_to_cart", 3.0),
              Map.entry(PURCHASE, 5.0),
              Map.entry(COMPLETE, 3.0),
              Map.entry(SKIP, -0.5),
              Map.entry(RATING, 1.0),
              Map.entry("dislike", -2.0),
              Map.entry("impression", 0.0),
              Map.entry("custom", 1.0)));

  public InteractionType {
    requireName(name);
    Interaction.requireWeight("weight", weight);
    description.ifPresent(text -> {
      if (text.length() > 1_000) {
        throw new InvalidRequest(
            "description must have at most 1000 characters, got " + text.length());
      }
    });
    halfLifeDays.ifPresent(days -> {
      if (!(days > 0 && days <= 36_500)) {
        throw new InvalidRequest("half_life_days must be above 0 and at most 36500, got " + days);
      }
    });
  }

  /** The names that every tenant has from the start, in order. */
  public static List<String> builtInNames() {
    return List.copyOf(BUILT_IN.keySet());
  }

  /** What a type counts as long as nobody has registered it. */
  public static double defaultWeight(String name) {
    return BUILT_IN.getOrDefault(name, UNREGISTERED_WEIGHT);
  }

  public static boolean isBuiltIn(String name) {
    return BUILT_IN.containsKey(name);
  }

  /** Returns the name if a type may have it. */
  public static String requireName(String name) {
    return Text.name("interaction_type", name, 100, "_.-");
  }
}
