package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Event;
import dev.kindred.domain.Measures;
import dev.kindred.domain.TenantId;
import dev.kindred.store.InteractionTypes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is counted of one tenant, kept event by event at the same cost whatever came
 * before.
 *
 * <p>All of it is sums of whole numbers and sets, so it does not matter in which order events come,
 * and what is taken away leaves nothing behind. One thread follows the log; any number read.
 */
final class TenantBehaviour {

  static final long MILLIS_AN_HOUR = 3_600_000;

  final TenantId id;

  /** Held for writing by who follows the log, and for reading by who asks. */
  final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private final Supplier<List<InteractionTypes.Numbered>> typesNow;

  private final Map<Integer, UserHistory> users = new HashMap<>();

  /** By index; null where a user was erased. */
  private final List<@Nullable UserHistory> usersByIndex = new ArrayList<>();

  private final Map<Integer, Title> titles = new HashMap<>();
  private final List<Title> titlesByIndex = new ArrayList<>();

  /** By number: after a start these are all titles. */
  private final BitSet undescribed = new BitSet();

  /** Whose newest interaction was taken away, so that the next newest has to be found. */
  private final Set<Title> lastUnknown = new HashSet<>();

  /** Whose newest interaction among those in sums may have been taken away. */
  private final Set<Integer> usersWithoutLast = new TreeSet<>();

  final TypeTable types = new TypeTable();
  final Genres genres = new Genres();

  private boolean typesHaveChanged = true;
  private long raw;

  /** No behaviour that is kept one by one happened before then, in milliseconds. */
  private long oldestBehaviour = Long.MAX_VALUE;

  /** Moves with everything that an answer may depend on. */
  private long version;

  /** Moves with what titles and types are, on which the vectors of all users depend. */
  private long meaning;

  TenantBehaviour(TenantId id, Supplier<List<InteractionTypes.Numbered>> typesNow) {
    this.id = id;
    this.typesNow = typesNow;
  }

  // What the log says. Called by the one thread that follows it, with the lock.

  void interacted(Event.Interacted event) {
    version++;
    Deed deed =
        deed(event.entity(), event.type(), new Event.Counted(event.weight(), event.measures()));
    UserHistory user = user(event.user());
    long millis = Math.floorDiv(event.atMicros(), 1_000L);
    long key = deed.key();
    if (user.isFull(key)) return;
    apply(user, deed, 1);
    user.addMoment(key, millis);
    if (UserHistory.isBehaviour(key)) oldestBehaviour = Math.min(oldestBehaviour, millis);
    raw++;
    Title title = title(deed.title());
    user.totals.last = Math.max(user.totals.last, millis);
    title.last = Math.max(title.last, millis);
    if (deed.role().trends()) title.hours.add(hour(millis), 1);
  }

  /** Adds what is no longer kept one by one. */
  void given(BehaviourSum sum) {
    UserHistory user = user(sum.user());
    if (!apply(user, sum, 1)) return;
    user.totals.pastLast = Math.max(user.totals.pastLast, sum.lastMillis());
    user.totals.last = Math.max(user.totals.last, user.totals.pastLast);
  }

  /** Takes away what another user has from now on. */
  void taken(BehaviourSum sum) {
    UserHistory user = users.get(sum.user());
    if (user == null || !apply(user, sum, -1)) return;
    if (user.totals.pastLast == sum.lastMillis()) usersWithoutLast.add(user.number);
  }

  void reweighed(Event.Reweighed event) {
    version++;
    Deed before = deed(event.entity(), event.type(), event.before());
    Deed now =
        deed(event.entity(), event.type(), new Event.Counted(event.weight(), event.measures()));
    UserHistory user = user(event.user());
    if (user.isFull(now.key())) return;
    apply(user, now, 1);
    user.moveMoment(before.key(), now.key());
    apply(user, before, -1);
  }

  void removed(Event.InteractionRemoved event) {
    version++;
    Deed deed =
        deed(event.entity(), event.type(), new Event.Counted(event.weight(), event.measures()));
    UserHistory user = user(event.user());
    long millis = Math.floorDiv(event.atMicros(), 1_000L);
    long key = deed.key();
    Title title = title(deed.title());
    if (user.removeMoment(key, millis)) {
      raw--;
      if (deed.role().trends()) title.hours.add(hour(millis), -1);
    }
    apply(user, deed, -1);
    if (user.totals.pastLast == millis) usersWithoutLast.add(user.number);
    else if (user.totals.last == millis) user.totals.last = user.newest(user.totals.pastLast);
    if (title.last == millis) lastUnknown.add(title);
  }

