package dev.kindred.measure.behaviour;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a title is, as far as it is told by its attributes.
 *
 * @param mediaType its entity's type, unless an attribute says otherwise
 * @param isStored whether somebody has described it; otherwise it was only named
 */
public record Description(
    EntityKey key,
    String mediaType,
    Optional<String> title,
    List<String> genres,
    boolean isStored,
    Instant updatedAt) {

  /** The attribute that says what kind of thing it is, where the entity's type does not. */
  public static final String MEDIA_TYPE = "mediaType";

  private static final int GENRES_MAX = 50;
  private static final int GENRE_LONGEST = 200;

  public Description {
    genres = List.copyOf(genres);
  }

  /**
   * Reads attributes as people write them: the title is {@code title} or {@code name}; genres are
   * {@code genres}, {@code genre}, {@code categories} or {@code category}, the first of these that
   * is there, as one text, a list of texts, or a list of objects with a {@code name}.
   */
  static Description of(EntityKey key, Optional<JsonObject> attributes, Instant updatedAt) {
    Optional<String> title = Optional.empty();
    Optional<String> name = Optional.empty();
    Optional<String> mediaType = Optional.empty();
    List<List<String>> genres = new ArrayList<>();
    List<String> names = List.of("genres", "genre", "categories", "category");
    for (int i = 0; i < names.size(); i++) genres.add(List.of());
    if (attributes.isPresent()) {
      JsonReader reader = JsonReader.of(attributes.get());
      for (var fields = reader.object(); fields.next(); ) {
        int which = names.indexOf(fields.name());
        if (which >= 0) genres.set(which, texts(reader));
        else if (fields.name().equals("title")) title = text(reader);
        else if (fields.name().equals("name")) name = text(reader);
        else if (fields.name().equals(MEDIA_TYPE)) mediaType = text(reader);
      }
    }
    Optional<String> either = title.isPresent() ? title : name;
    List<String> first =
        genres.stream().filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
    return new Description(
        key,
        mediaType.orElse(key.type().value()),
        either,
        first,
        attributes.isPresent(),
        updatedAt);
  }

  private static Optional<String> text(JsonReader reader) {
    return reader.kind() == JsonReader.Kind.STRING
        ? Optional.of(reader.string())
        : Optional.empty();
  }

  private static List<String> texts(JsonReader reader) {
    var texts = new LinkedHashSet<String>();
    switch (reader.kind()) {
      case STRING -> add(texts, reader.string());
      case ARRAY -> {
        for (var elements = reader.array(); elements.next(); ) {
          switch (reader.kind()) {
            case STRING -> add(texts, reader.string());
            case OBJECT -> {
              for (var fields = reader.object(); fields.next(); ) {
                if (fields.name().equals("name")) text(reader).ifPresent(one -> add(texts, one));
              }
            }
            default -> reader.skip();
          }
        }
      }
      default -> reader.skip();
    }
    return List.copyOf(texts);
  }

  private static void add(LinkedHashSet<String> texts, String text) {
    String genre = text.strip();
    if (!genre.isEmpty() && genre.length() <= GENRE_LONGEST && texts.size() < GENRES_MAX) {
      texts.add(genre);
    }
  }
}
