package dev.kindred.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The one place that knows the JSON library. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              given -> given.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("this has no JSON form: " + e.getOriginalMessage(), e);
    }
  }

  static <T> T read(byte[] json, TypeReference<T> type) throws NotJson {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) throw new NotJson("null");
      return value;
    } catch (JacksonException e) {
      throw new NotJson(e.getOriginalMessage());
    }
  }

  /** What came is not the JSON that was expected. */
  static final class NotJson extends Exception {
    NotJson(String message) {
      super(message);
    }
  }
}
