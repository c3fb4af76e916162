package dev.kindred.store.memory;

import static dev.kindred.domain.UserMerge.INTERACTIONS_MAX;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.MergeUsers;
import dev.kindred.domain.Change.RecordInteraction;
import dev.kindred.domain.Change.UndoMerge;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.store.MergeParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The merges of a tenant's users: each is made of changes that there are anyway. */
final class MemoryMerges {

  /**
   * A merge as it is kept.
   *
   * @param position of the merge, by which the sums that it brought are known
   * @param first the position of the first interaction that was moved
   * @param last and of the last
   * @param before the attributes of the known user before
   * @param after and after
   */
  private record Kept(
      UserMerge merge, long position, long first, long last, JsonObject before, JsonObject after) {}

  private final Journal journal;
  private final TenantData data;

  /** Primary: by their ids, the oldest first. */
  private final Map<String, Kept> merges = new LinkedHashMap<>();

  MemoryMerges(Journal journal, TenantData data) {
    this.journal = journal;
    this.data = data;
  }

  Outcome make(MergeUsers said, Instant now, Function<Change, Outcome> carryOut) {
    if (merges.containsKey(said.mergeId())) {
      throw new Conflict("there is a merge '" + said.mergeId() + "' already");
    }
    UserProfile from = data.profile(said.from()).orElseThrow(() -> NotFound.user(said.from()));
    JsonObject before =
        data.profile(said.into()).map(UserProfile::attributes).orElse(JsonObject.EMPTY);
    List<Interaction> moving = List.copyOf(data.interactions.said(said.from(), 0).values());
    List<MemorySums.Sum> sums = data.movableSums(number(said.from()));
    if (moving.size() + MemorySums.byKind(sums).size() > INTERACTIONS_MAX) {
      throw UserMerge.tooMany(said.from());
    }
    List<Long> positions = move(moving, said.into(), carryOut);
    JsonObject after = Json.merge(from.attributes(), before, Limits.ATTRIBUTES);
    var put = (Outcome.UserStored) carryOut.apply(new Change.PutUser(said.into(), after));
    long position = move(sums, said.into(), put.position(), true);
    long count = moving.size() + count(sums);
    var merge =
        new UserMerge(said.mergeId(), said.from(), said.into(), count, now, Optional.empty());
    long first = positions.isEmpty() ? 0 : positions.getFirst();
    long last = positions.isEmpty() ? 0 : positions.getLast();
    journal.put(merges, merge.id(), new Kept(merge, position, first, last, before, after));
    return new Outcome.UsersMerged(merge, position);
  }

  Outcome undo(UndoMerge said, Instant now, Function<Change, Outcome> carryOut) {
    Kept kept = merges.get(said.mergeId());
    if (kept == null) throw NotFound.of("merge", said.mergeId());
    UserMerge merge = kept.merge();
    if (merge.undoneAt().isPresent()) {
      throw new Conflict("merge '" + merge.id() + "' was undone at " + merge.undoneAt().get());
    }
    List<Interaction> moving =
        List.copyOf(
            data.interactions
                .said(merge.into(), kept.first() - 1)
                .headMap(kept.last(), true)
                .values());
    List<MemorySums.Sum> sums =
        data.movableSums(number(merge.into())).stream()
            .filter(one -> one.movedBy() == kept.position())
            .toList();
    move(moving, merge.from(), carryOut);
    JsonObject present = data.profile(merge.into()).orElseThrow().attributes();
    JsonObject back = present.equals(kept.after()) ? kept.before() : present;
    var put = (Outcome.UserStored) carryOut.apply(new Change.PutUser(merge.into(), back));
    long position = move(sums, merge.from(), put.position(), false);
    long count = moving.size() + count(sums);
    var undone =
        new UserMerge(merge.id(), merge.from(), merge.into(), count, merge.at(), Optional.of(now));
    journal.put(
        merges,
        merge.id(),
        new Kept(undone, kept.position(), kept.first(), kept.last(), kept.before(), kept.after()));
    return new Outcome.UsersMerged(undone, position);
  }

  private static List<Long> move(
      List<Interaction> moving, UserId to, Function<Change, Outcome> carryOut) {
    for (Interaction one : moving) {
      var _ = carryOut.apply(MergeParts.takingBack(one));
    }
    var positions = new ArrayList<Long>();
    for (Interaction one : moving) {
      var stored = (Outcome.InteractionStored) carryOut.apply(new RecordInteraction(one.by(to)));
      positions.add(stored.position());
    }
    return positions;
  }

  /** Moves sums, and returns the position of what was said last. */
  private long move(List<MemorySums.Sum> sums, UserId to, long after, boolean canBeUndone) {
    if (sums.isEmpty()) return after;
    List<BehaviourSum> moved = MemorySums.byKind(sums);
    long last = data.tellMoved(moved, number(to), after);
    data.sums.remove(sums);
    for (BehaviourSum sum : moved) data.sums.add(sum.by(number(to)), canBeUndone ? last : 0);
    return last;
  }

  private static long count(List<MemorySums.Sum> sums) {
    return sums.stream().mapToLong(one -> one.sum().count()).sum();
  }

  /** The position of the merge that recorded an interaction and can be undone; 0 where none did. */
  long thatRecorded(long position) {
    return merges.values().stream()
        .filter(kept -> kept.merge().undoneAt().isEmpty())
        .filter(kept -> kept.first() <= position && position <= kept.last())
        .mapToLong(Kept::position)
        .findFirst()
        .orElse(0);
  }

  private int number(UserId user) {
    return data.users.number(user).orElseThrow();
  }

  Optional<UserMerge> find(String mergeId) {
    return Optional.ofNullable(merges.get(mergeId)).map(Kept::merge);
  }

  List<UserMerge> of(UserId user, int limit) {
    return List.copyOf(merges.values()).reversed().stream()
        .map(Kept::merge)
        .filter(merge -> merge.from().equals(user) || merge.into().equals(user))
        .limit(limit)
        .toList();
  }

  void erase(UserId user) {
    of(user, Integer.MAX_VALUE).forEach(merge -> journal.remove(merges, merge.id()));
  }
}