  void erased(int userNumber) {
    UserHistory user = users.remove(userNumber);
    if (user == null) return;
    version++;
    usersWithoutLast.remove(userNumber);
    usersByIndex.set(user.index, null);
    for (int i = 0; i < user.moments(); i++) {
      long key = user.keyOfMoment(i);
      long millis = UserHistory.millis(user.moment(i));
      Title title = title(UserHistory.title(key));
      if (types.role(UserHistory.type(key)).trends()) title.hours.add(hour(millis), -1);
      if (title.last == millis) lastUnknown.add(title);
      raw--;
    }
    var seen = new TreeSet<Integer>();
    for (int row = 0; row < user.rows(); row++) {
      long key = user.keyOf(row);
      Title title = title(UserHistory.title(key));
      title.rated -= user.ratedOf(row);
      title.ratings -= user.ratingsOf(row);
      int type = UserHistory.type(key);
      if (type != UserHistory.TAKEN_IN && types.role(type) == Role.VIEW) {
        title.views -= user.countOf(row);
      }
      if (!seen.add(title.index)) continue;
      if (types.isStarted(user, title.index)) title.started--;
      if (types.isCompleted(user, title.index)) title.completed--;
      if (types.isSkipped(user, title.index)) title.skipped--;
      if (types.isShared(user, title.index)) title.removeUser(user.index);
    }
  }

  void entityPut(int entity) {
    version++;
    titleOf(entity);
    undescribed.set(entity);
  }

  /** The title is named and compared no more; what users did stays theirs. */
  void entityDeleted(int entity) {
    version++;
    meaning++;
    Title title = titleOf(entity);
    if (title.isDeleted) return;
    title.isDeleted = true;
    for (int i = 0; i < title.userCount(); i++) {
      UserHistory user = usersByIndex.get(title.user(i));
      if (user != null) user.shared--;
    }
    title.forgetUsers();
    undescribed.clear(entity);
  }

  void typeChanged() {
    version++;
    meaning++;
    typesHaveChanged = true;
  }

  /** Behaviours before then are no longer kept; what they added up to stays. */
  void purged(long beforeMillis) {
    version++;
    oldestBehaviour = Math.max(oldestBehaviour, beforeMillis);
    for (UserHistory user : users.values()) {
      for (int i = 0; i < user.moments(); i++) {
        long millis = UserHistory.millis(user.moment(i));
        if (millis >= beforeMillis) continue;
        long key = user.keyOfMoment(i);
        if (!UserHistory.isBehaviour(key)) continue;
        Title title = title(UserHistory.title(key));
        if (title.last == millis) lastUnknown.add(title);
        user.totals.pastLast = Math.max(user.totals.pastLast, millis);
        if (types.role(UserHistory.type(key)).trends()) title.hours.add(hour(millis), -1);
        raw--;
      }
      user.forgetBehavioursBefore(beforeMillis);
    }
  }

  // Readers, with the lock.

  long oldestBehaviour() {
    return oldestBehaviour;
  }

  long version() {
    return version;
  }

  long meaning() {
    return meaning;
  }

  /** How many interactions are kept raw. */
  long raw() {
    return raw;
  }

  @Nullable UserHistory userOf(int number) {
    return users.get(number);
  }

  /** By index; null where the user was erased. */
  @Nullable UserHistory userAt(int index) {
    return usersByIndex.get(index);
  }

  int userCount() {
    return usersByIndex.size();
  }

  /** In no order. */
  Iterable<UserHistory> users() {
    return users.values();
  }

  Title title(int index) {
    return titlesByIndex.get(index);
  }

  int titleCount() {
    return titlesByIndex.size();
  }

  @Nullable Title knownTitle(int entity) {
    return titles.get(entity);
  }

  // What is read from elsewhere before anybody asks.

  boolean isUpToDate() {
    return undescribed.isEmpty()
        && !typesHaveChanged
        && lastUnknown.isEmpty()
        && usersWithoutLast.isEmpty();
  }

