package dev.kindred.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads a configuration file: YAML with a key a line.
 *
 * <p>Keys under another key are joined to it by an underscore, so that {@code database:
 * {max_connections: 5}} and {@code database_max_connections: 5} say the same. A list is the texts
 * of its parts with commas between them.
 */
final class ConfigFile {

  private static final YAMLFactory YAML = new YAMLFactory();

  private ConfigFile() {}

  /** The keys and their values as text; one that is left blank has an empty text. */
  static Map<String, String> parse(String file, byte[] content) {
    var values = new LinkedHashMap<String, String>();
    try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), content)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) return values;
      if (first != JsonToken.START_OBJECT)
        throw new ConfigError(file + " must hold keys, name: value");
      readKeys(file, "", parser, values);
      return values;
    } catch (JacksonException e) {
      var at = e.getLocation();
      String line = at == null ? "" : ", line " + at.getLineNr();
      throw new ConfigError(
          file + line + " is not valid YAML: " + firstLine(e.getOriginalMessage()));
    }
  }

  private static void readKeys(
      String file, String prefix, JsonParser parser, Map<String, String> values) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && Mapping.isNamed(name)) {
        if (values.put(name, YamlAsJson.copy(parser)) != null) {
          throw new ConfigError(file + " gives " + name + " twice");
        }
      } else if (token == JsonToken.START_OBJECT) {
        readKeys(file, name + "_", parser, values);
      } else if (values.put(name, text(file, name, token, parser)) != null) {
        throw new ConfigError(file + " gives " + name + " twice");
      }
    }
  }

  private static String text(String file, String name, JsonToken token, JsonParser parser) {
    if (token == JsonToken.VALUE_NULL) return "";
    if (token.isScalarValue()) return parser.getString();
    var parts = new StringJoiner(",");
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (!token.isScalarValue())
        throw new ConfigError(file + ": " + name + " must be a plain list");
      parts.add(parser.getString());
    }
    return parts.toString();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
