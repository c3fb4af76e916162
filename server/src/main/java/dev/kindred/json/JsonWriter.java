package dev.kindred.json;

import dev.kindred.domain.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * Writes JSON as bytes into a buffer that is used again for the next answer. Commas come by
 * themselves.
 *
 * <pre>{@code
 * writer.beginObject();
 * writer.field("user_id", user.value());
 * writer.name("attributes").raw(entity.attributes());
 * writer.endObject();
 * }</pre>
 *
 * <p>Not for several threads.
 */
public final class JsonWriter {

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] ZERO = {'0', '.', '0'};
  private static final int REPLACEMENT = 0xfffd;

  private final Bytes out;

  public JsonWriter() {
    this(1 << 10);
  }

  public JsonWriter(int capacity) {
    out = new Bytes(capacity);
  }

  public JsonWriter beginObject() {
    separate();
    out.add('{');
    return this;
  }

  public JsonWriter endObject() {
    out.add('}');
    return this;
  }

  public JsonWriter beginArray() {
    separate();
    out.add('[');
    return this;
  }

  public JsonWriter endArray() {
    out.add(']');
    return this;
  }

  /** The name of a member; its value is to follow. */
  public JsonWriter name(String name) {
    separate();
    quoted(name);
    out.add(':');
    return this;
  }

  public JsonWriter string(String value) {
    separate();
    quoted(value);
    return this;
  }

  public JsonWriter number(long value) {
    separate();
    digits(value);
    return this;
  }

  /** A number in the shortest form that is read as the same again; must be finite. */
  public JsonWriter number(double value) {
    requireFinite(value);
    separate();
    ascii(Double.toString(value));
    return this;
  }

  /** A number in the shortest form that is read as the same again; must be finite. */
  public JsonWriter number(float value) {
    requireFinite(value);
    separate();
    // Most places of a vector are empty.
    if (value == 0) out.add(ZERO, 0, ZERO.length);
    else ascii(Float.toString(value));
    return this;
  }

  public JsonWriter numbers(float[] values) {
    beginArray();
    for (float value : values) number(value);
    return endArray();
  }

  public JsonWriter bool(boolean value) {
    return raw(value ? TRUE : FALSE);
  }

  public JsonWriter nothing() {
    return raw(NULL);
  }

  /** RFC 3339 with microseconds, in UTC. */
  public JsonWriter time(Instant value) {
    separate();
    out.add('"');
    Rfc3339.write(value, out.room(Rfc3339.LENGTH), out.size());
    out.claim(Rfc3339.LENGTH);
    out.add('"');
    return this;
  }

  public JsonWriter strings(Iterable<String> values) {
    beginArray();
    for (String value : values) string(value);
    return endArray();
  }

  /** Copies an object as it is. */
  public JsonWriter raw(JsonObject value) {
    return raw(value.utf8());
  }

  /** Copies bytes that are one JSON value. */
  public JsonWriter raw(byte[] value) {
    separate();
    out.add(value, 0, value.length);
    return this;
  }

  public JsonWriter field(String name, String value) {
    return name(name).string(value);
  }

  public JsonWriter field(String name, long value) {
    return name(name).number(value);
  }

  public JsonWriter field(String name, double value) {
    return name(name).number(value);
  }

  public JsonWriter field(String name, boolean value) {
    return name(name).bool(value);
  }

  public JsonWriter field(String name, Instant value) {
    return name(name).time(value);
  }

  public JsonWriter field(String name, JsonObject value) {
    return name(name).raw(value);
  }

  /** Ends a line, so that the next value stands for itself. */
  public JsonWriter endLine() {
    out.add('\n');
    return this;
  }

  public int size() {
    return out.size();
  }

  public byte[] toByteArray() {
    return out.copy();
  }

  public void writeTo(OutputStream target) throws IOException {
    target.write(out.array(), 0, out.size());
  }

  /** Forgets what was written, keeps the room. */
  public JsonWriter clear() {
    out.cutTo(0);
    return this;
  }

  /** Writes a comma where something stands before what is to come. */
  private void separate() {
    int size = out.size();
    if (size == 0) return;
    byte last = out.array()[size - 1];
    if (last != '{' && last != '[' && last != ':' && last != '\n') out.add(',');
  }

  private void quoted(String text) {
    int length = text.length();
    byte[] room = out.room(length + 2);
    int at = out.size();
    room[at++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') break;
      room[at++] = (byte) c;
    }
    out.claim(i + 1);
    if (i < length) escaped(text, i);
    out.add('"');
  }

  private void escaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        JsonText.escape(c, out);
      } else if (!Character.isSurrogate(c)) {
        out.addCodePoint(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.addCodePoint(text.codePointAt(i++));
      } else {
        out.addCodePoint(REPLACEMENT);
      }
    }
  }

  private void ascii(String text) {
    int length = text.length();
    byte[] room = out.room(length);
    for (int i = 0; i < length; i++) room[out.size() + i] = (byte) text.charAt(i);
    out.claim(length);
  }

  private void digits(long value) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value));
      return;
    }
    if (value < 0) out.add('-');
    long rest = Math.abs(value);
    int count = 1;
    for (long n = rest; n >= 10; n /= 10) count++;
    byte[] room = out.room(count);
    for (int at = out.size() + count - 1; at >= out.size(); at--, rest /= 10) {
      room[at] = (byte) ('0' + rest % 10);
    }
    out.claim(count);
  }

  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no word for " + value);
    }
  }
}
