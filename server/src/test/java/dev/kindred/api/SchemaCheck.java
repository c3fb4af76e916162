package dev.kindred.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Holds JSON against a schema of the API's description: as much of JSON Schema as that uses. */
final class SchemaCheck {

  private final ApiDocument document;

  SchemaCheck(ApiDocument document) {
    this.document = document;
  }

  /** What is wrong, or nothing. */
  Optional<String> problem(JsonNode schema, JsonNode value) {
    return problem(schema, value, "");
  }

  private Optional<String> problem(JsonNode reference, JsonNode value, String at) {
    JsonNode schema = document.resolved(reference);
    for (JsonNode part : schema.path("allOf")) {
      Optional<String> problem = problem(part, value, at);
      if (problem.isPresent()) return problem;
    }
    if (schema.has("anyOf") && noneFits(schema.path("anyOf"), value, at)) {
      return Optional.of(at + " fits none of the alternatives: " + value);
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      return Optional.of(at + " must be " + schema.path("const") + ": " + value);
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      return Optional.of(at + " must be one of " + schema.path("enum") + ": " + value);
    }
    if (schema.has("type") && types(schema).stream().noneMatch(type -> hasType(value, type))) {
      return Optional.of(at + " must be " + schema.path("type") + ": " + value);
    }
    if (value.isObject()) return objectProblem(schema, value, at);
    if (value.isArray()) return arrayProblem(schema, value, at);
    return scalarProblem(schema, value, at);
  }

  private boolean noneFits(JsonNode alternatives, JsonNode value, String at) {
    return alternatives.valueStream().noneMatch(one -> problem(one, value, at).isEmpty());
  }

  private Optional<String> objectProblem(JsonNode schema, JsonNode value, String at) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asString())) return Optional.of(at + " lacks " + name);
    }
    for (var property : schema.path("properties").properties()) {
      if (!value.has(property.getKey())) continue;
      String place = at + "/" + property.getKey();
      var problem = problem(property.getValue(), value.path(property.getKey()), place);
      if (problem.isPresent()) return problem;
    }
    return Optional.empty();
  }

  private Optional<String> arrayProblem(JsonNode schema, JsonNode value, String at) {
    if (!schema.has("items")) return Optional.empty();
    int index = 0;
    for (JsonNode element : value) {
      var problem = problem(schema.path("items"), element, at + "/" + index++);
      if (problem.isPresent()) return problem;
    }
    return Optional.empty();
  }

  private static Optional<String> scalarProblem(JsonNode schema, JsonNode value, String at) {
    if (value.isString()) {
      String text = value.asString();
      int length = text.codePointCount(0, text.length());
      boolean fits =
          length >= schema.path("minLength").asInt(0)
              && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
              && (!schema.has("pattern")
                  || Pattern.compile(schema.path("pattern").asString()).matcher(text).find());
      if (!fits) return Optional.of(at + " does not fit " + schema + ": " + value);
    }
    if (value.isNumber()) {
      double number = value.asDouble();
      boolean fits =
          number >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
              && number <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
      if (!fits) return Optional.of(at + " is out of range: " + value);
    }
    return Optional.empty();
  }

  static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).toList()
        : List.of(type.asString("any"));
  }

  private static boolean hasType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> true;
    };
  }
}
