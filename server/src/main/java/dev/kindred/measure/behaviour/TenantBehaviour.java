package dev.kindred.measure.behaviour;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Event;
import dev.kindred.domain.TenantId;
import dev.kindred.store.InteractionTypes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

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

  private final LookUps lookUps = new LookUps();
  final Histories users = new Histories();
  final Titles titles = new Titles(lookUps);
  final TypeTable types = new TypeTable();
  final Genres genres = new Genres();
  private final Counting counting = new Counting(types);

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
    UserHistory user = users.of(event.user());
    long millis = Math.floorDiv(event.atMicros(), 1_000L);
    long key = deed.key();
    if (user.isFull(key)) return;
    counting.apply(user, titles.at(deed.title()), deed, 1);
    user.addMoment(key, millis);
    if (RowKey.isBehaviour(key)) oldestBehaviour = Math.min(oldestBehaviour, millis);
    raw++;
    Title title = titles.at(deed.title());
    user.totals.last = Math.max(user.totals.last, millis);
    title.last = Math.max(title.last, millis);
    if (deed.role().trends()) title.hours.add(hour(millis), 1);
  }

  /** Adds what is no longer kept one by one. */
  void given(BehaviourSum sum) {
    UserHistory user = users.of(sum.user());
    if (!count(user, sum, 1)) return;
    user.totals.pastLast = Math.max(user.totals.pastLast, sum.lastMillis());
    user.totals.last = Math.max(user.totals.last, user.totals.pastLast);
  }

  /** Takes away what another user has from now on. */
  void taken(BehaviourSum sum) {
    UserHistory user = users.find(sum.user());
    if (user == null || !count(user, sum, -1)) return;
    if (user.totals.pastLast == sum.lastMillis()) lookUps.lastOfUser(user.number);
  }

  void reweighed(Event.Reweighed event) {
    version++;
    Deed before = deed(event.entity(), event.type(), event.before());
    Deed now =
        deed(event.entity(), event.type(), new Event.Counted(event.weight(), event.measures()));
    UserHistory user = users.of(event.user());
    if (user.isFull(now.key())) return;
    counting.apply(user, titles.at(now.title()), now, 1);
    user.moveMoment(before.key(), now.key());
    counting.apply(user, titles.at(before.title()), before, -1);
  }

  void removed(Event.InteractionRemoved event) {
    version++;
    Deed deed =
        deed(event.entity(), event.type(), new Event.Counted(event.weight(), event.measures()));
    UserHistory user = users.of(event.user());
    long millis = Math.floorDiv(event.atMicros(), 1_000L);
    long key = deed.key();
    Title title = titles.at(deed.title());
    if (user.removeMoment(key, millis)) {
      raw--;
      if (deed.role().trends()) title.hours.add(hour(millis), -1);
    }
    counting.apply(user, titles.at(deed.title()), deed, -1);
    if (user.totals.pastLast == millis) lookUps.lastOfUser(user.number);
    else if (user.totals.last == millis) user.totals.last = user.newest(user.totals.pastLast);
    if (title.last == millis) lookUps.lastOf(title);
  }

  void erased(int userNumber) {
    UserHistory user = users.remove(userNumber);
    if (user == null) return;
    version++;
    lookUps.nothingOfUser(userNumber);
    for (int i = 0; i < user.moments(); i++) {
      long key = user.keyOfMoment(i);
      long millis = user.millisOfMoment(i);
      Title title = titles.at(RowKey.title(key));
      if (types.role(RowKey.type(key)).trends()) title.hours.add(hour(millis), -1);
      if (title.last == millis) lookUps.lastOf(title);
      raw--;
    }
    counting.takeOut(user, titles);
  }

  void entityPut(int entity) {
    version++;
    titles.of(entity);
    lookUps.descriptionOf(entity);
  }

  /** The title is named and compared no more; what users did stays theirs. */
  void entityDeleted(int entity) {
    version++;
    meaning++;
    Title title = titles.of(entity);
    if (title.isDeleted) return;
    title.isDeleted = true;
    for (int i = 0; i < title.userCount(); i++) {
      UserHistory user = users.at(title.user(i));
      if (user != null) user.shared--;
    }
    title.forgetUsers();
    lookUps.noDescriptionOf(entity);
  }

  void typeChanged() {
    version++;
    meaning++;
    lookUps.types();
  }

  /** Behaviours before then are no longer kept; what they added up to stays. */
  void purged(long beforeMillis) {
    version++;
    oldestBehaviour = Math.max(oldestBehaviour, beforeMillis);
    for (UserHistory user : users.all()) {
      for (int i = 0; i < user.moments(); i++) {
        long millis = user.millisOfMoment(i);
        if (millis >= beforeMillis) continue;
        long key = user.keyOfMoment(i);
        if (!RowKey.isBehaviour(key)) continue;
        Title title = titles.at(RowKey.title(key));
        if (title.last == millis) lookUps.lastOf(title);
        user.totals.pastLast = Math.max(user.totals.pastLast, millis);
        if (types.role(RowKey.type(key)).trends()) title.hours.add(hour(millis), -1);
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

  // What is read from elsewhere before anybody asks.

  LookUps lookUps() {
    return lookUps;
  }

  /**
   * Says when a user last did something. It may be later than what is counted so far, which does no
   * harm: that comes yet.
   */
  void lastDid(int userNumber, Optional<Instant> last) {
    UserHistory user = users.find(userNumber);
    if (user == null) return;
    version++;
    user.totals.pastLast = last.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    user.totals.last = user.newest(user.totals.pastLast);
  }

  void describe(int entity, Description description) {
    Title title = titles.of(entity);
    version++;
    meaning++;
    title.description = description;
    title.genres = genres.numbers(description.genres());
  }

  /** Finds the newest interaction of each title that has lost it. */
  void findLast() {
    Set<Title> wanted = lookUps.takeLastOfTitles();
    if (wanted.isEmpty()) return;
    for (Title title : wanted) title.last = Long.MIN_VALUE;
    for (UserHistory user : users.all()) {
      for (int i = 0; i < user.moments(); i++) {
        Title title = titles.at(RowKey.title(user.keyOfMoment(i)));
        if (wanted.contains(title)) title.last = Math.max(title.last, user.millisOfMoment(i));
      }
    }
  }

  void refreshTypes() {
    if (lookUps.takeTypes()) types.replace(typesNow.get());
  }

  // Captured, with the lock held for writing, and taken over again.

  Piece capture() {
    Piece usersThen = users.capture();
    Piece titlesThen = titles.capture();
    int[] lastOfTitlesThen = lookUps.indexesOfTitles();
    int[] lastOfUsersThen = lookUps.numbersOfUsers();
    long rawThen = raw;
    long oldestThen = oldestBehaviour;
    return out -> {
      usersThen.write(out);
      titlesThen.write(out);
      out.ints(lastOfTitlesThen);
      out.ints(lastOfUsersThen);
      out.number(rawThen);
      out.number(oldestThen);
    };
  }

  /** Takes over what was captured; what titles are is read when somebody asks. */
  void read(Input in) throws IOException {
    types.replace(typesNow.get());
    users.read(in);
    titles.read(in);
    for (int index : in.ints()) lookUps.lastOf(titles.at(index));
    for (int number : in.ints()) lookUps.lastOfUser(number);
    raw = in.longNumber();
    oldestBehaviour = in.longNumber();
    version++;
  }

  // The small print

  private Deed deed(int entity, int type, Event.Counted counted) {
    if (!types.knows(type)) types.replace(typesNow.get());
    return Deed.of(titles.of(entity).index, type, types.role(type), counted);
  }

  private boolean count(UserHistory user, BehaviourSum sum, int sign) {
    version++;
    if (!types.knows(sum.type())) types.replace(typesNow.get());
    return counting.apply(user, titles.of(sum.entity()), sum, sign);
  }

  static int hour(long millis) {
    return (int) Math.floorDiv(millis, MILLIS_AN_HOUR);
  }
}
