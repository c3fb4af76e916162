package dev.kindred.store.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of what the database says. What an open transaction has found or made is kept
 * apart until it is committed. For the one thread that appends.
 */
final class Remembered<K, V> {

  private final Cache<K, V> committed;
  private final Map<K, V> open = new HashMap<>();

  Remembered(int entriesMax) {
    committed = Caffeine.newBuilder().maximumSize(entriesMax).executor(Runnable::run).build();
  }

  @Nullable V get(K key) {
    V value = open.get(key);
    return value != null ? value : committed.getIfPresent(key);
  }

  /** What is remembered already costs a look only: most who do something have done so before. */
  void put(K key, V value) {
    if (!value.equals(get(key))) open.put(key, value);
  }

  /** Whether the transaction succeeds or not, this is not to be believed any more. */
  void forget(K key) {
    open.remove(key);
    committed.invalidate(key);
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
    committed.invalidateAll();
  }
}
