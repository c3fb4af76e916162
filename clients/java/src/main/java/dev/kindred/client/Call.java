package dev.kindred.client;

import dev.kindred.client.model.Fields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One call, made step by step and then sent any number of times. */
final class Call {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  final Operation operation;
  final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> path = new LinkedHashMap<>();
  private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
  Optional<byte[]> body = Optional.empty();
  Optional<Integer> expected = Optional.empty();
  Optional<Path> file = Optional.empty();
  boolean slow;
  private boolean reads;

  private Call(Operation operation) {
    this.operation = operation;
    headers.put("Accept", "application/json");
  }

  static Call of(Operation operation) {
    return new Call(operation);
  }

  Call path(String name, String value) {
    if (value.isEmpty()) throw new IllegalArgumentException(name + " must not be empty");
    path.put(name, segment(value));
    return this;
  }

  Call query(Fields<?> fields) {
    fields.values().forEach(this::query);
    return this;
  }

  Call query(String name, Object value) {
    boolean free = name.startsWith(Fields.FREE);
    if (!free && !operation.query().contains(name)) {
      throw new IllegalArgumentException(operation.method() + " does not take '" + name + "'");
    }
    query.add(
        encoded(free ? name.substring(Fields.FREE.length()) : name) + "=" + encoded(text(value)));
    return this;
  }

  Call body(Object value) {
    body = Optional.of(Json.write(value));
    headers.putIfAbsent("Content-Type", "application/json");
    return this;
  }

  Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** A body that is not JSON: read from its start for each try. */
  Call file(Path path) {
    file = Optional.of(path);
    headers.put("Content-Type", "application/octet-stream");
    return this;
  }

  /** Takes long, whatever the client's time-out is. */
  Call slow() {
    slow = true;
    return this;
  }

  /** A POST that changes nothing needs no idempotency key. */
  Call reads() {
    reads = true;
    return this;
  }

  /** A status from 400 on that is an answer, not an error. */
  Call expecting(int status) {
    expected = Optional.of(status);
    return this;
  }

  /** All tries share the key, so that the call takes effect once. */
  Call withIdempotencyKey(Optional<String> given) {
    if (operation.verb.equals("POST") && !reads) {
      headers.put("Idempotency-Key", given.orElseGet(() -> UUID.randomUUID().toString()));
    }
    return this;
  }

  String address() {
    return PLACE.matcher(operation.path).replaceAll(place -> path.getOrDefault(place.group(1), ""))
        + query;
  }

  private static String text(Object value) {
    return value instanceof Collection<?> parts
        ? parts.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** In a path a plus is a plus, and dots alone would be taken for "here" or "one up". */
  private static String segment(String text) {
    String encoded = encoded(text).replace("+", "%20").replace("*", "%2A");
    return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
  }
}
