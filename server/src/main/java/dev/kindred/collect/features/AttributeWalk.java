package dev.kindred.collect.features;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import java.util.List;

/** Goes through attributes and tells a listener what each of them is. */
final class AttributeWalk {

  /**
   * Learns of every value, with the path that leads to it; elements of a list share a path. Answers
   * how much the attribute that holds the value should weigh.
   */
  interface Listener {

    float number(long path, double value);

    float flag(long path, boolean value);

    float text(long path, String name, String value);

    float nothing(long path);

    /** Where the listener stands, to be given back when what begins here is over. */
    int mark();

    /** An attribute is over. */
    void attribute(int mark, String name, float weight);

    /** An object inside the attributes is over; its members were attributes. */
    float object(int mark);
  }

  private final JsonReader reader;
  private final Listener listener;

  private AttributeWalk(JsonReader reader, Listener listener) {
    this.reader = reader;
    this.listener = listener;
  }

  static void through(JsonObject attributes, Listener listener) {
    new AttributeWalk(JsonReader.of(attributes), listener).members(Hash.EMPTY);
  }

  /** Returns whether there were any. */
  private boolean members(long path) {
    boolean any = false;
    var fields = reader.objectWithNulls();
    while (fields.next()) {
      String name = fields.name();
      int mark = listener.mark();
      float weight = value(Hash.both(path, Hash.of(name)), name);
      listener.attribute(mark, name, weight);
      any = true;
    }
    return any;
  }

  private float value(long path, String name) {
    return switch (reader.kind()) {
      // A number that names something is not more or less than another one.
      case NUMBER ->
          Names.isReference(name)
              ? listener.text(path, name, reader.id())
              : listener.number(path, reader.number());
      case BOOLEAN -> listener.flag(path, reader.bool());
      case STRING -> text(path, name, reader.string());
      case ARRAY -> elements(path, name);
      case OBJECT -> {
        int mark = listener.mark();
        yield members(path) ? listener.object(mark) : listener.nothing(path);
      }
      case NULL -> {
        reader.skip();
        yield listener.nothing(path);
      }
    };
  }

  private float elements(long path, String name) {
    float heaviest = 0;
    var elements = reader.array();
    while (elements.next()) heaviest = Math.max(heaviest, value(path, name));
    return elements.index() < 0 ? listener.nothing(path) : heaviest;
  }

  private float text(long path, String name, String given) {
    String text = Letters.plain(given);
    if (text.isBlank()) return listener.nothing(path);
    if (Dates.isDate(text)) return listener.number(path, Dates.day(text));
    List<String> parts = ListText.parts(text);
    if (parts.isEmpty()) return listener.text(path, name, text);
    float heaviest = 0;
    for (String part : parts) heaviest = Math.max(heaviest, listener.text(path, name, part));
    return heaviest;
  }
}
