package dev.kindred.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.api.ApiDocument.Operation;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** Makes requests from the API's description: good ones, and ones that are broken in some way. */
final class RequestMaker {

  /** Few ids, so that requests meet what earlier ones have stored. */
  private static final List<String> IDS =
      List.of("a", "b", "c", "42", "a/b", "50%", "x:y", "\uD83D\uDE00", "with space", "ü");

  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "",
          "x".repeat(300),
          "\u0001",
          "'; drop table entities; --",
          "../../etc/passwd",
          "<script>",
          "%00",
          "\u202e",
          "null");

  private static final List<String> HOSTILE_JSON =
      List.of(
          "null",
          "1e39",
          "1e400",
          "-1e308",
          "NaN",
          "99999999999999999999999999",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"" + "y".repeat(20_000) + "\"",
          "[[[[[[[[[[]]]]]]]]]]",
          "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}",
          "{\"a\":1,\"a\":2}",
          "true",
          "[]",
          "{}",
          "\"2026-13-45T99:99:99Z\"",
          "-1",
          "0.1");

  private final ApiDocument document;
  private final SplittableRandom random;

  RequestMaker(ApiDocument document, long seed) {
    this.document = document;
    this.random = new SplittableRandom(seed);
  }

  /** A request as it goes over the wire; {@code headers} are names and values in turn. */
  record Request(String method, String target, String body, List<String> headers) {}

  Request make(Operation operation) {
    boolean broken = random.nextInt(3) == 0;
    var target = new StringBuilder(operation.path());
    var query = new ArrayList<String>();
    var headers = new ArrayList<String>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asString();
      String value = text(parameter.path("schema"), broken && random.nextInt(3) == 0);
      switch (parameter.path("in").asString()) {
        case "path" -> {
          String place = "{" + name + "}";
          int at = target.indexOf(place);
          // An empty segment is another path.
          target.replace(at, at + place.length(), encoded(value.isEmpty() ? " " : value));
        }
        case "query" -> {
          if (random.nextInt(4) == 0) query.add(name + "=" + encoded(value));
        }
        default -> {
          if (random.nextInt(8) == 0 && isVisible(value)) headers.addAll(List.of(name, value));
        }
      }
    }
    if (broken && random.nextInt(6) == 0) query.add("unknown=1&unknown=2");
    if (!query.isEmpty()) target.append('?').append(String.join("&", query));
    return new Request(
        operation.method(), target.toString(), body(operation, broken, headers), headers);
  }

  private String body(Operation operation, boolean broken, List<String> headers) {
    if (operation.body().isEmpty()) return "";
    var types = List.copyOf(operation.body().keySet());
    String type = types.get(random.nextInt(types.size()));
    headers.addAll(
        List.of("Content-Type", broken && random.nextInt(20) == 0 ? "text/plain" : type));
    String json = json(operation.schema(type), broken, 0);
    boolean isLines = type.endsWith("ndjson") && operation.body().containsKey("application/json");
    if (isLines) json = line(operation) + "\n" + (broken ? json : line(operation));
    return broken && random.nextInt(4) == 0 ? mangled(json) : json;
  }

  /** A row as it stands in the same request's JSON form. */
  private String line(Operation operation) {
    JsonNode schema = document.resolved(operation.schema("application/json"));
    if (schema.has("anyOf")) return json(schema.path("anyOf").get(0), false, 0).replace("\n", " ");
    JsonNode row = schema.path("properties").properties().iterator().next().getValue();
    return json(row.path("items"), false, 0).replace("\n", " ");
  }

  /** Cut off, or with a byte that does not belong there. */
  private String mangled(String json) {
    if (json.isEmpty()) return "{";
    int at = random.nextInt(json.length());
    return switch (random.nextInt(3)) {
      case 0 -> json.substring(0, at);
      case 1 -> json.substring(0, at) + "\u0007" + json.substring(at);
      default -> json + json;
    };
  }

  private String json(JsonNode reference, boolean broken, int depth) {
    if (broken && random.nextInt(8) == 0)
      return HOSTILE_JSON.get(random.nextInt(HOSTILE_JSON.size()));
    JsonNode schema = document.resolved(reference);
    if (schema.has("anyOf") && !schema.has("properties")) {
      JsonNode alternatives = schema.path("anyOf");
      return json(alternatives.get(random.nextInt(alternatives.size())), broken, depth);
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size())).toString();
    }
    List<String> types = SchemaCheck.types(schema);
    return switch (types.get(random.nextInt(types.size()))) {
      case "object" -> object(schema, broken, depth);
      case "array" -> array(schema, broken, depth);
      case "string" -> quoted(text(schema, broken && random.nextInt(6) == 0));
      case "integer", "number" -> number(schema, broken);
      case "boolean" -> Boolean.toString(random.nextBoolean());
      default -> "null";
    };
  }

  private String object(JsonNode schema, boolean broken, int depth) {
    if (!schema.has("properties")) return freeObject();
    var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
    var members = new ArrayList<String>();
    for (var property : schema.path("properties").properties()) {
      boolean mustBe = required.contains(property.getKey());
      boolean isTenant = property.getKey().equals("tenant_id");
      if (mustBe ? broken && random.nextInt(10) == 0 : isTenant || random.nextInt(3) > 0) continue;
      members.add(quoted(property.getKey()) + ":" + json(property.getValue(), broken, depth + 1));
    }
    return "{" + String.join(",", members) + "}";
  }

  /** Something like the attributes of a product. */
  private String freeObject() {
    return switch (random.nextInt(4)) {
      case 0 -> "{}";
      case 1 ->
          "{\"name\":\"thing %d\",\"price\":%d.5}".formatted(random.nextInt(9), random.nextInt(99));
      case 2 -> "{\"tags\":[\"a\",\"b\"],\"nested\":{\"x\":null}}";
      default -> "{\"category\":\"c%d\"}".formatted(random.nextInt(5));
    };
  }

  private String array(JsonNode schema, boolean broken, int depth) {
    var elements = new ArrayList<String>();
    int count = depth > 2 ? 1 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) elements.add(json(schema.path("items"), broken, depth + 1));
    return "[" + String.join(",", elements) + "]";
  }

  private String number(JsonNode schema, boolean broken) {
    if (broken && random.nextInt(4) == 0) return random.nextBoolean() ? "1e10" : "-5";
    int least = (int) Math.max(schema.path("minimum").asDouble(0), -100);
    int most = (int) Math.min(schema.path("maximum").asDouble(100), 100);
    return Integer.toString(Math.max(least, random.nextInt(Math.max(most, 1)) + 1));
  }

  private String text(JsonNode reference, boolean hostile) {
    JsonNode schema = document.resolved(reference);
    if (hostile) return HOSTILE_TEXTS.get(random.nextInt(HOSTILE_TEXTS.size()));
    if (schema.has("enum")) return schema.path("enum").get(0).asString();
    if (schema.has("anyOf")) return text(schema.path("anyOf").get(0), false);
    if (schema.path("format").asString("").equals("date-time")) return "2026-01-02T03:04:05Z";
    if (schema.has("pattern")) {
      // A tenant's name must not change what the request is about.
      return schema.path("pattern").asString().contains("64") ? "default" : "t" + random.nextInt(3);
    }
    return switch (SchemaCheck.types(schema).getFirst()) {
      case "integer", "number" -> number(schema, false);
      case "boolean" -> Boolean.toString(random.nextBoolean());
      default -> IDS.get(random.nextInt(IDS.size()));
    };
  }

  private static boolean isVisible(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < 0x20) quoted.append("\\u%04x".formatted((int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