  /** Users of whom it is not known when they last did something, at most so many; they go. */
  List<Integer> takeUsersWithoutLast(int most) {
    List<Integer> taken = usersWithoutLast.stream().limit(most).toList();
    taken.forEach(usersWithoutLast::remove);
    return taken;
  }

  void putBackUsers(List<Integer> numbers) {
    usersWithoutLast.addAll(numbers);
  }

  /**
   * Says when a user last did something. It may be later than what is counted so far, which does no
   * harm: that comes yet.
   */
  void lastDid(int userNumber, Optional<Instant> last) {
    UserHistory user = users.get(userNumber);
    if (user == null) return;
    version++;
    user.totals.pastLast = last.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    user.totals.last = user.newest(user.totals.pastLast);
  }

  /** Titles whose newest description is not known yet, at most so many; they are no longer. */
  List<Integer> takeUndescribed(int most) {
    List<Integer> taken = undescribed.stream().limit(most).boxed().toList();
    taken.forEach(undescribed::clear);
    return taken;
  }

  void putBack(List<Integer> entities) {
    entities.forEach(undescribed::set);
  }

  void describe(int entity, Description description) {
    Title title = titleOf(entity);
    version++;
    meaning++;
    title.description = description;
    title.genres = genres.numbers(description.genres());
  }

  /** Finds the newest interaction of each title that has lost it. */
  void findLast() {
    if (lastUnknown.isEmpty()) return;
    for (Title title : lastUnknown) title.last = Long.MIN_VALUE;
    for (UserHistory user : users.values()) {
      for (int i = 0; i < user.moments(); i++) {
        Title title = title(UserHistory.title(user.keyOfMoment(i)));
        if (lastUnknown.contains(title)) {
          title.last = Math.max(title.last, UserHistory.millis(user.moment(i)));
        }
      }
    }
    lastUnknown.clear();
  }

  void refreshTypes() {
    if (!typesHaveChanged) return;
    typesHaveChanged = false;
    types.replace(typesNow.get());
  }

  // Captured, with the lock held for writing, and taken over again.

  Piece capture() {
    var usersThen = new ArrayList<Optional<Piece>>(usersByIndex.size());
    for (UserHistory user : usersByIndex) {
      usersThen.add(user == null ? Optional.empty() : Optional.of(user.capture()));
    }
    List<Piece> titlesThen = titlesByIndex.stream().map(Title::capture).toList();
    int[] lastUnknownThen = lastUnknown.stream().mapToInt(title -> title.index).toArray();
    int[] usersWithoutLastThen = usersWithoutLast.stream().mapToInt(Integer::intValue).toArray();
    long rawThen = raw;
    long oldestThen = oldestBehaviour;
    return out -> {
      out.number(usersThen.size());
      for (Optional<Piece> user : usersThen) {
        out.number(user.isPresent() ? 1 : 0);
        if (user.isPresent()) user.get().write(out);
      }
      out.number(titlesThen.size());
      for (Piece title : titlesThen) title.write(out);
      out.ints(lastUnknownThen);
      out.ints(usersWithoutLastThen);
      out.number(rawThen);
      out.number(oldestThen);
    };
  }

  /** Takes over what was captured; what titles are is read when somebody asks. */
  void read(Input in) throws IOException {
    types.replace(typesNow.get());
    for (int index = 0, end = in.number(); index < end; index++) {
      UserHistory user = in.number() == 0 ? null : UserHistory.read(in, index);
      usersByIndex.add(user);
      if (user != null) users.put(user.number, user);
    }
    for (int index = 0, end = in.number(); index < end; index++) {
      Title title = Title.read(in, index);
      titlesByIndex.add(title);
      titles.put(title.number, title);
      if (!title.isDeleted) undescribed.set(title.number);
    }
    for (int index : in.ints()) lastUnknown.add(titlesByIndex.get(index));
    for (int number : in.ints()) usersWithoutLast.add(number);
    raw = in.longNumber();
    oldestBehaviour = in.longNumber();
    version++;
  }

  // The small print

  private Deed deed(int entity, int type, Event.Counted counted) {
    if (!types.knows(type)) types.replace(typesNow.get());
    return Deed.of(titleOf(entity).index, type, types.role(type), counted);
  }

