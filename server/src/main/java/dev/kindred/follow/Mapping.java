package dev.kindred.follow;

import dev.kindred.domain.EligibilityRule;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.follow.Source.Watermark;
import dev.kindred.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of the main database is what to us: the operator's {@code FOLLOW_MAPPING}. */
public record Mapping(
    Optional<Source.Items> items, Optional<Source.Users> users, List<Source.Deeds> deeds) {

  public Mapping {
    deeds = List.copyOf(deeds);
  }

  /** All of it, in the order in which it is read: items and people before what they did. */
  public List<Source> sources() {
    var all = new ArrayList<Source>();
    items.ifPresent(all::add);
    users.ifPresent(all::add);
    all.addAll(deeds);
    return all;
  }

  /**
   * Reads a mapping.
   *
   * @throws InvalidRequest that points at what is wrong
   */
  public static Mapping parse(String json) {
    var reader = JsonReader.of(json.getBytes(StandardCharsets.UTF_8));
    Optional<Source.Items> items = Optional.empty();
    Optional<Source.Users> users = Optional.empty();
    var deeds = new ArrayList<Source.Deeds>();
    EntityType itemType = EntityType.PRODUCT;
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "items" -> {
          var said = Said.read(reader);
          itemType = said.type;
          items = Optional.of(said.items());
        }
        case "users" -> users = Optional.of(Said.read(reader).users());
        case "interactions" -> {
          for (var kinds = reader.object(); kinds.next(); ) {
            String kind = InteractionType.requireName(kinds.name());
            deeds.add(Said.read(reader).deeds(kind));
          }
        }
        default -> throw reader.invalid("must be items, users or interactions");
      }
    }
    if (items.isEmpty() && users.isEmpty() && deeds.isEmpty()) {
      throw new InvalidRequest("the mapping must name items, users or interactions");
    }
    return new Mapping(items, users, typed(deeds, itemType));
  }

  private static List<Source.Deeds> typed(List<Source.Deeds> deeds, EntityType type) {
    return deeds.stream()
        .map(it ->
            new Source.Deeds(
                it.name(),
                it.query(),
                it.user(),
                it.item(),
                type,
                it.at(),
                it.watermark(),
                it.weight(),
                it.takenBack()))
        .toList();
  }

  /** What is said of one query, before it is known what kind it is. */
  private static final class Said {

    private final String place;
    private final List<String> names = new ArrayList<>();
    private EntityType type = EntityType.PRODUCT;
    private @Nullable String query;
    private @Nullable String key;
    private @Nullable String watermark;
    private @Nullable Long overlap;
    private @Nullable String storedWhen;
    private @Nullable EligibilityRule eligibleWhen;
    private boolean eraseWhenGone;
    private @Nullable String user;
    private @Nullable String item;
    private @Nullable String at;
    private @Nullable String weight;
    private boolean takenBack;

    private Said(String place) {
      this.place = place;
    }

    static Said read(JsonReader reader) {
      var said = new Said(reader.pointer());
      for (var fields = reader.object(); fields.next(); ) {
        said.names.add(fields.name());
        switch (fields.name()) {
          case "type" -> said.type = reader.string(EntityType::new);
          case "query" -> said.query = query(reader.string());
          case "key" -> said.key = reader.string();
          case "watermark" -> said.watermark = reader.string();
          case "overlap" -> said.overlap = reader.integer(0, 1_000_000_000);
          case "stored_when" -> said.storedWhen = reader.string();
          case "eligible_when" -> said.eligibleWhen = reader.string(EligibilityRule::parse);
          case "erase_when_gone" -> said.eraseWhenGone = reader.bool();
          case "user" -> said.user = reader.string();
          case "item" -> said.item = reader.string();
          case "at" -> said.at = reader.string();
          case "weight" -> said.weight = reader.string();
          case "taken_back" -> said.takenBack = reader.bool();
          default ->
              throw reader.invalid(
                  "is not known here; there are query, key, watermark, overlap, and of items type,"
                      + " stored_when, eligible_when, of users erase_when_gone, of interactions"
                      + " user, item, at, weight, taken_back");
        }
      }
      return said;
    }

    private static String query(String sql) {
      String stripped = sql.strip();
      return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    Source.Items items() {
      only("type", "query", "key", "watermark", "overlap", "stored_when", "eligible_when");
      return new Source.Items(
          type,
          require("query", query),
          key == null ? "id" : key,
          watermark(require("watermark", watermark)),
          Optional.ofNullable(storedWhen),
          eligibleWhen == null ? EligibilityRule.ALWAYS : eligibleWhen);
    }

    Source.Users users() {
      only("query", "key", "watermark", "overlap", "erase_when_gone");
      return new Source.Users(
          require("query", query),
          key == null ? "id" : key,
          watermark(require("watermark", watermark)),
          eraseWhenGone);
    }

    Source.Deeds deeds(String kind) {
      only("query", "user", "item", "at", "weight", "watermark", "overlap", "taken_back");
      String when = at == null ? "created_at" : at;
      return new Source.Deeds(
          kind,
          require("query", query),
          user == null ? "user_id" : user,
          item == null ? "item_id" : item,
          EntityType.PRODUCT,
          when,
          watermark(watermark == null ? when : watermark),
          Optional.ofNullable(weight),
          takenBack);
    }

    private void only(String... known) {
      for (String name : names) {
        if (!List.of(known).contains(name)) {
          throw InvalidRequest.at(
              place + "/" + name, "does not belong here; there are " + String.join(", ", known));
        }
      }
    }

    private Watermark watermark(String column) {
      return new Watermark(column, Optional.ofNullable(overlap));
    }

    private String require(String field, @Nullable String value) {
      if (value == null) throw InvalidRequest.at(place + "/" + field, "is missing");
      return value;
    }
  }
}
