package dev.kindred.transfer;

import static java.util.Map.entry;

import dev.kindred.domain.InvalidRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is known about the files of other systems: what they call the fields, and what stands in no
 * column because everybody there knows it. Columns go by their names in lower case, letters and
 * digits only.
 */
public final class Preset {
  /** What everybody may write; holds for every file. */
  static final Preset COMMON =
      new Preset(
          "common",
          Map.ofEntries(
              entry("user_id", "userid user uid customerid customer visitorid memberid accountid"),
              entry(
                  "entity_id",
                  "entityid itemid item productid product articleid contentid objectid"),
              entry("entity_type", "entitytype itemtype"),
              entry(
                  "interaction_type",
                  "interactiontype eventtype event eventname action behavior behaviortype"),
              entry("weight", "weight"),
              entry("timestamp", "timestamp time ts datetime date eventtime createdat unixtime"),
              entry("event_id", "eventid"),
              entry("recommendation_id", "recommendationid")),
          Map.of(),
          Map.of(),
          Map.of());

  static final Preset MOVIELENS =
      new Preset(
          "movielens",
          Map.of("entity_id", "movieid", "metadata.tag", "tag"),
          Map.of("entity_type", "movie"),
          Map.of("genres", "|"),
          Map.of());

  static final Preset GORSE =
      new Preset(
          "gorse",
          Map.of("interaction_type", "feedbacktype", "timestamp", "timestamp"),
          Map.of("entity_type", "item"),
          Map.of("categories", "|", "labels", "|"),
          Map.of());

  static final Preset ECOMMERCE =
      new Preset(
          "ecommerce",
          Map.of(
              "entity_id",
              "sku asin stockcode",
              "user_id",
              "fullvisitorid clientid",
              "timestamp",
              "invoicedate orderdate"),
          Map.of("entity_type", "product"),
          Map.of(),
          Map.ofEntries(
              entry("addtocart", "add_to_cart"),
              entry("cart", "add_to_cart"),
              entry("atc", "add_to_cart"),
              entry("basket", "add_to_cart"),
              entry("removefromcart", "remove_from_cart"),
              entry("transaction", "purchase"),
              entry("order", "purchase"),
              entry("buy", "purchase"),
              entry("bought", "purchase"),
              entry("checkout", "purchase"),
              entry("sale", "purchase"),
              entry("pageview", "view"),
              entry("productview", "view"),
              entry("viewitem", "view"),
              entry("detail", "view"),
              entry("pv", "view"),
              entry("fav", "bookmark"),
              entry("favorite", "bookmark"),
              entry("wishlist", "bookmark")));

  static final Preset RECOMBEE =
      new Preset(
          "recombee",
          Map.of("recommendation_id", "recommid", "timestamp", "timestamp"),
          Map.of("entity_type", "item"),
          Map.of(),
          Map.of(
              "detailview", "view",
              "cartaddition", "add_to_cart",
              "viewportion", "view_portion"));

  private static final List<Preset> FOR_PEOPLE = List.of(MOVIELENS, GORSE, ECOMMERCE, RECOMBEE);

  /** What MovieLens writes where a film has no genre. */
  static final String NO_GENRES = "(no genres listed)";

  private final String word;
  private final Map<String, String> aliases;
  private final Map<String, String> fills;
  private final Map<String, String> lists;
  private final Map<String, String> words;

  private Preset(
      String word,
      Map<String, String> aliases,
      Map<String, String> fills,
      Map<String, String> lists,
      Map<String, String> words) {
    this.word = word;
    this.aliases = Map.copyOf(aliases);
    this.fills = Map.copyOf(fills);
    this.lists = Map.copyOf(lists);
    this.words = Map.copyOf(words);
  }

  public static Preset of(String word) {
    for (Preset preset : FOR_PEOPLE) {
      if (preset.word.equals(word.toLowerCase(Locale.ROOT))) return preset;
    }
    String known = FOR_PEOPLE.stream().map(Preset::word).collect(Collectors.joining(", "));
    throw InvalidRequest.at("preset", "preset must be one of " + known + ", got '" + word + "'");
  }

  public String word() {
    return word;
  }

  /** The names that a field's column may have, the best first. */
  List<String> namesOf(String target) {
    String names = aliases.get(target);
    return names == null ? List.of() : List.of(names.split(" ", -1));
  }

  /** The targets that it knows columns of. */
  Iterable<String> targets() {
    return aliases.keySet();
  }

  /** What a field holds that no column says. */
  Map<String, String> fills() {
    return fills;
  }

  /** What stands between several texts in that column; empty where it holds one. */
  String separatorIn(String column) {
    return lists.getOrDefault(plain(column), "");
  }

  /** What this system's word for a type of interaction is here. */
  String type(String word) {
    return words.getOrDefault(plain(word), word);
  }

  @Override
  public String toString() {
    return word;
  }

  /** In lower case, letters and digits only. */
  static String plain(String name) {
    var plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = Character.toLowerCase(name.charAt(i));
      if (Character.isLetterOrDigit(c)) plain.append(c);
    }
    return plain.toString();
  }
}
