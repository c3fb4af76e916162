package dev.kindred.store.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes collections and can take the changes back, newest first. */
final class Journal {

  private final List<Runnable> undo = new ArrayList<>();

  <K, V> void put(Map<K, V> map, K key, V value) {
    @Nullable V before = map.put(key, value);
    undo.add(before == null ? () -> map.remove(key) : () -> map.put(key, before));
  }

  <K, V> void remove(Map<K, V> map, K key) {
    @Nullable V before = map.remove(key);
    if (before != null) undo.add(() -> map.put(key, before));
  }

  <E> void add(Collection<E> collection, E element) {
    if (collection.add(element)) undo.add(() -> collection.remove(element));
  }

  <E> void remove(Collection<E> collection, E element) {
    if (collection.remove(element)) undo.add(() -> collection.add(element));
  }

  /** A place to return to. */
  int mark() {
    return undo.size();
  }

  void rollBackTo(int mark) {
    while (undo.size() > mark) undo.removeLast().run();
  }

  /** Makes everything so far final. */
  void forget() {
    undo.clear();
  }
}