  /** Adds a deed, or takes it away. */
  private void apply(UserHistory user, Deed deed, int sign) {
    Title title = title(deed.title());
    int others = user.count(deed.key()) - (sign < 0 ? 1 : 0);
    if (others > 0 && !deed.measures().isComplete()) {
      user.add(deed.key(), UserHistory.Amounts.of(deed, sign));
    } else {
      int takenIn = deed.measures().isComplete() ? sign : 0;
      add(user, title, deed.key(), UserHistory.Amounts.of(deed, sign), takenIn);
    }
    UserHistory.UserTotals totals = user.totals;
    if (deed.role() == Role.VIEW) {
      title.views += sign;
      totals.views += sign;
    }
    if (deed.ratingMicros() != Measures.NOT_SAID) {
      title.rated += sign;
      title.ratings += (long) sign * deed.ratingMicros();
      totals.rated += sign;
      totals.ratings += (long) sign * deed.ratingMicros();
    }
    Measures measures = deed.measures();
    if (measures.hasDuration()) {
      totals.timed += sign;
      totals.durations += sign * measures.durationMicros();
    }
    if (measures.hasTimeOfDay()) totals.timesOfDay[measures.timeOfDay()] += sign;
    user.vector = null;
  }

  /** Adds a sum, or takes it away; returns whether there was room for it. */
  private boolean apply(UserHistory user, BehaviourSum sum, int sign) {
    version++;
    if (!types.knows(sum.type())) types.replace(typesNow.get());
    Title title = titleOf(sum.entity());
    long key = UserHistory.key(title.index, sum.type(), UserHistory.circumstances(sum));
    if (user.isFull(key)) return false;
    int takenIn = sign * Math.toIntExact(sum.takenIn());
    add(user, title, key, UserHistory.Amounts.of(sum, sign), takenIn);
    UserHistory.UserTotals totals = user.totals;
    if (types.role(sum.type()) == Role.VIEW) {
      title.views += sign * sum.count();
      totals.views += sign * sum.count();
    }
    title.rated += sign * sum.rated();
    title.ratings += sign * sum.ratings();
    totals.rated += sign * sum.rated();
    totals.ratings += sign * sum.ratings();
    totals.timed += sign * sum.timed();
    totals.durations += sign * sum.durations();
    totals.add(sum.timesOfDay(), sign);
    user.vector = null;
    return true;
  }

  /**
   * Adds amounts by which the user may have begun with the title, or takes the last such away.
   *
   * @param takenIn how often all of it was taken in
   */
  private void add(
      UserHistory user, Title title, long key, UserHistory.Amounts amounts, int takenIn) {
    boolean wasStarted = types.isStarted(user, title.index);
    boolean wasCompleted = types.isCompleted(user, title.index);
    boolean wasSkipped = types.isSkipped(user, title.index);
    boolean wasShared = types.isShared(user, title.index);

    user.add(key, amounts);
    if (takenIn != 0) {
      long whole = UserHistory.key(title.index, UserHistory.TAKEN_IN, 0);
      user.add(whole, UserHistory.Amounts.counting(takenIn));
    }

    int started = change(wasStarted, types.isStarted(user, title.index));
    int completed = change(wasCompleted, types.isCompleted(user, title.index));
    title.started += started;
    title.completed += completed;
    user.totals.started += started;
    user.totals.completed += completed;
    title.skipped += change(wasSkipped, types.isSkipped(user, title.index));
    share(user, title, change(wasShared, types.isShared(user, title.index)));
  }

  private static void share(UserHistory user, Title title, int change) {
    if (change == 0 || title.isDeleted) return;
    user.shared += change;
    if (change > 0) title.addUser(user.index);
    else title.removeUser(user.index);
  }

  private static int change(boolean before, boolean now) {
    return (now ? 1 : 0) - (before ? 1 : 0);
  }

  private UserHistory user(int number) {
    return users.computeIfAbsent(
        number,
        fresh -> {
          var user = new UserHistory(fresh, usersByIndex.size());
          usersByIndex.add(user);
          return user;
        });
  }

  private Title titleOf(int entity) {
    return titles.computeIfAbsent(
        entity,
        fresh -> {
          var title = new Title(fresh, titlesByIndex.size());
          titlesByIndex.add(title);
          undescribed.set(fresh);
          return title;
        });
  }

  static int hour(long millis) {
    return (int) Math.floorDiv(millis, MILLIS_AN_HOUR);
  }
}
