package dev.kindred.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.client.model.Fields;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The client covers all that the server's OpenAPI document describes. */
class CoverageTest {

  /** What only browsers ask for. */
  private static final Set<String> PAGES =
      Set.of("text/html", "text/css", "text/javascript", "application/javascript");

  /** What every call takes from its client, or has a method of its own for. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "tenant_id",
          "X-Tenant-ID",
          "X-Kindred-Min-Position",
          "Idempotency-Key",
          "Prefer",
          "short",
          // These go by other names here: "attribute" stands for any attribute's name, in filter().
          "attribute",
          "content_weight");

  private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

  private static final JsonNode DOCUMENT =
      JsonMapper.shared().valueToTree(TestServer.client().getOpenApi());

  private record Described(String address, List<JsonNode> parameters, JsonNode responses) {}

  private static final List<Described> DESCRIBED = new ArrayList<>();

  @BeforeAll
  static void read() {
    for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        // A deprecated operation is an earlier name of another one.
        boolean isEarlierName = operation.getValue().path("deprecated").asBoolean(false);
        if (!VERBS.contains(operation.getKey())
            || isEarlierName
            || isForBrowsers(operation.getValue())) continue;
        String verb = operation.getKey().toUpperCase(java.util.Locale.ROOT);
        DESCRIBED.add(
            new Described(
                verb + " " + withoutNames(path.getKey()),
                Stream.of(path.getValue(), operation.getValue())
                    .flatMap(part -> part.path("parameters").valueStream())
                    .map(CoverageTest::resolved)
                    .toList(),
                operation.getValue().path("responses")));
      }
    }
  }

  @Test
  void every_operation_has_a_method() {
    Set<String> known =
        Arrays.stream(Operation.values()).map(CoverageTest::address).collect(Collectors.toSet());
    assertThat(DESCRIBED).extracting(Described::address).isSubsetOf(known);
    assertThat(Arrays.stream(Kindred.class.getMethods()).map(Method::getName).toList())
        .containsAll(Arrays.stream(Operation.values()).map(Operation::method).toList());
  }

  @Test
  void every_parameter_can_be_given() {
    var missing = new ArrayList<String>();
    for (Described described : DESCRIBED) {
      List<Operation> operations =
          Arrays.stream(Operation.values())
              .filter(known -> address(known).equals(described.address))
              .toList();
      Set<String> given = new HashSet<>(EVERYWHERE);
      operations.forEach(operation -> given.addAll(settable(operation)));
      for (JsonNode parameter : described.parameters) {
        String name = parameter.get("name").asString();
        if (!parameter.get("in").asString().equals("path") && !given.contains(name)) {
          missing.add(described.address + " " + name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /**
   * The names of the query for which the method has an argument, or a type of its arguments a
   * setter.
   */
  private static Set<String> settable(Operation operation) {
    var setters = new HashSet<String>();
    for (Method method : Kindred.class.getMethods()) {
      if (!method.getName().equals(operation.method())) continue;
      for (var parameter : method.getParameters()) {
        setters.add(parameter.getName());
        if (Fields.class.isAssignableFrom(parameter.getType())) {
          for (Method setter : parameter.getType().getMethods()) setters.add(setter.getName());
        }
      }
    }
    return operation.query().stream()
        .filter(name -> setters.contains(camelCase(name)))
        .collect(Collectors.toSet());
  }

  @Test
  void every_field_of_an_answer_has_a_component() {
    var missing = new ArrayList<String>();
    for (String name : answered()) {
      JsonNode properties = DOCUMENT.at("/components/schemas/" + name + "/properties");
      if (properties.isMissingNode() || Set.of("Error", "Problem").contains(name)) continue;
      Optional<Set<String>> components = components(name);
      if (components.isEmpty()) missing.add(name);
      components.ifPresent(declared ->
          properties.propertyNames().stream()
              .filter(field -> !declared.contains(camelCase(field)))
              .forEach(field -> missing.add(name + "." + field)));
    }
    assertThat(missing).isEmpty();
  }

  private static Optional<Set<String>> components(String name) {
    try {
      Class<?> type = Class.forName("dev.kindred.client.model." + name);
      return Optional.of(
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getName)
              .collect(Collectors.toSet()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The names of all schemas that an answer is made of. */
  private static Set<String> answered() {
    var found = new TreeSet<String>();
    DESCRIBED.forEach(described -> walk(described.responses, found));
    return found.stream()
        .filter(reference -> reference.startsWith("#/components/schemas/"))
        .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void walk(JsonNode part, Set<String> found) {
    if (part.has("$ref") && found.add(part.get("$ref").asString())) walk(resolved(part), found);
    part.valueStream().forEach(inner -> walk(inner, found));
  }

  private static JsonNode resolved(JsonNode part) {
    return part.has("$ref")
        ? resolved(DOCUMENT.at(part.get("$ref").asString().substring(1)))
        : part;
  }

  /** A page and its parts, or a conversation over WebSocket. */
  private static boolean isForBrowsers(JsonNode operation) {
    if (operation.path("responses").has("101")) return true;
    Set<String> media =
        operation.path("responses").properties().stream()
            .filter(response -> response.getKey().startsWith("2"))
            .flatMap(
                response -> resolved(response.getValue()).path("content").propertyNames().stream())
            .collect(Collectors.toSet());
    return !media.isEmpty() && PAGES.containsAll(media);
  }

  private static String address(Operation operation) {
    return operation.verb + " " + withoutNames(operation.path);
  }

  private static String withoutNames(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(.)")
        .matcher(name)
        .replaceAll(letter -> letter.group(1).toUpperCase(java.util.Locale.ROOT));
  }
}
