package dev.kindred.recommend;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list, and what it was made from.
 *
 * @param position everything up to there is in it
 * @param model what it was scored by
 * @param coldStart whether nothing was known of the user that could speak for an item
 * @param shortfall how many items each rule took away, where there were too few
 * @param missing why certain items are not in it
 * @param isOfUserOnly whether it is the same whatever others do, until the next model
 * @param isWhole whether the database told in time what is alike, where that is asked
 */
public record Recommendation(
    long position,
    String model,
    boolean coldStart,
    List<Item> items,
    Map<String, Integer> shortfall,
    List<Missing> missing,
    boolean isOfUserOnly,
    boolean isWhole) {

  private static final int LIST_BYTES = 500;
  private static final int ITEM_BYTES = 250;
  private static final int EXPLANATION_BYTES = 150;

  public Recommendation {
    items = List.copyOf(items);
    missing = List.copyOf(missing);
  }

  /**
   * The same with nothing in it.
   *
   * @param why what took the items away, and how many
   */
  public Recommendation withoutItems(Map<String, Integer> why) {
    return new Recommendation(
        position, model, coldStart, List.of(), why, missing, isOfUserOnly, isWhole);
  }

  /** The same behind other items, whose scores stay ahead; no more than so many together. */
  Recommendation after(List<Item> first, int count) {
    if (first.isEmpty()) return this;
    float floor = first.getLast().score();
    List<Item> all =
        Stream.concat(first.stream(), items.stream().map(item -> item.scaled(floor)))
            .limit(count)
            .toList();
    return new Recommendation(position, model, coldStart, all, shortfall, missing, false, isWhole);
  }

  /** Roughly what it takes in memory, its form for who asks again included. */
  int bytes() {
    int sum = LIST_BYTES;
    for (Item item : items) {
      sum += ITEM_BYTES + 2 * item.attributes().utf8().length;
      if (item.explanation().isEmpty()) continue;
      Explanation why = item.explanation().get();
      sum += EXPLANATION_BYTES * (1 + why.parts().size() + why.because().size());
    }
    return sum + missing.size() * ITEM_BYTES;
  }

  /** One item of the list. */
  public record Item(
      String id,
      EntityType type,
      float score,
      Reason reason,
      JsonObject attributes,
      Optional<Explanation> explanation) {

    Item explained(Explanation why) {
      return new Item(id, type, score, reason, attributes, Optional.of(why));
    }

    private Item scaled(float factor) {
      return new Item(id, type, factor * score, reason, attributes, Optional.empty());
    }
  }

  /**
   * Where a score comes from.
   *
   * @param parts add up to the score
   * @param because the user's own interactions that carried it, the strongest first
   * @param neighbours how many users took the item
   */
  public record Explanation(
      List<Part> parts, List<Because> because, int neighbours, String sentence) {

    public Explanation {
      parts = List.copyOf(parts);
      because = List.copyOf(because);
    }
  }

  public record Part(Reason source, float value) {}

  /**
   * An interaction of the user, and what share of the score is due to it.
   *
   * @param name what people call the entity
   */
  public record Because(
      String id, String name, EntityType type, String interactionType, Instant at, float share) {}

  /**
   * Why an item is not in the list.
   *
   * @param rule what kept it out
   * @param rank where it would stand, from 1; 0 where it has no place
   * @param score what it would have; 0 where it has none
   * @param lacking how much was lacking to the last of the list
   */
  public record Missing(String id, String rule, int rank, float score, float lacking) {}
}
