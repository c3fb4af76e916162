package dev.kindred.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.MalformedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from front to back, as the caller asks for it, and builds no tree.
 *
 * <pre>{@code
 * var reader = JsonReader.of(body);
 * var fields = reader.object();
 * UserId user = null;
 * double weight = 1;
 * while (fields.next()) {
 *   switch (fields.name()) {
 *     case "user_id" -> user = reader.id(UserId::new);
 *     case "weight" -> weight = reader.number();
 *     default -> fields.unknown();
 *   }
 * }
 * return new Rating(fields.require("user_id", user), weight);
 * }</pre>
 *
 * <p>A wrong value is an {@link InvalidRequest} that points to it. It spoils no more than what is
 * being read: the next call of {@link Fields#next} or {@link Elements#next} goes on behind it. Text
 * that is not JSON is a {@link MalformedRequest}, and ends the reading.
 *
 * <p>Not for several threads.
 */
public final class JsonReader {

  /** What kinds of values there are. */
  public enum Kind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private static final int MOST_UNKNOWN = 20;

  private final JsonScanner in;
  private final String base;
  private final List<String> unknown = new ArrayList<>(0);
  private @Nullable Cursor innermost; // null while no object or array is being read

  private JsonReader(byte[] json, int from, int to, String base) {
    this.in = new JsonScanner(json, from, to);
    this.base = base;
  }

  public static JsonReader of(byte[] json) {
    return new JsonReader(json, 0, json.length, "");
  }

  public static JsonReader of(JsonObject object) {
    return of(object.utf8());
  }

  /**
   * Reads a part of an array.
   *
   * @param base what the JSON pointers of errors begin with, for example {@code /interactions/3}
   */
  public static JsonReader of(byte[] json, int from, int to, String base) {
    return new JsonReader(json, from, to, base);
  }

  /** The kind of the value that comes next. */
  public Kind kind() {
    return switch (in.peek()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      default -> Kind.NUMBER;
    };
  }

  /** Begins to read an object. */
  public Fields object() {
    return object(false);
  }

  /** Begins to read an object in which null says something else than absence does. */
  public Fields objectWithNulls() {
    return object(true);
  }

  private Fields object(boolean withNulls) {
    if (in.peek() != '{') throw wrongKind("an object");
    in.at++;
    var fields = new Fields(innermost, withNulls);
    innermost = fields;
    return fields;
  }

  /** Begins to read an array. */
  public Elements array() {
    if (in.peek() != '[') throw wrongKind("an array");
    in.at++;
    var elements = new Elements(innermost);
    innermost = elements;
    return elements;
  }

  /** A whole object, to be kept. */
  public JsonObject object(Limits limits) {
    if (in.peek() != '{') throw wrongKind("an object");
    int from = in.at;
    try {
      return Canonical.object(in, limits);
    } catch (InvalidRequest refused) {
      String inside = JsonPointer.of(in.json, from, in.end, in.at);
      in.at = from;
      in.skipValue();
      throw refused.at(pointer() + inside);
    }
  }

  public String string() {
    return text("a string", in.peek() == '"');
  }

  /** A string that becomes a value; its refusal is said about this place. */
  public <T> T string(Function<String, T> make) {
    return made(string(), make);
  }

  /** A string, or a number as its decimal string, that becomes a value. */
  public <T> T id(Function<String, T> make) {
    return made(id(), make);
  }

  public String id() {
    if (kind() != Kind.NUMBER) return text("a string or a number", in.peek() == '"');
    int from = in.at;
    in.skipNumber();
    var canonical = new Bytes(in.at - from);
    try {
      JsonNumber.writeCanonical(in.json, from, in.at, canonical);
    } catch (InvalidRequest refused) {
      throw refused.at(pointer());
    }
    return JsonText.decode(canonical.array(), 0, canonical.size());
  }

  private String text(String wanted, boolean isText) {
    if (!isText) throw wrongKind(wanted);
    int from = in.at + 1;
    in.skipString();
    try {
      return JsonText.decode(in.json, from, in.at - 1);
    } catch (InvalidRequest refused) {
      throw refused.at(pointer());
    }
  }

  private <T> T made(String text, Function<String, T> make) {
    try {
      return make.apply(text);
    } catch (InvalidRequest refused) {
      throw refused.at(pointer());
    }
  }

  /** Passes over a string if it is this one, written without escapes. */
  public boolean skipIfText(String text) {
    if (kind() != Kind.STRING) return false;
    int from = in.at;
    in.skipString();
    if (JsonText.decode(in.json, from + 1, in.at - 1).equals(text)) return true;
    in.at = from;
    return false;
  }

  public boolean bool() {
    if (kind() != Kind.BOOLEAN) throw wrongKind("true or false");
    boolean value = in.json[in.at] == 't';
    in.skipValue();
    return value;
  }

  /** A number that is finite. */
  public double number() {
    int from = startOfNumber();
    double value = JsonNumber.parse(in.json, from, in.at);
    if (Double.isFinite(value)) return value;
    throw invalid("must be finite, got " + JsonNumber.shown(in.json, from, in.at));
  }

  public double number(double least, double most) {
    int from = startOfNumber();
    double value = JsonNumber.parse(in.json, from, in.at);
    if (value >= least && value <= most) return value;
    throw outOfRange(plain(least), plain(most), from);
  }

  /** A number without a fraction; {@code 3.0} and {@code 3e0} are some. */
  public long integer(long least, long most) {
    int from = startOfNumber();
    double value = JsonNumber.parse(in.json, from, in.at);
    if (value != Math.rint(value)) {
      throw invalid("must be a whole number, got " + JsonNumber.shown(in.json, from, in.at));
    }
    // Beyond 2^53 a double is not exact any more, but the text may be.
    long exact = Math.abs(value) < 0x1p53 ? (long) value : exactly(from);
    if (exact >= least && exact <= most) return exact;
    throw outOfRange(Long.toString(least), Long.toString(most), from);
  }

  private long exactly(int from) {
    try {
      return Long.parseLong(JsonText.decode(in.json, from, in.at));
    } catch (NumberFormatException withExponentOrTooLarge) {
      throw invalid(
          "must be a whole number of at most 64 bits without an exponent, got "
              + JsonNumber.shown(in.json, from, in.at));
    }
  }

  private int startOfNumber() {
    if (kind() != Kind.NUMBER) throw wrongKind("a number");
    int from = in.at;
    in.skipNumber();
    if (in.at - from > JsonNumber.LONGEST) {
      throw invalid("must be a number of at most " + JsonNumber.LONGEST + " digits");
    }
    return from;
  }

  private InvalidRequest outOfRange(String least, String most, int from) {
    return invalid(
        "must be between "
            + least
            + " and "
            + most
            + ", got "
            + JsonNumber.shown(in.json, from, in.at));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** A point in time: RFC 3339, or seconds or milliseconds since 1970. */
  public Instant time() {
    try {
      if (kind() == Kind.NUMBER) return Rfc3339.ofEpoch(number());
      return Rfc3339.parse(text("a time as a string or a number", in.peek() == '"'));
    } catch (InvalidRequest refused) {
      throw refused.at(pointer());
    }
  }

  /** An array of strings (or of numbers, as their decimal strings) that become values. */
  public <T> List<T> ids(int most, Function<String, T> make) {
    var values = new ArrayList<T>();
    for (var elements = array(); elements.next(); ) {
      if (values.size() == most) throw tooMany(most);
      values.add(id(make));
    }
    return Collections.unmodifiableList(values);
  }

  public List<String> strings(int most) {
    var values = new ArrayList<String>();
    for (var elements = array(); elements.next(); ) {
      if (values.size() == most) throw tooMany(most);
      values.add(string());
    }
    return Collections.unmodifiableList(values);
  }

  private InvalidRequest tooMany(int most) {
    return InvalidRequest.at(
        innermost == null ? base : innermost.place(), "must have at most " + most + " elements");
  }

  /** An array of exactly so many numbers, all of them finite. */
  public float[] floats(int dimension) {
    String place = pointer();
    float[] values = new float[dimension];
    int count = 0;
    for (var elements = array(); elements.next(); count++) {
      int from = startOfNumber();
      if (count >= dimension) continue;
      values[count] = JsonNumber.parseFloat(in.json, from, in.at);
      if (!Float.isFinite(values[count])) {
        throw invalid(
            "must be finite as 32-bit floating point, got "
                + JsonNumber.shown(in.json, from, in.at));
      }
    }
    if (count == dimension) return values;
    throw InvalidRequest.at(place, "must hold " + dimension + " numbers, got " + count);
  }

  /** The value that comes next, as it is written. */
  public String raw() {
    in.peek();
    int from = in.at;
    in.skipValue();
    return new String(in.json, from, in.at - from, UTF_8);
  }

  /** Goes past the value that comes next. */
  public void skip() {
    in.skipValue();
  }

  /** Makes sure that nothing but white space follows. */
  public void end() {
    in.skipToEnd();
  }

  /** Where in the request the reader is, as a JSON pointer. */
  public String pointer() {
    return innermost == null ? base : innermost.pointer();
  }

  /** A refusal of the value that was just read. */
  public InvalidRequest invalid(String message) {
    return InvalidRequest.at(pointer(), message);
  }

  /** Pointers to the first fields that nobody knew. */
  public List<String> unknownFields() {
    return List.copyOf(unknown);
  }

  /** Refuses the value that comes next, unless it is no value at all. */
  private InvalidRequest wrongKind(String wanted) {
    Kind given = kind();
    if (given == Kind.NUMBER || given == Kind.BOOLEAN || given == Kind.NULL) in.skipValue();
    return invalid("must be " + wanted + ", got " + given.words);
  }

  /** An object or an array that is being read. */
  abstract sealed class Cursor permits Fields, Elements {

    private final @Nullable Cursor outer;
    private final int depth;
    int valueAt = -1; // where the newest value begins, or -1 before the first

    Cursor(@Nullable Cursor outer) {
      this.outer = outer;
      this.depth = outer == null ? 0 : outer.depth + 1;
    }

    /**
     * Goes behind the newest value, however much of it was read, and behind the comma.
     *
     * @return false at the end of all values
     */
    final boolean hasNext(char close) {
      boolean first = valueAt < 0;
      if (!first && (!isInnermost() || in.at == valueAt)) {
        innermost = this;
        in.at = valueAt;
        in.skipValue();
      }
      if (in.skipIf(close)) {
        innermost = outer;
        if (outer == null) in.skipToEnd();
        return false;
      }
      if (!first) in.skip(',');
      return true;
    }

    private boolean isInnermost() {
      return innermost != null && innermost.depth == depth;
    }

    final String place() {
      return outer == null ? base : outer.pointer();
    }

    final String pointer() {
      var pointer = new StringBuilder(place());
      if (valueAt >= 0) addStep(pointer);
      return pointer.toString();
    }

    abstract void addStep(StringBuilder pointer);
  }

  /** The members of an object, one after the other. */
  public final class Fields extends Cursor {

    private final boolean withNulls;
    private final Names seen = new Names();
    private String name = "";

    private Fields(@Nullable Cursor outer, boolean withNulls) {
      super(outer);
      this.withNulls = withNulls;
    }

    /** Goes to the next member whose value is not null (or to any), if there is one. */
    public boolean next() {
      while (hasNext('}')) {
        in.peek();
        int from = in.at + 1;
        in.skipString();
        int to = in.at - 1;
        in.skip(':');
        byte first = in.peek();
        valueAt = in.at;
        name = name(from, to);
        if (!seen.add(name)) throw invalid("is there twice");
        if (withNulls || first != 'n') return true;
      }
      return false;
    }

    private String name(int from, int to) {
      try {
        return JsonText.decode(in.json, from, to);
      } catch (InvalidRequest refused) {
        name = JsonText.decodeLeniently(in.json, from, to);
        throw refused.at(pointer());
      }
    }

    public String name() {
      return name;
    }

    /** Notes that nobody knows this field; its value is skipped. */
    public void unknown() {
      if (unknown.size() < MOST_UNKNOWN) unknown.add(pointer());
    }

    /** The value, if the field was there. */
    public <T> T require(String field, @Nullable T value) {
      if (value != null) return value;
      var pointer = new StringBuilder(place());
      JsonPointer.add(pointer, field);
      throw InvalidRequest.at(pointer.toString(), field + " is required");
    }

    @Override
    void addStep(StringBuilder pointer) {
      JsonPointer.add(pointer, name);
    }
  }

  /** The elements of an array, one after the other. */
  public final class Elements extends Cursor {

    private int index = -1;

    private Elements(@Nullable Cursor outer) {
      super(outer);
    }

    /** Goes to the next element, if there is one. */
    public boolean next() {
      if (!hasNext(']')) return false;
      in.peek();
      valueAt = in.at;
      index++;
      return true;
    }

    /** A reader of its own at the newest element, however much of that was read. */
    public JsonReader again() {
      return new JsonReader(in.json, valueAt, in.end, pointer());
    }

    /** Which element it is, from 0. */
    public int index() {
      return index;
    }

    @Override
    void addStep(StringBuilder pointer) {
      pointer.append('/').append(index);
    }
  }

  /** The names that an object had so far: mostly few, but a caller may send any number. */
  private static final class Names {

    private static final int FEW = 16;

    private final String[] few = new String[FEW];
    private int count;
    private @Nullable Set<String> many; // null while there are few

    boolean add(String name) {
      if (many != null) return many.add(name);
      for (int i = 0; i < count; i++) if (few[i].equals(name)) return false;
      if (count < FEW) {
        few[count++] = name;
        return true;
      }
      many = new HashSet<>(List.of(few));
      return many.add(name);
    }
  }
}
