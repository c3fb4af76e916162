package dev.kindred.client.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent: values by their names on the wire. Never changes; each setter gives a new one.
 *
 * @param <T> the type itself
 */
public abstract class Fields<T extends Fields<T>> {

  /** Begins the name of a query parameter that the caller made up: a filter by attribute. */
  public static final String FREE = "filter:";

  private final Map<String, Object> values;

  Fields(Map<String, Object> values) {
    this.values = values;
  }

  abstract T made(Map<String, Object> values);

  /** The same with one more value, by its name on the wire; for what has no method yet. */
  public T with(String name, Object value) {
    var more = new LinkedHashMap<>(values);
    more.put(name, value);
    return made(more);
  }

  T without(String name) {
    var more = new LinkedHashMap<>(values);
    more.put(name, null);
    return made(more);
  }

  /** The same with a value for a name that has none. */
  public T withDefault(String name, Object value) {
    return values.containsKey(name) ? made(values) : with(name, value);
  }

  /** The values by their names on the wire. */
  @JsonValue
  public Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + values;
  }
}
