package dev.kindred.store.memory;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Retention;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What is kept of one tenant, part by part, and what concerns several parts. Writing methods throw
 * to refuse; the store then takes back what was half done. Every access holds the store's lock.
 */
final class TenantData {

  final int number;
  final MemoryEntities entities;
  final MemoryUsers users;
  final MemoryTypes types;
  final MemoryInteractions interactions;
  final MemoryExperiments experiments;
  final MemoryTrials trials;
  final MemoryMerges merges;
  final MemoryShown shown;
  final MemorySums sums;
  final MemoryAnswers answers;
  final MemoryVersions versions;
  private final TenantLog log;

  TenantData(int number, NavigableMap<Long, Event> events, Journal journal) {
    this.number = number;
    this.log = new TenantLog(number, events, journal);
    this.entities = new MemoryEntities(log, journal);
    this.users = new MemoryUsers(journal);
    this.types = new MemoryTypes(log, journal);
    this.interactions = new MemoryInteractions(log, journal, entities, users, types);
    this.experiments = new MemoryExperiments(journal);
    this.trials = new MemoryTrials(log, experiments, users, interactions);
    this.merges = new MemoryMerges(journal, this);
    this.shown = new MemoryShown(journal);
    this.sums = new MemorySums(journal);
    this.answers = new MemoryAnswers(journal);
    this.versions = new MemoryVersions(log, journal);
  }

  Outcome put(UserId user, JsonObject attributes, long position, Instant now) {
    boolean created = !users.contains(user);
    int theirs = users.put(user, attributes, now);
    log.tell(new Event.UserPut(position, number, theirs));
    return new Outcome.UserStored(profile(theirs), position, created);
  }

  Optional<UserProfile> profile(UserId user) {
    OptionalInt known = users.number(user);
    return known.isEmpty() ? Optional.empty() : Optional.of(profile(known.getAsInt()));
  }

  UserProfile profile(int user) {
    MemoryUsers.User known = users.get(user);
    return new UserProfile(
        known.id(),
        known.attributes(),
        known.createdAt(),
        known.updatedAt(),
        interactions.count(user));
  }

  /** Removes the user, their interactions, and every event of either; the receipt is an event. */
  Outcome erase(UserId user, long position) {
    int theirs = users.number(user).orElseThrow(() -> NotFound.user(user));
    int removed = interactions.erase(theirs);
    answers.erase(user);
    experiments.erase(user);
    merges.erase(user);
    shown.erase(user);
    sums.erase(theirs);
    users.remove(theirs);
    log.forget(event -> event.isAbout(theirs));
    log.tell(new Event.UserErased(position, number, theirs));
    return new Outcome.UserErased(user, position, removed);
  }

  Outcome show(List<ShownList> lists, long position) {
    for (ShownList list : lists) {
      boolean isOfSomebody = list.user().map(users::contains).orElse(true);
      shown.keep(isOfSomebody ? list : list.forAnybody());
    }
    log.tell(new Event.ListsShown(position, number));
    return new Outcome.ShownKept(lists.size(), position);
  }

  Outcome purge(Instant before, long position) {
    log.tell(
        new Event.BehavioursPurged(
            position, number, ChronoUnit.MICROS.between(Instant.EPOCH, before)));
    return new Outcome.BehavioursPurged(position);
  }

  /** Takes the first behaviours of a stretch of the log out of it and sums them up. */
  Retention.Step fold(long beforeMicros, long after, long upTo, int most) {
    List<KeptInteraction> old =
        interactions.behaviours(beforeMicros, after, upTo).stream().limit(most).toList();
    for (KeptInteraction row : old) {
      int type = types.numberOf(row.type());
      long at = row.place().atMicros();
      sums.add(
          BehaviourSum.of(number, row.user(), row.entity(), type, row.counted(), at),
          merges.thatRecorded(row.position()));
      interactions.forget(row);
      long position = row.position();
      log.forget(event ->
          event.position() == position
              || (event instanceof Event.Reweighed again && again.original() == position));
    }
    return new Retention.Step(old.size(), old.size() < most ? upTo : old.getLast().position());
  }

  /** The sums of a user with entities that are still there. */
  List<MemorySums.Sum> movableSums(int user) {
    return sums.of(user).stream().filter(one -> !entities.isDeleted(one.sum().entity())).toList();
  }

  /** Says that sums go to another user; returns the position of what was said last. */
  long tellMoved(List<BehaviourSum> moved, int into, long after) {
    long position = after;
    for (BehaviourSum sum : moved) log.tell(new Event.SumTaken(++position, sum));
    for (BehaviourSum sum : moved) log.tell(new Event.SumGiven(++position, sum.by(into)));
    return position;
  }

  /** When a user last did something, whether it is kept one by one or in sums. */
  Optional<Instant> newest(int user) {
    Stream<Instant> inSums =
        sums.of(user).stream().map(one -> Instant.ofEpochMilli(one.sum().lastMillis()));
    Stream<Instant> kept = interactions.of(user).stream().map(KeptInteraction::at);
    return Stream.concat(inSums, kept).max(Comparator.naturalOrder());
  }
}
