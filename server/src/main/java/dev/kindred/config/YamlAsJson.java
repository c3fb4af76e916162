package dev.kindred.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.json.JsonWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** YAML of any shape as JSON. */
final class YamlAsJson {

  private static final YAMLFactory YAML = new YAMLFactory();

  private YamlAsJson() {}

  /**
   * Reads a whole file.
   *
   * @throws IllegalArgumentException if it does not hold names and values
   */
  static String parse(byte[] content) {
    try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw new IllegalArgumentException();
      return copy(parser);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Copies the object at whose beginning the parser stands; then it stands at its end. */
  static String copy(JsonParser parser) {
    var out = new JsonWriter(1 << 10).beginObject();
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token == null) throw new IllegalArgumentException("it ends too soon");
      switch (token) {
        case START_OBJECT -> out.beginObject();
        case END_OBJECT -> out.endObject();
        case START_ARRAY -> out.beginArray();
        case END_ARRAY -> out.endArray();
        case PROPERTY_NAME -> out.name(parser.currentName());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.raw(parser.getString().getBytes(UTF_8));
        case VALUE_TRUE -> out.bool(true);
        case VALUE_FALSE -> out.bool(false);
        case VALUE_NULL -> out.nothing();
        default -> out.string(parser.getString());
      }
      if (token.isStructStart()) depth++;
      if (token.isStructEnd()) depth--;
    }
    return new String(out.toByteArray(), UTF_8);
  }
}
