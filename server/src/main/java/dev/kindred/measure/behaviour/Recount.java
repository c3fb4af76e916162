package dev.kindred.measure.behaviour;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Measures;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.TimeOfDay;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.KeptDeeds.Done;
import dev.kindred.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  private final KeptDeeds deeds;
  private final Map<Integer, List<Done>> ofUser = new HashMap<>();
  private final Map<Integer, List<Done>> withTitle = new HashMap<>();
  private final Map<Integer, Long> views = new HashMap<>();
  private final Map<UserId, Integer> numbersOfUsers = new HashMap<>();
  private final Map<EntityKey, Integer> numbersOfTitles = new HashMap<>();

  /** How often each title was seen that is there and was ever seen, in rising order. */
  private final long[] viewsInOrder;

  private Recount(KeptDeeds deeds) {
    this.deeds = deeds;
    deeds
        .all()
        .forEach(one -> {
          ofUser.computeIfAbsent(one.sum().user(), _ -> new ArrayList<>()).add(one);
          withTitle.computeIfAbsent(one.sum().entity(), _ -> new ArrayList<>()).add(one);
          if (isOf(one, Role.VIEW)) views.merge(one.sum().entity(), one.sum().count(), Long::sum);
        });
    deeds.users().forEach((number, user) -> numbersOfUsers.put(user, number));
    deeds
        .descriptions()
        .forEach((number, title) -> {
          if (!deeds.isDeleted(number)) numbersOfTitles.put(title.key(), number);
        });
    viewsInOrder =
        numbersOfTitles.values().stream()
            .mapToLong(this::views)
            .filter(count -> count > 0)
            .sorted()
            .toArray();
  }

  /** Reads everything of a tenant. */
  public static Recount of(Store store, TenantId tenant) {
    return new Recount(KeptDeeds.of(store, tenant));
  }

  /** Everybody who is known. */
  public List<UserId> users() {
    return List.copyOf(deeds.users().values());
  }

  /** The titles that are there or were named. */
  public List<EntityKey> titles() {
    return deeds.descriptions().entrySet().stream()
        .filter(one -> !deeds.isDeleted(one.getKey()))
        .map(one -> one.getValue().key())
        .toList();
  }

  /** How many interactions are kept one by one. */
  public long raw() {
    return deeds.kept().filter(Done::isRaw).count();
  }

  /** What a user did; without the embedding but for the order of its genres. */
  public UserAnalytics user(UserId user) {
    int number = number(user);
    List<Done> theirs = ofUser.getOrDefault(number, List.of());
    Map<String, Long> genres = genres(number, true);
    List<String> liked = byWeight(genres);
    return new UserAnalytics(
        sum(theirs, one -> isOf(one, Role.VIEW) ? one.sum().count() : 0),
        average(theirs, one -> one.sum().durations(), one -> one.sum().timed()),
        liked.stream().filter(genre -> genres.getOrDefault(genre, 0L) > 0).limit(5).toList(),
        slots(theirs),
        share(titlesOf(theirs, this::isCompleted), titlesOf(theirs, this::isStarted)),
        average(theirs, one -> one.sum().ratings(), one -> one.sum().rated()),
        newest(theirs.stream()),
        liked.stream().map(genre -> new UserAnalytics.LikedGenre(genre, 0)).toList());
  }

  /** What users made of a title; without its trend and what is known of it otherwise. */
  public ContentMetrics content(EntityKey key) {
    int number = number(key);
    Description said = deeds.descriptions().get(number);
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
        average(with, one -> one.sum().ratings(), one -> one.sum().rated()),
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

  private boolean isOf(Done one, Role role) {
    return deeds.role(one.sum().type()) == role;
  }

  private boolean isStarted(Done one) {
    return deeds.role(one.sum().type()).starts || one.sum().takenIn() > 0;
  }

  private boolean isCompleted(Done one) {
    return isOf(one, Role.COMPLETE) || one.sum().takenIn() > 0;
  }

  private long views(int entity) {
    return views.getOrDefault(entity, 0L);
  }

  private static int titlesOf(List<Done> done, Predicate<Done> which) {
    return (int) done.stream().filter(which).map(one -> one.sum().entity()).distinct().count();
  }

  private static Set<Integer> usersWith(List<Done> done, Predicate<Done> which) {
    var users = new HashSet<Integer>();
    for (Done one : done) if (which.test(one)) users.add(one.sum().user());
    return users;
  }

  private Set<Integer> shared(int user) {
    var titles = new HashSet<Integer>();
    ofUser.getOrDefault(user, List.of()).stream()
        .filter(one -> deeds.role(one.sum().type()).isShared)
        .filter(one -> !one.sum().ofExperiment() && !deeds.isDeleted(one.sum().entity()))
        .forEach(one -> titles.add(one.sum().entity()));
    return titles;
  }

  /** How much a user likes each genre, in millionths; none that comes to nothing. */
  private Map<String, Long> genres(int user, boolean withExperiments) {
    var genres = new TreeMap<String, Long>();
    ofUser.getOrDefault(user, List.of()).stream()
        .filter(one -> withExperiments || !one.sum().ofExperiment())
        .filter(one -> !deeds.isDeleted(one.sum().entity()))
        .forEach(one -> {
          long plain = one.sum().count() - one.sum().owns();
          long weight = plain * deeds.weight(one.sum().type()) + one.sum().weight();
          Description said = deeds.descriptions().get(one.sum().entity());
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
      slots[0] += one.sum().timesOfDay().mornings();
      slots[1] += one.sum().timesOfDay().afternoons();
      slots[2] += one.sum().timesOfDay().evenings();
      slots[3] += one.sum().timesOfDay().nights();
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
    return done.map(one -> Instant.ofEpochMilli(one.atMillis())).max(Comparator.naturalOrder());
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
