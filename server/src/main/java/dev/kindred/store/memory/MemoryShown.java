package dev.kindred.store.memory;

import dev.kindred.domain.ShownList;
import dev.kindred.domain.UserId;
import dev.kindred.store.ShownLists.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The lists that a tenant's users were shown. */
final class MemoryShown {

  private final Journal journal;

  /** Primary: the lists in the order in which they were kept. */
  private final NavigableMap<Long, ShownList> lists = new TreeMap<>();

  /** Never given twice, so it only grows, even where a change is taken back. */
  private long last;

  MemoryShown(Journal journal) {
    this.journal = journal;
  }

  void keep(ShownList list) {
    journal.put(lists, ++last, list);
  }

  void erase(UserId user) {
    for (Map.Entry<Long, ShownList> each : List.copyOf(lists.entrySet())) {
      if (each.getValue().user().map(user::equals).orElse(false)) {
        journal.remove(lists, each.getKey());
      }
    }
  }

  List<ShownList> ofUser(UserId user) {
    return lists.values().stream()
        .filter(list -> list.user().map(user::equals).orElse(false))
        .toList();
  }

  List<Tally> tallies(Set<String> followed) {
    var shown = new TreeMap<String, long[]>();
    for (ShownList list : lists.values()) {
      long[] counts = shown.computeIfAbsent(list.algorithm(), _ -> new long[2]);
      counts[0]++;
      if (followed.contains(list.id())) counts[1]++;
    }
    return shown.entrySet().stream()
        .map(each -> new Tally(each.getKey(), each.getValue()[0], each.getValue()[1]))
        .toList();
  }

  int prune(Instant before) {
    int all = lists.size();
    lists.values().removeIf(list -> list.at().isBefore(before));
    return all - lists.size();
  }
}
