package dev.kindred.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.MalformedRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What we make of JSON, compared with what Jackson makes of it. */
class JsonTwinTest {

  private static final int CASES = 20_000;
  private static final Limits WIDE = new Limits(1 << 20, 50, 0, 1_000, 100_000, 100_000);

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final RandomJson generator = new RandomJson(random);
  private final JsonFactory jackson = new JsonFactory();

  @Test
  void every_object_is_read_as_jackson_reads_it() {
    for (int i = 0; i < CASES; i++) {
      String json = generator.object(3);
      assertThat(ours(json)).as("seed %d, %s", seed, json).isEqualTo(twins(json));
    }
  }

  @Test
  void the_canonical_form_means_the_same_and_is_its_own_canonical_form() {
    for (int i = 0; i < CASES; i++) {
      String json = generator.object(3);
      String canonical = Json.object(json, WIDE).toString();
      assertThat(twins(canonical)).as("seed %d, %s", seed, json).isEqualTo(twins(json));
      assertThat(Json.object(canonical, WIDE)).as("seed %d", seed).hasToString(canonical);
    }
  }

  @Test
  void what_jackson_refuses_is_refused_and_the_rest_is_not() {
    var symbols = "{}[]\",:\\ue+-.0123 \n\tntfx/";
    int refusals = 0;
    for (int i = 0; i < CASES; i++) {
      var json = new StringBuilder(generator.object(2));
      for (int edits = 1 + random.nextInt(2); edits > 0 && !json.isEmpty(); edits--) {
        int at = random.nextInt(json.length());
        if (Character.isSurrogate(json.charAt(at))) continue;
        char symbol = symbols.charAt(random.nextInt(symbols.length()));
        switch (random.nextInt(4)) {
          case 0 -> json.setCharAt(at, symbol);
          case 1 -> json.deleteCharAt(at);
          case 2 -> json.setLength(at);
          default -> {
            if (!Character.isLowSurrogate(json.charAt(at))) json.insert(at, symbol);
          }
        }
      }
      boolean refused = isRefused(json.toString());
      assertThat(refused).as("seed %d, %s", seed, json).isEqualTo(isRefusedByTwin(json.toString()));
      if (refused) refusals++;
    }
    assertThat(refusals).isBetween(CASES / 4, CASES * 19 / 20);
  }

  private static boolean isRefused(String json) {
    var reader = JsonReader.of(json.getBytes(UTF_8));
    try {
      reader.skip();
      reader.end();
      return false;
    } catch (MalformedRequest refused) {
      return true;
    }
  }

  private boolean isRefusedByTwin(String json) {
    try (JsonParser parser =
        jackson.createParser(ObjectReadContext.empty(), json.getBytes(UTF_8))) {
      if (parser.nextToken() == null) return true;
      if (parser.currentToken().isStructStart()) parser.skipChildren();
      else parser.finishToken();
      return parser.nextToken() != null;
    } catch (JacksonException refused) {
      return true;
    }
  }

  private static Object ours(String json) {
    return value(JsonReader.of(json.getBytes(UTF_8)));
  }

  private static Object value(JsonReader reader) {
    return switch (reader.kind()) {
      case OBJECT -> {
        var members = new HashMap<String, Object>();
        for (var fields = reader.objectWithNulls(); fields.next(); ) {
          members.put(fields.name(), value(reader));
        }
        yield members;
      }
      case ARRAY -> {
        var elements = new ArrayList<Object>();
        for (var each = reader.array(); each.next(); ) elements.add(value(reader));
        yield elements;
      }
      case STRING -> "s" + reader.string();
      case NUMBER -> number(reader.id());
      case BOOLEAN -> reader.bool();
      case NULL -> {
        reader.skip();
        yield "null";
      }
    };
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }

  private Object twins(String json) {
    try (JsonParser parser =
        jackson.createParser(ObjectReadContext.empty(), json.getBytes(UTF_8))) {
      parser.nextToken();
      return twins(parser);
    }
  }

  private static Object twins(JsonParser parser) {
    @Nullable JsonToken token = parser.currentToken();
    if (token == null) throw new AssertionError("there is no value");
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, twins(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) elements.add(twins(parser));
        yield elements;
      }
      case VALUE_STRING -> "s" + parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> "null";
      default -> throw new AssertionError(token);
    };
  }

  @Test
  void doubles_and_floats_are_the_nearest_ones() {
    var seen = new HashSet<Integer>();
    for (int i = 0; i < CASES * 5; i++) {
      String text = random.nextBoolean() ? generator.number() : anyNumber();
      byte[] json = text.getBytes(UTF_8);
      assertThat(JsonNumber.parse(json, 0, json.length))
          .as("seed %d, %s", seed, text)
          .isEqualTo(Double.parseDouble(text));
      assertThat(JsonNumber.parseFloat(json, 0, json.length))
          .as("seed %d, %s", seed, text)
          .isEqualTo(Float.parseFloat(text));
      seen.add(text.length());
    }
    assertThat(seen).hasSizeGreaterThan(15);
  }

  /** Also numbers that stand halfway between two floats. */
  private String anyNumber() {
    float value = Float.intBitsToFloat(random.nextInt());
    if (!Float.isFinite(value)) return "1";
    return switch (random.nextInt(3)) {
      case 0 -> Float.toString(value);
      case 1 -> Double.toString(((double) value + Math.nextUp(value)) / 2);
      default ->
          new BigDecimal(random.nextInt(1 << 26)).movePointLeft(random.nextInt(10)).toPlainString();
    };
  }
}
