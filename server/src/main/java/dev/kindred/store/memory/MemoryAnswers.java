package dev.kindred.store.memory;

import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.UserId;
import dev.kindred.store.TenantStore.Answers;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers of a tenant that are to be given again. Every access holds the store's lock. */
final class MemoryAnswers {

  private record Kept(RememberedAnswer answer, Set<UserId> about, Instant at) {

    boolean isFresh(Instant now) {
      return now.isBefore(at.plus(Answers.KEPT_FOR));
    }
  }

  private final Journal journal;

  /** Primary: by their keys, the oldest first. */
  private final Map<String, Kept> answers = new LinkedHashMap<>();

  MemoryAnswers(Journal journal) {
    this.journal = journal;
  }

  Optional<RememberedAnswer> find(String key, Instant now) {
    Kept kept = answers.get(key);
    return kept != null && kept.isFresh(now) ? Optional.of(kept.answer()) : Optional.empty();
  }

  /**
   * Keeps an answer, and forgets those that are too old.
   *
   * @param about with whom it goes
   */
  void keep(String key, RememberedAnswer answer, Set<UserId> about, Instant now) {
    Iterator<Kept> oldest = answers.values().iterator();
    while (oldest.hasNext() && !oldest.next().isFresh(now)) oldest.remove();
    journal.put(answers, key, new Kept(answer, about, now));
  }

  /** Forgets those about a user. */
  void erase(UserId user) {
    List<String> about =
        answers.entrySet().stream()
            .filter(answer -> answer.getValue().about().contains(user))
            .map(Map.Entry::getKey)
            .toList();
    about.forEach(key -> journal.remove(answers, key));
  }
}
