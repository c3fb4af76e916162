package dev.kindred.measure.behaviour;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.Measures;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.TimeOfDay;
import dev.kindred.domain.UserId;
import dev.kindred.store.Catalog;
import dev.kindred.store.InteractionTypes;
import dev.kindred.store.Store;
import dev.kindred.store.Users;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Reads all that is kept of a tenant and counts it anew for every question, in the plainest way:
 * what {@link Behaviours} keeps is held against it.
 */
public final class Recount {

  /**
   * What was done: one interaction that is kept, or what several added up to.
   *
   * @param atMillis when it was; of several, when the last was
   */
  private record Done(BehaviourSum sum, long atMillis, boolean isRaw, boolean isBehaviour) {}

  /** By user and position. */
  private final Map<Integer, NavigableMap<Long, Done>> kept = new HashMap<>();

  private final List<Done> past = new ArrayList<>();
  private final Set<Integer> deleted = new HashSet<>();
  private final Map<Integer, String> typeNames = new HashMap<>();
  private final Map<Integer, Long> typeWeights = new HashMap<>();
  private final Map<Integer, Description> descriptions = new TreeMap<>();
  private final Map<Integer, UserId> users = new TreeMap<>();

  // Made when everything is read.
  private final Map<Integer, List<Done>> ofUser = new HashMap<>();
  private final Map<Integer, List<Done>> withTitle = new HashMap<>();
  private final Map<Integer, Long> views = new HashMap<>();
  private final Map<UserId, Integer> numbersOfUsers = new HashMap<>();
  private final Map<EntityKey, Integer> numbersOfTitles = new HashMap<>();

  /** How often each title was seen that is there and was ever seen, in rising order. */
  private long[] viewsInOrder = {};

  private Recount() {}

  /** Reads everything of a tenant. */
  public static Recount of(Store store, TenantId tenant) {
    var recount = new Recount();
    for (InteractionTypes.Numbered type : store.tenant(tenant).types().numbered()) {
      recount.typeNames.put(type.number(), type.type().name());
      recount.typeWeights.put(type.number(), Measures.micros((float) type.type().weight()));
    }
    store.tenant(tenant).users().scan(0, recount::add);
    store.tenant(tenant).catalog().scan(0, recount::add);
    store
        .retention()
        .past(sum -> {
          if (store.tenants().named(sum.tenant()).equals(tenant)) recount.add(sum);
        });
    for (long after = 0, next; ; after = next) {
      var events = new ArrayList<Event>();
      next = store.log().read(after, 1_000, events::add);
      for (Event event : events) {
        boolean isTheirs =
            event.tenant() != 0 && store.tenants().named(event.tenant()).equals(tenant);
        if (isTheirs) recount.follow(event);
      }
      if (next == after) break;
    }
    recount.sort();
    return recount;
  }

  private void sort() {
    all()
        .forEach(one -> {
          ofUser.computeIfAbsent(one.sum.user(), _ -> new ArrayList<>()).add(one);
          withTitle.computeIfAbsent(one.sum.entity(), _ -> new ArrayList<>()).add(one);
          if (isOf(one, Role.VIEW)) views.merge(one.sum.entity(), one.sum.count(), Long::sum);
        });
    users.forEach((number, user) -> numbersOfUsers.put(user, number));
    descriptions.forEach((number, title) -> {
      if (!deleted.contains(number)) numbersOfTitles.put(title.key(), number);
    });
    viewsInOrder =
        numbersOfTitles.values().stream()
            .mapToLong(this::views)
            .filter(count -> count > 0)
            .sorted()
            .toArray();
  }

  /** Everybody who is known. */
  public List<UserId> users() {
    return List.copyOf(users.values());
  }

  /** The titles that are there or were named. */
  public List<EntityKey> titles() {
    return descriptions.entrySet().stream()
        .filter(one -> !deleted.contains(one.getKey()))
        .map(one -> one.getValue().key())
        .toList();
  }

