package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Part.Stale;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Catalog;
import dev.kindred.store.Users;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All that answering needs to know about one tenant, as of one position of the log: the live tail
 * that an accepted write is in before it is acknowledged, and the models learned so far.
 *
 * <p>{@link Learning} alone changes it, between {@link #change} and its end; whoever reads does so
 * within {@link #read}, where nothing moves.
 */
public final class LiveTenant {
  private static final int NOWHERE = -1;

  private final TenantId id;
  private final int vectorDimension;
  private final LongSupplier nanoTime;
  private final Turnstile turnstile = new Turnstile();

  private final Map<EntityType, Shelf> shelves = new LinkedHashMap<>();
  private final List<Shelf> shelfList = new ArrayList<>();
  private Kinds kinds = Kinds.NONE;

  /** Where an entity stands, by its number: shelf and item. */
  private int[] shelfOf = {};

  private int[] itemOf = {};

  private final Dictionary users = new Dictionary();
  private Deeds[] deeds = {};
  private final Vintage vintage = new Vintage();
  private final Arena userAttributes = new Arena();
  private Tallies tallies = new Tallies();
  private final SegmentKeeper segments;
  private final Removal removal;

  /** Asks the database about vectors, where it keeps them. */
  private final Optional<VectorFetcher> fetcher;

  private JsonObject settings = JsonObject.EMPTY;
  private long position;
  private long interactions;
  private long erasures;

  /**
   * @param fetcher who asks the database about vectors, where they are not searched here
   */
  LiveTenant(
      TenantId id,
      int vectorDimension,
      LongSupplier nanoTime,
      SegmentPlan plan,
      Optional<VectorFetcher> fetcher) {
    this.id = id;
    this.fetcher = fetcher;
    this.segments = new SegmentKeeper(this, plan);
    this.removal = new Removal(this, segments);
    this.vectorDimension = vectorDimension;
    this.nanoTime = nanoTime;
  }

  public TenantId id() {
    return id;
  }

  /** Reads while nothing changes. Quick, please: changes wait. */
  public <T> T read(Supplier<T> reading) {
    return turnstile.read(reading);
  }

  /** Whether all that vectors say is in the process, so that one reading does. */
  public boolean hasVectorsAtHand() {
    return fetcher.isEmpty();
  }

  /**
   * Reads with what vectors say. Where the database keeps them, it is asked between readings, and
   * the reading is done again, a bounded number of times and for a bounded time; then it does
   * without what it lacks. From outside {@link #read}.
   */
  public <T> T readWithVectors(Function<VectorsAtHand, T> reading) {
    if (fetcher.isPresent()) return fetcher.get().read(this, reading);
    return read(() -> reading.apply(VectorsAtHand.IN_PROCESS));
  }

  Optional<VectorFetcher> fetcher() {
    return fetcher;
  }

  /** Changes while nobody reads, maybe on the thread of who read last. */
  void change(Runnable changing) {
    turnstile.change(changing);
  }

  /** The newest position of this tenant's events that is in here. */
  public long position() {
    return position;
  }

  /**
   * Another number than before if anything has changed that lists of all users are made from, what
   * goes on around the items aside. To be asked within {@link #read}.
   */
  public long changes() {
    long changes = shelfList.size();
    for (Shelf shelf : shelfList) {
      changes += shelf.changes();
      if (shelf.learned().isNothing()) changes += position;
    }
    return changes;
  }

  /** The same of what goes on around the items. */
  public long standingsChanges() {
    long changes = segments.moves();
    for (Shelf shelf : shelfList) changes += shelf.standings().seenChanges();
    return changes;
  }

  /** Whether some items are there at certain times only. */
  public boolean isTimed() {
    for (Shelf shelf : shelfList) if (shelf.isTimed()) return true;
    return false;
  }

  /** How many interactions are in here. */
  public long interactions() {
    return interactions;
  }

  public Collection<Shelf> shelves() {
    return shelfList;
  }

  public Optional<Shelf> shelf(EntityType type) {
    return Optional.ofNullable(shelves.get(type));
  }

  public Kinds kinds() {
    return kinds;
  }

  /** What the tenant has set for itself. */
  public JsonObject settings() {
    return settings;
  }

  /** What is popular with whom on a shelf. To be asked within {@link #read}. */
  public Segments segments(Shelf shelf) {
    return segments.of(shelf);
  }

  /**
   * What is popular on a shelf with users of whom certain things are known; absent where that says
   * nothing. To be asked within {@link #read}.
   *
   * @param windowDays by what happened in about so many days
   */
  public Optional<SlicePopularity> popularWith(
      Shelf shelf, List<String> path, Optional<Double> windowDays) {
    return shelf.standings().popular(segments.of(shelf), path, windowDays);
  }

  /** Makes lists of what goes on anew that somebody may ask for. From outside {@link #read}. */
  void renewStandings() {
    for (Shelf shelf : read(() -> List.copyOf(shelfList))) shelf.standings().renew(turnstile);
  }

  /** How much there is of everything. To be asked within {@link #read}. */
  public Tallies tallies() {
    return tallies;
  }

  /** Counts anew how much there is of everything. From outside {@link #read}. */
  public void recountTallies(Runnable goOn) {
    goOn.run();
    change(() -> {
      var fresh = new Tallies();
      for (Deeds own : deeds) {
        for (int n = 0; n < own.size(); n++) fresh.added(own.type(n), n + 1);
      }
      tallies = fresh;
    });
  }

  public SegmentPlan segmentPlan() {
    return segments.plan();
  }

  /** Counts anew what is popular with whom; from outside {@link #read}, one thread at a time. */
  public void recountSegments(long nowMicros, Runnable goOn) {
    segments.recount(nowMicros, goOn);
  }

  /** The number of a user, or -1 for one that nobody has heard of. */
  public int user(String userId) {
    return users.find(userId);
  }

  public String userId(int user) {
    return users.get(user);
  }

  /** How many users there are. */
  int users() {
    return users.size();
  }

  /** One more than the greatest number of a user. */
  public int usersEnd() {
    return deeds.length;
  }

  /**
   * Puts a model in force. What happened since the position that it is of is all that has to be
   * worked out beside it.
   */
  void learned(Shelf shelf, Learned learned) {
    change(() -> {
      shelf.learned(learned);
      for (Deeds own : deeds) {
        for (int n = own.size() - 1; n >= 0 && own.position(n) > learned.position(); n--) {
          int item = item(shelf, own.entity(n));
          if (item >= 0) shelf.touched(item);
        }
      }
    });
  }

  public Deeds deeds(int user) {
    return user >= 0 && user < deeds.length ? deeds[user] : Deeds.NONE;
  }

  public JsonObject userAttributes(int user) {
    return userAttributes.contains(user)
        ? JsonObject.ofCanonical(userAttributes.get(user))
        : JsonObject.EMPTY;
  }

  /** The shelf of an entity, by its number, or null while it has none. */
  public Optional<Shelf> shelfOf(int entity) {
    return entity < shelfOf.length && shelfOf[entity] >= 0
        ? Optional.of(shelfList.get(shelfOf[entity]))
        : Optional.empty();
  }

  /** The item that an entity is on this shelf, or -1. */
  public int item(Shelf shelf, int entity) {
    if (entity >= shelfOf.length) return NOWHERE;
    int at = shelfOf[entity];
    return at >= 0 && shelfList.get(at) == shelf ? itemOf[entity] : NOWHERE;
  }

  // ---- changing, by Learning only
  // -----------------------------------------------------------------

  boolean knowsEntity(int entity) {
    return entity < shelfOf.length && shelfOf[entity] >= 0;
  }

  /** One more than the greatest number of an entity. */
  int entitiesEnd() {
    return shelfOf.length;
  }

  boolean knowsUser(int user) {
    return users.contains(user);
  }

  void kinds(Kinds next) {
    vintage.kinds(kinds, next);
    kinds = next;
    for (Shelf shelf : shelfList) shelf.changed();
  }

  void settings(JsonObject next) {
    settings = next;
  }

  void reached(long newPosition) {
    position = Math.max(position, newPosition);
  }

  /** Takes in what the catalogue says of an entity now. */
  void put(Catalog.Numbered numbered) {
    Shelf shelf = place(numbered);
    int item = itemOf[numbered.number()];
    if (numbered.entity().isEmpty()) {
      if (shelf.isLive(item)) shelf.remove(item);
      return;
    }
    Entity entity = numbered.entity().get();
    vintage.vector(entity.vector().madeWith());
    // A number that takes over an id retires the one that had it.
    int before = shelf.find(entity.key().id().value());
    if (before >= 0 && before != item) shelf.remove(before);
    shelf.put(
        item,
        entity.key().id().value(),
        entity.attributes(),
        entity.availability(),
        entity.vector().values());
  }

  private Shelf place(Catalog.Numbered numbered) {
    int number = numbered.number();
    if (knowsEntity(number)) return shelfList.get(shelfOf[number]);
    if (number >= shelfOf.length) {
      int known = shelfOf.length;
      int room = Math.max(Math.max(16, number + 1), known + (known >> 1));
      shelfOf = Arrays.copyOf(shelfOf, room);
      itemOf = Arrays.copyOf(itemOf, room);
      Arrays.fill(shelfOf, known, room, NOWHERE);
    }
    Shelf shelf = shelves.get(numbered.key().type());
    if (shelf == null) {
      shelf = newShelf(numbered.key().type());
      shelves.put(shelf.type(), shelf);
      shelfList.add(shelf);
    }
    shelfOf[number] = shelfList.indexOf(shelf);
    itemOf[number] = shelf.add(number);
    return shelf;
  }

  void deleted(int entity) {
    shelfOf(entity).ifPresent(shelf -> shelf.remove(itemOf[entity]));
  }

  void put(Users.Numbered user) {
    if (!users.contains(user.number()) || !users.get(user.number()).equals(user.id().value())) {
      users.put(user.number(), user.id().value());
    }
    ownDeeds(user.number()).changed();
    if (user.attributes().isEmpty()) userAttributes.remove(user.number());
    else userAttributes.put(user.number(), user.attributes().utf8());
    segments.changed(user.number());
  }

  void happened(Event.Interacted event) {
    Deeds own = ownDeeds(event.user());
    float weight = kinds.weight(event.type(), event.weight());
    shelfOf(event.entity())
        .ifPresent(shelf -> {
          int item = itemOf[event.entity()];
          if (weight > 0 && !own.hasEntity(event.entity())) {
            shelf.postings().add(item, event.user());
          }
          if (kinds.isPurchase(event.type()) && !own.hasPurchase(event.entity(), kinds)) {
            shelf.buyers().add(item, event.user());
          }
          shelf.rates().add(item, weight, event.atMicros());
          shelf.standings().happened(event.atMicros());
          shelf.touched(item);
          segments.happened(
              shelf, item, event.user(), event.type(), event.weight(), event.atMicros());
        });
    own.add(
        event.entity(),
        event.type(),
        event.weight(),
        event.atMicros(),
        event.position(),
        event.measures().isBehaviour());
    tallies.added(event.type(), own.size());
    interactions++;
  }

  void reweighed(Event.Reweighed event) {
    Deeds own = deeds(event.user());
    int n = own.find(event.original());
    if (n < 0) return;
    float weightBefore = own.weight(n);
    float before = kinds.weight(own.type(n), weightBefore);
    float after = kinds.weight(own.type(n), event.weight());
    own.reweigh(event.original(), event.weight());
    shelfOf(event.entity())
        .ifPresent(shelf -> {
          int item = itemOf[event.entity()];
          shelf.rates().add(item, (double) after - before, own.atMicros(n));
          segments.takenBack(shelf, item, event.user(), own.type(n), weightBefore, own.atMicros(n));
          segments.happened(
              shelf, item, event.user(), own.type(n), event.weight(), own.atMicros(n));
        });
  }

  void takenBack(Event.InteractionRemoved event) {
    interactions -= removal.oneDeed(event);
  }

  /** Behaviours before then leave the log, so whoever reads it later does not know them. */
  void purged(long beforeMicros) {
    interactions -= removal.behavioursBefore(beforeMicros);
  }

  void erased(int user) {
    interactions -= removal.allOf(user);
    if (user < deeds.length) deeds[user] = Deeds.NONE;
    users.remove(user);
    userAttributes.remove(user);
    erasures++;
  }

  /** How many users were erased since the start. To be asked within {@link #read}. */
  long erasures() {
    return erasures;
  }

  // ---- captured and taken over again, by Learning only

  Vintage vintage() {
    return vintage;
  }

  /** Everything, as of now. To be asked within {@link #read}. */
  Piece capture() {
    List<EntityType> types = shelfList.stream().map(Shelf::type).toList();
    List<Piece> shelvesThen = shelfList.stream().map(Shelf::capture).toList();
    int[] shelfOfThen = shelfOf.clone();
    int[] itemOfThen = itemOf.clone();
    List<Piece> rest =
        List.of(
            users.capture(),
            Deeds.capture(deeds),
            userAttributes.capture(),
            tallies.capture(),
            segments.capture(shelfList));
    Set<String> kindsThen = kinds.words();
    int oldestVector = vintage.oldestVector();
    long positionThen = position;
    long interactionsThen = interactions;
    return out -> {
      out.number(kindsThen.size());
      for (String kind : kindsThen) out.text(kind);
      out.number(oldestVector);
      out.number(positionThen);
      out.number(interactionsThen);
      out.number(types.size());
      for (EntityType type : types) out.text(type.value());
      for (Piece shelf : shelvesThen) shelf.write(out);
      out.ints(shelfOfThen);
      out.ints(itemOfThen);
      for (Piece piece : rest) piece.write(out);
    };
  }

  /**
   * Takes over what was captured, into a tenant that is new but for its kinds.
   *
   * @param statistics the version of feature statistics in force
   */
  void read(Input in, int statistics) throws IOException {
    Set<String> kindsNow = kinds.words();
    for (int left = in.number(); left > 0; left--) {
      String kind = in.text();
      if (!kindsNow.contains(kind)) throw new Stale("another weight now than " + kind);
    }
    vintage.vector(in.number());
    if (vintage.isBehind(statistics)) throw new Stale("vectors are made in another way now");
    position = in.longNumber();
    interactions = in.longNumber();
    for (int left = in.number(); left > 0; left--) {
      Shelf shelf = newShelf(new EntityType(in.text()));
      shelves.put(shelf.type(), shelf);
      shelfList.add(shelf);
    }
    for (Shelf shelf : shelfList) shelf.read(in);
    shelfOf = in.ints();
    itemOf = in.ints();
    users.read(in);
    deeds = Deeds.readAll(in);
    userAttributes.read(in);
    tallies.read(in);
    segments.read(in, shelfList);
  }

  private Shelf newShelf(EntityType type) {
    return new Shelf(type, vectorDimension, hasVectorsAtHand(), nanoTime);
  }

  private Deeds ownDeeds(int user) {
    makeRoomForUser(user);
    if (deeds[user] == Deeds.NONE) deeds[user] = new Deeds();
    return deeds[user];
  }

  private void makeRoomForUser(int user) {
    if (user < deeds.length) return;
    int known = deeds.length;
    deeds = Arrays.copyOf(deeds, Math.max(Math.max(16, user + 1), known + (known >> 1)));
    Arrays.fill(deeds, known, deeds.length, Deeds.NONE);
  }
}
