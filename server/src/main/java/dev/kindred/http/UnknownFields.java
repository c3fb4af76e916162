package dev.kindred.http;

import dev.kindred.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Tells a caller of fields that were ignored. */
final class UnknownFields {

  private UnknownFields() {}

  static void write(JsonWriter writer, List<String> pointers) {
    write(writer, pointers, List.of());
  }

  /** Writes {@code warnings} if there are any: unknown fields first, then the others. */
  static void write(JsonWriter writer, List<String> pointers, List<String> others) {
    if (pointers.isEmpty() && others.isEmpty()) return;
    var warnings = new ArrayList<String>(pointers.size() + others.size());
    for (String pointer : pointers) warnings.add("unknown field " + pointer + " is ignored");
    warnings.addAll(others);
    writer.name("warnings").strings(warnings);
  }
}
