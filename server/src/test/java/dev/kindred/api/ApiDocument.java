package dev.kindred.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The API's own description, as the tests read it. */
final class ApiDocument {

  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  private final JsonNode root;

  ApiDocument(JsonNode root) {
    this.root = root;
  }

  /**
   * One thing that can be asked.
   *
   * @param parameters of the path, the query and the headers
   * @param body by media type; empty where there is none
   */
  record Operation(
      String method,
      String path,
      List<JsonNode> parameters,
      Map<String, JsonNode> body,
      JsonNode responses) {

    JsonNode schema(String mediaType) {
      return Objects.requireNonNull(body.get(mediaType), mediaType);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (Map.Entry<String, JsonNode> path : root.at("/paths").properties()) {
      for (String method : METHODS) {
        JsonNode operation = path.getValue().path(method);
        if (operation.isMissingNode()) continue;
        var parameters = new ArrayList<JsonNode>();
        path.getValue().path("parameters").forEach(one -> parameters.add(resolved(one)));
        operation.path("parameters").forEach(one -> parameters.add(resolved(one)));
        operations.add(
            new Operation(
                method.toUpperCase(java.util.Locale.ROOT),
                path.getKey(),
                parameters,
                schemas(operation.path("requestBody")),
                operation.path("responses")));
      }
    }
    return operations;
  }

  /**
   * What an answer of that status may hold, by media type; that of any other answer where it is not
   * named.
   */
  Map<String, JsonNode> answers(Operation operation, int status) {
    JsonNode named = operation.responses().path(Integer.toString(status));
    return schemas(resolved(named.isMissingNode() ? operation.responses().path("default") : named));
  }

  boolean names(Operation operation, int status) {
    return operation.responses().has(Integer.toString(status));
  }

  private Map<String, JsonNode> schemas(JsonNode holder) {
    var schemas = new java.util.LinkedHashMap<String, JsonNode>();
    for (Map.Entry<String, JsonNode> media : resolved(holder).path("content").properties()) {
      schemas.put(media.getKey(), media.getValue().path("schema"));
    }
    return schemas;
  }

  /** The thing itself where a reference stands for it. */
  JsonNode resolved(JsonNode node) {
    JsonNode now = node;
    while (now.has("$ref")) now = root.at(now.path("$ref").asString().substring(1));
    return now;
  }
}
