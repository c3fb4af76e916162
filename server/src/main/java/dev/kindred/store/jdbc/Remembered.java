package dev.kindred.store.jdbc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of what the database says. What an open transaction has found or made is kept
 * apart until it is committed. For the one thread that appends.
 */
final class Remembered<K, V> {

  /** What was asked for last stays. One thread needs no more than that. */
  private final Map<K, V> committed;

  private final Map<K, V> open = new HashMap<>();

  Remembered(int entriesMax) {
    committed =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > entriesMax;
          }
        };
  }

  @Nullable V get(K key) {
    V value = open.isEmpty() ? null : open.get(key);
    return value != null ? value : committed.get(key);
  }

  /** What is remembered already costs a look only: most who do something have done so before. */
  void put(K key, V value) {
    if (!value.equals(get(key))) open.put(key, value);
  }

  /** Whether the transaction succeeds or not, this is not to be believed any more. */
  void forget(K key) {
    open.remove(key);
    committed.remove(key);
  }

  void commit() {
    committed.putAll(open);
    open.clear();
  }

  void rollBack() {
    open.clear();
  }

  void clear() {
    open.clear();
    committed.clear();
  }
}
