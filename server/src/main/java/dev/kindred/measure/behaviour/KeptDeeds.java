package dev.kindred.measure.behaviour;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Entity;
import dev.kindred.domain.Event;
import dev.kindred.domain.Measures;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Catalog;
import dev.kindred.store.InteractionTypes;
import dev.kindred.store.Store;
import dev.kindred.store.Users;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is kept of a tenant, read from its log from beginning to end. */
final class KeptDeeds {

  /**
   * What was done: one interaction that is kept, or what several added up to.
   *
   * @param atMillis when it was; of several, when the last was
   */
  record Done(BehaviourSum sum, long atMillis, boolean isRaw, boolean isBehaviour) {}

  /** By user and position. */
  private final Map<Integer, NavigableMap<Long, Done>> kept = new HashMap<>();

  private final List<Done> past = new ArrayList<>();
  private final Set<Integer> deleted = new HashSet<>();
  private final Map<Integer, String> typeNames = new HashMap<>();
  private final Map<Integer, Long> typeWeights = new HashMap<>();
  private final Map<Integer, Description> descriptions = new TreeMap<>();
  private final Map<Integer, UserId> users = new TreeMap<>();

  private KeptDeeds() {}

  /** Reads everything of a tenant. */
  static KeptDeeds of(Store store, TenantId tenant) {
    var deeds = new KeptDeeds();
    for (InteractionTypes.Numbered type : store.tenant(tenant).types().numbered()) {
      deeds.typeNames.put(type.number(), type.type().name());
      deeds.typeWeights.put(type.number(), Measures.micros((float) type.type().weight()));
    }
    store.tenant(tenant).users().scan(0, deeds::add);
    store.tenant(tenant).catalog().scan(0, deeds::add);
    store
        .retention()
        .past(sum -> {
          if (store.tenants().named(sum.tenant()).equals(tenant)) deeds.add(sum);
        });
    for (long after = 0, next; ; after = next) {
      var events = new ArrayList<Event>();
      next = store.log().read(after, 1_000, events::add);
      for (Event event : events) {
        boolean isTheirs =
            event.tenant() != 0 && store.tenants().named(event.tenant()).equals(tenant);
        if (isTheirs) deeds.follow(event);
      }
      if (next == after) break;
    }
    return deeds;
  }

  /** By number, in rising order. */
  Map<Integer, UserId> users() {
    return users;
  }

  /** What is known of titles that are or were there, by number in rising order. */
  Map<Integer, Description> descriptions() {
    return descriptions;
  }

  boolean isDeleted(int entity) {
    return deleted.contains(entity);
  }

  /** What a deed of a type counts that brings no weight of its own, in millionths. */
  long weight(int type) {
    return typeWeights.getOrDefault(type, 0L);
  }

  private void add(Users.Numbered user) {
    users.put(user.number(), user.id());
  }

  private void add(Catalog.Numbered one) {
    descriptions.put(
        one.number(),
        Description.of(
            one.key(),
            one.entity().map(Entity::attributes),
            one.entity().map(Entity::updatedAt).orElse(Instant.EPOCH)));
  }

  private void add(BehaviourSum sum) {
    past.add(new Done(sum, sum.lastMillis(), false, true));
  }

  private void follow(Event event) {
    switch (event) {
      case Event.Interacted did -> {
        var counted = new Event.Counted(did.weight(), did.measures());
        BehaviourSum sum = sum(did.user(), did.entity(), did.type(), counted, did.atMicros());
        kept.computeIfAbsent(did.user(), _ -> new TreeMap<>())
            .put(did.position(), done(sum, counted));
      }
      case Event.Reweighed again -> {
        var counted = new Event.Counted(again.weight(), again.measures());
        NavigableMap<Long, Done> theirs = keptOf(again.user());
        Done before = theirs.get(again.original());
        if (before == null) throw new IllegalStateException("nothing was sent before " + again);
        long micros = before.atMillis * 1_000;
        BehaviourSum sum = sum(again.user(), again.entity(), again.type(), counted, micros);
        Done now = done(sum, counted);
        theirs.put(again.original(), new Done(sum, now.atMillis, before.isRaw, now.isBehaviour));
      }
      case Event.InteractionRemoved removed -> {
        long millis = Math.floorDiv(removed.atMicros(), 1_000L);
        var counted = new Event.Counted(removed.weight(), removed.measures());
        BehaviourSum sum =
            sum(removed.user(), removed.entity(), removed.type(), counted, millis * 1_000);
        NavigableMap<Long, Done> theirs = keptOf(removed.user());
        Optional<Long> found =
            theirs.entrySet().stream()
                .filter(one -> one.getValue().sum.equals(sum))
                .map(Map.Entry::getKey)
                .findFirst();
        found.ifPresent(theirs::remove);
      }
      case Event.UserErased erased -> kept.remove(erased.user());
      case Event.EntityDeleted gone -> deleted.add(gone.entity());
      case Event.BehavioursPurged purged -> {
        long before = Math.floorDiv(purged.beforeMicros(), 1_000L);
        for (NavigableMap<Long, Done> theirs : kept.values()) {
          theirs.replaceAll((position, one) ->
              one.isBehaviour && one.atMillis < before
                  ? new Done(one.sum, one.atMillis, false, true)
                  : one);
        }
      }
      default -> {}
    }
  }

  /** One interaction; a rating that was sent as the weight is one. */
  private BehaviourSum sum(int user, int entity, int type, Event.Counted counted, long micros) {
    BehaviourSum sum =
        BehaviourSum.of(0, user, entity, type, counted, Math.floorDiv(micros, 1_000L) * 1_000);
    boolean isRated =
        role(type) == Role.RATE
            && sum.owns() == 1
            && !counted.measures().isBehaviour()
            && sum.rated() == 0
            && sum.weight() >= 0
            && sum.weight() <= Measures.RATING_MAX * Measures.MICROS;
    return isRated ? sum.rated(sum.weight()) : sum;
  }

  private static Done done(BehaviourSum sum, Event.Counted counted) {
    return new Done(sum, sum.lastMillis(), true, counted.measures().isBehaviour());
  }

  private NavigableMap<Long, Done> keptOf(int user) {
    return kept.getOrDefault(user, Collections.emptyNavigableMap());
  }

  /** What is kept one by one, or was and is a sum by now. */
  Stream<Done> kept() {
    return kept.values().stream().flatMap(theirs -> theirs.values().stream());
  }

  Stream<Done> all() {
    return Stream.concat(past.stream(), kept());
  }

  Role role(int type) {
    return Role.of(typeNames.getOrDefault(type, ""));
  }
}
