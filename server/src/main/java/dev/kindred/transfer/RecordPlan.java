package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.Target.Place;
import java.util.Comparator;
import java.util.List;

/**
 * How the columns of a file become what the API takes: settled once, then done for every record.
 *
 * @param unused columns that nobody asked for
 */
record RecordPlan(RecordKind kind, List<Step> steps, List<String> unused) {

  private static final int SHOWN_MAX = 60;

  /**
   * One value of a record.
   *
   * @param column where it comes from, for people
   * @param index the number of that column, or -1
   * @param otherwise what it is where the file says nothing
   * @param preset the system whose words these are
   */
  record Step(
      Target target,
      String column,
      int index,
      Shape shape,
      String separator,
      ColumnType type,
      Cell otherwise,
      Preset preset) {

    @Override
    public String toString() {
      String constant = otherwise.text().isEmpty() ? "" : "'" + otherwise.text() + "'";
      if (index < 0) return constant + " -> " + target;
      return column + (constant.isEmpty() ? "" : ", else " + constant) + " -> " + target;
    }
  }

  RecordPlan {
    steps =
        steps.stream().sorted(Comparator.comparing((Step step) -> step.target().place())).toList();
    unused = List.copyOf(unused);
  }

  /** Writes a record as the API's object; a value that is wrong is refused with its column. */
  void write(Row row, JsonWriter out) {
    out.beginObject();
    Place place = Place.FIELD;
    for (Step step : steps) {
      Cell cell = step.index() < 0 ? step.otherwise() : row.cell(step.index());
      if (cell.text().isEmpty() && cell.kind() == Cell.Kind.PLAIN) cell = step.otherwise();
      if (cell.text().isEmpty() && cell.kind() == Cell.Kind.PLAIN) continue;
      if (step.target().place() != place) {
        place = step.target().place();
        out.name(place == Place.ATTRIBUTE ? "attributes" : "metadata").beginObject();
      }
      out.name(step.target().name());
      try {
        write(step, cell, out);
      } catch (KindredException refused) {
        throw new InvalidRequest("column '" + step.column() + "': " + refused.sentence());
      }
    }
    if (place != Place.FIELD) out.endObject();
    out.endObject();
  }

  private static void write(Step step, Cell cell, JsonWriter out) {
    boolean isRaw = cell.kind() == Cell.Kind.NUMBER || cell.kind() == Cell.Kind.JSON;
    String text = cell.text();
    switch (step.shape()) {
      case TEXT -> {
        if (cell.kind() == Cell.Kind.JSON) raw(text, out);
        else out.string(text);
      }
      case WORD -> {
        if (isRaw) raw(text, out);
        else out.string(step.preset().type(text));
      }
      case NUMBER -> {
        if (!isRaw && !Numerals.isNumber(text.strip())) {
          throw new InvalidRequest("must be a number, got " + shown(text));
        }
        raw(text.strip(), out);
      }
      case TIME -> {
        if (isRaw || Numerals.isNumber(text)) raw(text, out);
        else out.string(Times.rfc3339(text));
      }
      case JSON -> {
        if (!isRaw) Json.requireValue(text.getBytes(UTF_8));
        raw(text, out);
      }
      case VALUE -> {
        String typed = cell.kind() == Cell.Kind.PLAIN ? step.type().json(text) : "";
        if (isRaw) raw(text, out);
        else if (typed.isEmpty()) out.string(text);
        else raw(typed, out);
      }
      case LIST -> {
        if (isRaw) raw(text, out);
        else list(text, step.separator(), out);
      }
    }
  }

  private static void list(String text, String separator, JsonWriter out) {
    if (text.startsWith("[") || text.startsWith("{")) {
      Json.requireValue(text.getBytes(UTF_8));
      raw(text, out);
      return;
    }
    out.beginArray();
    for (int from = 0; from <= text.length(); ) {
      int found = text.indexOf(separator, from);
      int to = found < 0 ? text.length() : found;
      String element = text.substring(from, to).strip();
      if (!element.isEmpty() && !element.equals(Preset.NO_GENRES)) out.string(element);
      from = to + separator.length();
    }
    out.endArray();
  }

  private static void raw(String json, JsonWriter out) {
    out.raw(json.getBytes(UTF_8));
  }

  private static String shown(String text) {
    return "'" + (text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...") + "'";
  }
}
