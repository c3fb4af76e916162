package dev.kindred.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON from plain values of Java: maps, lists, texts, numbers, booleans, instants and null. It is
 * read again where what clients send is read, so that the same rules hold for both.
 */
final class PlainJson {

  /** More than any rule allows; a map that holds itself ends here. */
  private static final int DEPTH_MAX = 20;

  private PlainJson() {}

  static byte[] object(Map<String, ?> values) {
    var writer = new JsonWriter();
    write(writer, values, 0);
    return writer.toByteArray();
  }

  private static void write(JsonWriter writer, @Nullable Object value, int depth) {
    if (depth > DEPTH_MAX) {
      throw new InvalidRequest("values may be nested up to " + DEPTH_MAX + " levels");
    }
    switch (value) {
      case null -> writer.nothing();
      case String text -> writer.string(text);
      case Boolean bool -> writer.bool(bool);
      case Integer number -> writer.number(number.longValue());
      case Long number -> writer.number(number.longValue());
      case Double number -> writer.number(finite(number));
      case Float number -> writer.number((float) finite(number));
      case BigDecimal number -> writer.raw(number.toPlainString().getBytes(UTF_8));
      case BigInteger number -> writer.raw(number.toString().getBytes(UTF_8));
      case Instant time -> writer.time(time);
      case JsonObject object -> writer.raw(object);
      case float[] numbers -> writer.numbers(numbers);
      case List<?> list -> {
        writer.beginArray();
        for (Object element : list) write(writer, element, depth + 1);
        writer.endArray();
      }
      case Map<?, ?> map -> {
        writer.beginObject();
        map.forEach((name, member) -> {
          writer.name(String.valueOf(name));
          write(writer, member, depth + 1);
        });
        writer.endObject();
      }
      default ->
          throw new InvalidRequest(
              "values are texts, numbers, booleans, instants, lists, maps or null, got "
                  + value.getClass().getName());
    }
  }

  private static double finite(double number) {
    if (Double.isFinite(number)) return number;
    throw new InvalidRequest("numbers must be finite, got " + number);
  }
}