  /** How many interactions are kept one by one. */
  public long raw() {
    return kept().filter(Done::isRaw).count();
  }

  /** What a user did; without the embedding but for the order of its genres. */
  public UserAnalytics user(UserId user) {
    int number = number(user);
    List<Done> theirs = ofUser.getOrDefault(number, List.of());
    Map<String, Long> genres = genres(number, true);
    List<String> liked = byWeight(genres);
    return new UserAnalytics(
        sum(theirs, one -> isOf(one, Role.VIEW) ? one.sum.count() : 0),
        average(theirs, one -> one.sum.durations(), one -> one.sum.timed()),
        liked.stream().filter(genre -> genres.getOrDefault(genre, 0L) > 0).limit(5).toList(),
        slots(theirs),
        share(titlesOf(theirs, this::isCompleted), titlesOf(theirs, this::isStarted)),
        average(theirs, one -> one.sum.ratings(), one -> one.sum.rated()),
        newest(theirs.stream()),
        liked.stream().map(genre -> new UserAnalytics.LikedGenre(genre, 0)).toList());
  }

  /** What users made of a title; without its trend and what is known of it otherwise. */
  public ContentMetrics content(EntityKey key) {
    int number = number(key);
    Description said = descriptions.get(number);
    if (said == null) throw new IllegalArgumentException("unknown: " + key);
    List<Done> with = withTitle.getOrDefault(number, List.of());
    Set<Integer> started = usersWith(with, this::isStarted);
    Optional<Instant> described =
        said.isStored() ? Optional.of(said.updatedAt()) : Optional.empty();
    long views = views(number);
    return new ContentMetrics(
        said.key(),
        said.mediaType(),
        said.title(),
        said.genres(),
        average(with, one -> one.sum.ratings(), one -> one.sum.rated()),
        views,
        share(usersWith(with, this::isCompleted).size(), started.size()),
        share(usersWith(with, one -> isOf(one, Role.SKIP)).size(), started.size()),
        0,
        percentile(views),
        Stream.of(newest(with.stream().filter(Done::isRaw)), described)
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder()));
  }

  /** How many titles in a hundred were seen less often; of those seen as often, a half counts. */
  private double percentile(long count) {
    if (viewsInOrder.length == 0) return 0;
    int fewer = seenLessThan(count);
    int equal = seenLessThan(count + 1) - fewer;
    return 100 * (fewer + equal / 2.0) / viewsInOrder.length;
  }

  private int seenLessThan(long count) {
    int from = 0;
    for (int until = viewsInOrder.length; from < until; ) {
      int middle = (from + until) >>> 1;
      if (viewsInOrder[middle] < count) from = middle + 1;
      else until = middle;
    }
    return from;
  }

  /** How alike two users are; 0 where they share nothing. */
  public double similarity(UserId one, UserId other) {
    Set<Integer> ones = shared(number(one));
    Set<Integer> others = shared(number(other));
    var both = new HashSet<>(ones);
    both.retainAll(others);
    if (both.isEmpty()) return 0;
    double titles = (double) both.size() / (ones.size() + others.size() - both.size());
    return 0.7 * titles + 0.3 * cosine(genres(number(one), false), genres(number(other), false));
  }

  /** How many titles two users share. */
  public int sharedTitles(UserId one, UserId other) {
    Set<Integer> ones = new HashSet<>(shared(number(one)));
    ones.retainAll(shared(number(other)));
    return ones.size();
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

  private Stream<Done> kept() {
    return kept.values().stream().flatMap(theirs -> theirs.values().stream());
  }

  private Stream<Done> all() {
    return Stream.concat(past.stream(), kept());
  }

  private Role role(int type) {
    return Role.of(typeNames.getOrDefault(type, ""));
  }

  private boolean isOf(Done one, Role role) {
    return role(one.sum.type()) == role;
  }

  private boolean isStarted(Done one) {
    return role(one.sum.type()).starts || one.sum.takenIn() > 0;
  }

  private boolean isCompleted(Done one) {
    return isOf(one, Role.COMPLETE) || one.sum.takenIn() > 0;
  }

  private long views(int entity) {
    return views.getOrDefault(entity, 0L);
  }

  private static int titlesOf(List<Done> done, Predicate<Done> which) {
    return (int) done.stream().filter(which).map(one -> one.sum.entity()).distinct().count();
  }

  private static Set<Integer> usersWith(List<Done> done, Predicate<Done> which) {
    var users = new HashSet<Integer>();
    for (Done one : done) if (which.test(one)) users.add(one.sum.user());
    return users;
  }

  private Set<Integer> shared(int user) {
    var titles = new HashSet<Integer>();
    ofUser.getOrDefault(user, List.of()).stream()
        .filter(one -> role(one.sum.type()).isShared)
        .filter(one -> !one.sum.ofExperiment() && !deleted.contains(one.sum.entity()))
        .forEach(one -> titles.add(one.sum.entity()));
    return titles;
  }

  /** How much a user likes each genre, in millionths; none that comes to nothing. */
  private Map<String, Long> genres(int user, boolean withExperiments) {
    var genres = new TreeMap<String, Long>();
    ofUser.getOrDefault(user, List.of()).stream()
        .filter(one -> withExperiments || !one.sum.ofExperiment())
        .filter(one -> !deleted.contains(one.sum.entity()))
        .forEach(one -> {
          long plain = one.sum.count() - one.sum.owns();
          long weight = plain * typeWeights.getOrDefault(one.sum.type(), 0L) + one.sum.weight();
          Description said = descriptions.get(one.sum.entity());
          if (said == null) return;
          for (String genre : said.genres()) genres.merge(genre, weight, Long::sum);
        });
    genres.values().removeIf(weight -> weight == 0);
    return genres;
  }

  private static double cosine(Map<String, Long> one, Map<String, Long> other) {
    double dot = 0;
    for (var entry : one.entrySet()) {
      dot += (double) entry.getValue() * other.getOrDefault(entry.getKey(), 0L);
    }
    double lengths = length(one) * length(other);
    return lengths == 0 ? 0 : Math.clamp(dot / lengths, 0, 1);
  }

  private static double length(Map<String, Long> genres) {
    return Math.sqrt(
        genres.values().stream().mapToDouble(weight -> (double) weight * weight).sum());
  }

  private static List<String> byWeight(Map<String, Long> genres) {
    return genres.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> slots(List<Done> done) {
    long[] slots = new long[TimeOfDay.COUNT];
    for (Done one : done) {
      slots[0] += one.sum.timesOfDay().mornings();
      slots[1] += one.sum.timesOfDay().afternoons();
      slots[2] += one.sum.timesOfDay().evenings();
      slots[3] += one.sum.timesOfDay().nights();
    }
    return Stream.of(TimeOfDay.values())
        .filter(part -> slots[part.code()] > 0)
        .sorted(
            Comparator.comparingLong((TimeOfDay part) -> -slots[part.code()])
                .thenComparingInt(TimeOfDay::code))
        .limit(3)
        .map(TimeOfDay::word)
        .toList();
  }

  private static Optional<Instant> newest(Stream<Done> done) {
    return done.map(one -> Instant.ofEpochMilli(one.atMillis)).max(Comparator.naturalOrder());
  }

  private static long sum(List<Done> done, ToLongFunction<Done> what) {
    return done.stream().mapToLong(what).sum();
  }

  private static OptionalDouble average(
      List<Done> done, ToLongFunction<Done> micros, ToLongFunction<Done> count) {
    long all = sum(done, count);
    return all == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum(done, micros) / Measures.MICROS / all);
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private int number(UserId user) {
    return requireNonNull(numbersOfUsers.get(user), user::value);
  }

  private int number(EntityKey key) {
    return requireNonNull(numbersOfTitles.get(key), key::toString);
  }
}
