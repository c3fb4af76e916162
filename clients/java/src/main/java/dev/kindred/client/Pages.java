package dev.kindred.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** All of a list, fetched page by page as it is read. */
final class Pages<T> implements Iterator<T> {

  record Page<T>(List<T> rows, Optional<String> nextCursor) {}

  private final Function<Optional<String>, Page<T>> fetch;
  private Page<T> page;
  private int next;

  Pages(Function<Optional<String>, Page<T>> fetch) {
    this.fetch = fetch;
    this.page = fetch.apply(Optional.empty());
  }

  @Override
  public boolean hasNext() {
    while (next >= page.rows.size() && page.nextCursor.isPresent()) {
      page = fetch.apply(page.nextCursor);
      next = 0;
    }
    return next < page.rows.size();
  }

  @Override
  public T next() {
    if (!hasNext()) throw new NoSuchElementException("that was the last one");
    return page.rows.get(next++);
  }
}
