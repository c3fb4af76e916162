package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change.CreateExperiment;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Change.PutInteractionType;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.Change.RemoveInteraction;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantSettings;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Experiments;
import dev.kindred.store.Experiments.Exposure;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Between;
import dev.kindred.store.Interactions.Kept;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Interactions.Scanned;
import dev.kindred.store.TenantStore.Answers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one tenant, and how each change changes it. Writing methods throw to refuse; the
 * store then takes back what was half done. Every access holds the store's lock.
 */
final class TenantData {

  /** An entity by its number; without a state while it was only named, and after its deletion. */
  record NumberedEntity(EntityKey key, Optional<Entity> entity) {}

  record User(UserId id, JsonObject attributes, Instant createdAt, Instant updatedAt) {}

  /**
   * An interaction.
   *
   * @param weight its own; absent where its type's counts
   */
  record Row(
      long position,
      int user,
      int entity,
      String type,
      OptionalDouble weight,
      JsonObject metadata,
      Instant at,
      Optional<String> eventId,
      Optional<String> recommendationId,
      Measures measures) {

    Row sentAgainAs(Interaction later) {
      return new Row(
          position,
          user,
          entity,
          type,
          later.weight(),
          later.metadata(),
          at,
          eventId,
          recommendationId,
          later.measures());
    }

    Event.Counted counted() {
      return new Event.Counted(inEvents(weight), measures);
    }

    After place() {
      return new After(ChronoUnit.MICROS.between(Instant.EPOCH, at), position);
    }
  }

  /** What two interactions never share. */
  private record Sameness(int user, int entity, String type, Instant at) {

    Sameness aMicrosecondLater() {
      return new Sameness(user, entity, type, at.plus(1, MICROS));
    }
  }

  private record KeptAnswer(RememberedAnswer answer, Set<UserId> about, Instant at) {

    boolean isFresh(Instant now) {
      return now.isBefore(at.plus(Answers.KEPT_FOR));
    }
  }

  private static final Comparator<After> NEWEST_FIRST =
      Comparator.comparingLong(After::atMicros).thenComparingLong(After::position).reversed();

  final int number;
  private final Journal journal;
  final MemoryExperiments experiments;
  final MemoryMerges merges;
  final MemoryShown shown;
  final MemorySums sums;

  /** Primary, shared by all tenants: the log by position. */
  private final NavigableMap<Long, Event> events;

  /** Primary: every entity that was ever stored or named. */
  final NavigableMap<Integer, NumberedEntity> entities = new TreeMap<>();

  /** Derived: the numbers of those that are not deleted. */
  private final NavigableMap<EntityKey, Integer> entityNumbers = new TreeMap<>(Order.OF_ENTITIES);

  /** Derived: the types under which an entity of that id is stored. */
  private final Map<EntityId, NavigableSet<String>> typesOf = new HashMap<>();

  /** Primary: the users. */
  final NavigableMap<Integer, User> users = new TreeMap<>();

  /** Derived: their numbers. */
  final NavigableMap<UserId, Integer> userNumbers = new TreeMap<>(Order.OF_USERS);

  /** Primary: the interactions by position. */
  private final NavigableMap<Long, Row> interactions = new TreeMap<>();

  /** Derived: where the interactions of a user are. */
  private final Map<Integer, NavigableSet<After>> ofUser = new HashMap<>();

  /** Derived: where the interactions with an entity are; with deleted ones of that key, too. */
  private final Map<EntityKey, NavigableSet<After>> ofEntity = new HashMap<>();

  /** Derived: the position of the one of its kind. */
  private final Map<Sameness, Long> bySameness = new HashMap<>();

  /** Derived: positions by the callers' own names for events. */
  private final Map<String, Long> byEventId = new HashMap<>();

  /** Primary: the numbers of all types that ever stood in an event, in their order. */
  final Map<String, Integer> typeNumbers = new LinkedHashMap<>();

  /** Primary: what was registered about types. */
  private final NavigableMap<String, InteractionType> registeredTypes = new TreeMap<>();

  /** Primary: answers to give again, the oldest first. */
  private final Map<String, KeptAnswer> answers = new LinkedHashMap<>();

  /** Primary: all versions of the settings, the oldest first. */
  final List<TenantSettings> settings = new ArrayList<>();

  /** Primary: all versions of the feature statistics, the oldest first. */
  final List<FeatureStatisticsBytes> statistics = new ArrayList<>();

  /** Numbers are never given twice, so these only grow, even where a change is taken back. */
  private int lastEntity;

  private int lastUser;

  TenantData(int number, NavigableMap<Long, Event> events, Journal journal) {
    this.number = number;
    this.events = events;
    this.journal = journal;
    this.experiments = new MemoryExperiments(journal);
    this.merges = new MemoryMerges(journal, this);
    this.shown = new MemoryShown(journal);
    this.sums = new MemorySums(journal);
  }

  // Entities

  Outcome put(EntityDraft draft, PutMode mode, long position, Instant now) {
    boolean known = find(draft.key()).isPresent();
    if (known && mode == PutMode.CREATE) throw Conflict.exists(draft.key());
    if (!known && mode == PutMode.REPLACE) throw NotFound.entity(draft.key().asRef());
    return store(draft.key(), draft, position, now);
  }

  Outcome edit(EntityKey key, Function<Entity, EntityDraft> edit, long position, Instant now) {
    Entity stored = find(key).orElseThrow(() -> NotFound.entity(key.asRef()));
    return store(key, edit.apply(stored), position, now);
  }

  private Outcome store(EntityKey key, EntityDraft draft, long position, Instant now) {
    Optional<Entity> before = find(key);
    var entity =
        new Entity(
            key,
            draft.attributes(),
            draft.vector(),
            toMicros(draft.availability()),
            before.map(Entity::createdAt).orElse(now),
            now);
    int entityNumber = numberOf(key);
    journal.put(entities, entityNumber, new NumberedEntity(key, Optional.of(entity)));
    journal.add(typesOf.computeIfAbsent(key.id(), _ -> new TreeSet<>()), key.type().value());
    tell(new Event.EntityPut(position, number, entityNumber));
    return new Outcome.EntityStored(entity, position, before.isEmpty());
  }

  /** The number retires with the entity: one that comes under the same key is another. */
  Outcome delete(EntityKey key, long position) {
    if (find(key).isEmpty()) throw NotFound.entity(key.asRef());
    int entityNumber = numberOf(key);
    journal.put(entities, entityNumber, new NumberedEntity(key, Optional.empty()));
    journal.remove(entityNumbers, key);
    journal.remove(typesOf(key.id()), key.type().value());
    tell(new Event.EntityDeleted(position, number, entityNumber));
    return new Outcome.EntityDeleted(key, position);
  }

  /** Takes over the vector, unless the entity has changed since it was read. Outside the log. */
  void refreshVector(int entityNumber, Entity read) {
    NumberedEntity now = entities.get(entityNumber);
    if (now == null || now.entity().isEmpty()) return;
    Entity entity = now.entity().get();
    if (entity.vector().isGiven() || !entity.updatedAt().equals(read.updatedAt())) return;
    var refreshed =
        new Entity(
            entity.key(),
            entity.attributes(),
            read.vector(),
            entity.availability(),
            entity.createdAt(),
            entity.updatedAt());
    entities.put(entityNumber, new NumberedEntity(now.key(), Optional.of(refreshed)));
  }

  Optional<Entity> find(EntityKey key) {
    Integer entityNumber = entityNumbers.get(key);
    if (entityNumber == null) return Optional.empty();
    return Optional.ofNullable(entities.get(entityNumber)).flatMap(NumberedEntity::entity);
  }

  OptionalInt number(EntityKey key) {
    Integer known = entityNumbers.get(key);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  NavigableSet<String> typesOf(EntityId id) {
    return typesOf.getOrDefault(id, Collections.emptyNavigableSet());
  }

  /** The keys of all entities that are stored or named, in order. */
  NavigableSet<EntityKey> keysAfter(Optional<EntityKey> after) {
    NavigableSet<EntityKey> keys = entityNumbers.navigableKeySet();
    return after.isEmpty() ? keys : keys.tailSet(after.get(), false);
  }

  private int numberOf(EntityKey key) {
    Integer known = entityNumbers.get(key);
    if (known != null) return known;
    int fresh = ++lastEntity;
    journal.put(entityNumbers, key, fresh);
    journal.put(entities, fresh, new NumberedEntity(key, Optional.empty()));
    return fresh;
  }

  private EntityKey keyOf(EntityRef entity) {
    if (entity.type().isPresent()) return new EntityKey(entity.type().get(), entity.id());
    List<EntityType> types = typesOf(entity.id()).stream().map(EntityType::new).toList();
    return switch (types.size()) {
      case 0 -> new EntityKey(EntityType.PRODUCT, entity.id());
      case 1 -> new EntityKey(types.getFirst(), entity.id());
      default -> throw Conflict.ambiguous(entity.id(), types);
    };
  }

  // Interactions

  Outcome record(Interaction said, long position, Instant now) {
    if (said.eventId().isPresent()) {
      Long first = byEventId.get(said.eventId().get());
      if (first != null) return interactionStored(row(first), first, true);
    }
    EntityKey key = keyOf(said.entity());
    int type = numberOf(said.type());
    var same =
        new Sameness(
            numberOf(said.user(), now), numberOf(key), said.type(), said.at().truncatedTo(MICROS));
    if (said.atGiven()) {
      Long there = bySameness.get(same);
      if (there != null) return reweigh(row(there), said, position, type);
    }
    while (bySameness.containsKey(same)) same = same.aMicrosecondLater();

    var row =
        new Row(
            position,
            same.user(),
            same.entity(),
            same.type(),
            said.weight(),
            said.metadata(),
            same.at(),
            said.eventId(),
            said.recommendationId(),
            said.measures());
    journal.put(interactions, position, row);
    journal.add(ofUser.computeIfAbsent(row.user(), _ -> new TreeSet<>(NEWEST_FIRST)), row.place());
    journal.add(ofEntity.computeIfAbsent(key, _ -> new TreeSet<>(NEWEST_FIRST)), row.place());
    journal.put(bySameness, same, position);
    if (row.eventId().isPresent()) journal.put(byEventId, row.eventId().get(), position);
    tell(
        new Event.Interacted(
            position,
            number,
            row.user(),
            row.entity(),
            type,
            inEvents(row.weight()),
            row.place().atMicros(),
            row.measures()));
    return interactionStored(row, position, false);
  }

  private Outcome reweigh(Row first, Interaction said, long position, int type) {
    Row changed = first.sentAgainAs(said);
    journal.put(interactions, first.position(), changed);
    tell(
        new Event.Reweighed(
            position,
            number,
            first.position(),
            first.user(),
            first.entity(),
            type,
            inEvents(said.weight()),
            said.measures(),
            first.counted()));
    return interactionStored(changed, position, false);
  }

  Outcome remove(RemoveInteraction said, long position) {
    Row row = find(said).orElseThrow(() -> NotFound.interaction(said));
    takeAway(row);
    NavigableSet<After> ofTheirs = requireNonNull(ofUser.get(row.user()));
    journal.remove(ofTheirs, row.place());
    tell(
        new Event.InteractionRemoved(
            position,
            number,
            row.user(),
            row.entity(),
            numberOf(row.type()),
            inEvents(row.weight()),
            row.place().atMicros(),
            row.measures()));
    return new Outcome.InteractionRemoved(row.position(), position);
  }

  Outcome purge(Instant before, long position) {
    tell(
        new Event.BehavioursPurged(
            position, number, ChronoUnit.MICROS.between(Instant.EPOCH, before)));
    return new Outcome.BehavioursPurged(position);
  }

  /** Takes the behaviours of a stretch of the log out of it and sums them up; returns how many. */
  int fold(long beforeMicros, long after, long upTo) {
    List<Row> old =
        interactions.subMap(after, false, upTo, true).values().stream()
            .filter(row -> row.measures().isBehaviour() && row.place().atMicros() < beforeMicros)
            .toList();
    for (Row row : old) {
      int type = numberOf(row.type());
      long at = row.place().atMicros();
      sums.add(
          BehaviourSum.of(number, row.user(), row.entity(), type, row.counted(), at),
          merges.thatRecorded(row.position()));
      takeAway(row);
      journal.remove(requireNonNull(ofUser.get(row.user())), row.place());
      journal.remove(events, row.position());
      List<Event> again =
          events.values().stream()
              .filter(
                  event -> event instanceof Event.Reweighed one && one.original() == row.position())
              .toList();
      for (Event event : again) journal.remove(events, event.position());
    }
    return old.size();
  }

  /** The newest one, where the entity was deleted and came again. */
  private Optional<Row> find(RemoveInteraction said) {
    Integer user = userNumbers.get(said.user());
    if (user == null) return Optional.empty();
    Instant at = said.at().truncatedTo(MICROS);
    return ofEntity.getOrDefault(said.entity(), Collections.emptyNavigableSet()).stream()
        .map(place -> row(place.position()))
        .filter(row -> row.user() == user && row.type().equals(said.type()) && row.at().equals(at))
        .findFirst();
  }

  /** Takes a row out of everything but its user's list. */
  private void takeAway(Row row) {
    journal.remove(interactions, row.position());
    journal.remove(bySameness, new Sameness(row.user(), row.entity(), row.type(), row.at()));
    row.eventId().ifPresent(eventId -> journal.remove(byEventId, eventId));
    EntityKey key = requireNonNull(entities.get(row.entity())).key();
    journal.remove(requireNonNull(ofEntity.get(key)), row.place());
  }

  /** The interactions of a type that are stored after a position, in order. */
  List<Scanned> scan(String type, long after) {
    return interactions.tailMap(after, false).values().stream()
        .filter(row -> row.type().equals(type))
        .map(row ->
            new Scanned(
                row.position(),
                requireNonNull(users.get(row.user())).id(),
                requireNonNull(entities.get(row.entity())).key(),
                row.at()))
        .toList();
  }

  List<Kept> inOrder(Between between, long after, int limit) {
    return interactions.tailMap(after, false).values().stream()
        .filter(row -> between.from().map(from -> !row.at().isBefore(from)).orElse(true))
        .filter(row -> between.until().map(row.at()::isBefore).orElse(true))
        .limit(limit)
        .map(row -> new Kept(recorded(row), row.weight().isPresent(), isOfDeleted(row)))
        .toList();
  }

  /** What a user did with entities that are still there, after a position, the oldest first. */
  NavigableMap<Long, Interaction> said(UserId user, long after) {
    var said = new TreeMap<Long, Interaction>();
    Integer theirs = userNumbers.get(user);
    if (theirs == null) return said;
    for (Row row : interactions.tailMap(after, false).values()) {
      if (row.user() == theirs && !isOfDeleted(row)) said.put(row.position(), said(user, row));
    }
    return said;
  }

  private Interaction said(UserId user, Row row) {
    return new Interaction(
        user,
        requireNonNull(entities.get(row.entity())).key().asRef(),
        row.type(),
        row.weight(),
        row.metadata(),
        row.at(),
        true,
        row.eventId(),
        row.recommendationId(),
        row.measures());
  }

  private boolean isOfDeleted(Row row) {
    return isDeleted(row.entity());
  }

  private boolean isDeleted(int entity) {
    EntityKey key = requireNonNull(entities.get(entity)).key();
    Integer present = entityNumbers.get(key);
    return present == null || present != entity;
  }

  /** The sums of a user with entities that are still there. */
  List<MemorySums.Sum> movableSums(int user) {
    return sums.of(user).stream().filter(one -> !isDeleted(one.sum().entity())).toList();
  }

  /** Says that sums go to another user; returns the position of what was said last. */
  long tellMoved(List<BehaviourSum> moved, int into, long after) {
    long position = after;
    for (BehaviourSum sum : moved) tell(new Event.SumTaken(++position, sum));
    for (BehaviourSum sum : moved) tell(new Event.SumGiven(++position, sum.by(into)));
    return position;
  }

  private Outcome interactionStored(Row row, long position, boolean duplicate) {
    return new Outcome.InteractionStored(
        recorded(row), position, duplicate, typeNow(row.type()).registered());
  }

  /** The interaction at a position, as it is now. */
  Optional<RecordedInteraction> interactionAt(long position) {
    return Optional.ofNullable(interactions.get(position)).map(this::recorded);
  }

  List<RecordedInteraction> interactionsOf(UserId user, Page page) {
    Integer userNumber = userNumbers.get(user);
    return userNumber == null ? List.of() : part(ofUser.get(userNumber), page);
  }

  List<RecordedInteraction> interactionsOf(EntityKey entity, Page page) {
    return part(ofEntity.get(entity), page);
  }

  /** When a user last did something, whether it is kept one by one or in sums. */
  Optional<Instant> newest(int user) {
    Stream<Instant> inSums =
        sums.of(user).stream().map(one -> Instant.ofEpochMilli(one.sum().lastMillis()));
    Stream<Instant> kept =
        interactions.values().stream().filter(row -> row.user() == user).map(Row::at);
    return Stream.concat(inSums, kept).max(Comparator.naturalOrder());
  }

  private List<RecordedInteraction> part(@Nullable NavigableSet<After> places, Page page) {
    if (places == null) return List.of();
    NavigableSet<After> wanted =
        page.after().isEmpty() ? places : places.tailSet(page.after().get(), false);
    return wanted.stream()
        .skip(page.offset())
        .limit(page.limit())
        .map(place -> recorded(row(place.position())))
        .toList();
  }

  private Row row(long position) {
    return requireNonNull(interactions.get(position));
  }

  private RecordedInteraction recorded(Row row) {
    return new RecordedInteraction(
        row.position(),
        requireNonNull(users.get(row.user())).id(),
        requireNonNull(entities.get(row.entity())).key(),
        row.type(),
        row.weight().orElseGet(() -> typeNow(row.type()).weight()),
        row.metadata(),
        row.at(),
        row.eventId(),
        row.recommendationId());
  }

  private static float inEvents(OptionalDouble weight) {
    return weight.isPresent() ? (float) weight.getAsDouble() : Float.NaN;
  }

  // Users

  Outcome put(UserId user, JsonObject attributes, long position, Instant now) {
    boolean created = !userNumbers.containsKey(user);
    int userNumber = numberOf(user, now);
    Instant createdAt = requireNonNull(users.get(userNumber)).createdAt();
    journal.put(users, userNumber, new User(user, attributes, createdAt, now));
    tell(new Event.UserPut(position, number, userNumber));
    return new Outcome.UserStored(profile(userNumber), position, created);
  }

  /** Removes the user, their interactions, and every event of either; the receipt is an event. */
  Outcome erase(UserId user, long position) {
    Integer userNumber = userNumbers.get(user);
    if (userNumber == null) throw NotFound.user(user);
    List<Row> rows =
        interactions.values().stream().filter(row -> row.user() == userNumber).toList();
    rows.forEach(this::takeAway);
    List<String> about =
        answers.entrySet().stream()
            .filter(answer -> answer.getValue().about().contains(user))
            .map(Map.Entry::getKey)
            .toList();
    about.forEach(key -> journal.remove(answers, key));
    experiments.erase(user);
    merges.erase(user);
    shown.erase(user);
    sums.erase(userNumber);
    journal.remove(ofUser, userNumber);
    journal.remove(users, userNumber);
    journal.remove(userNumbers, user);
    List<Event> theirs =
        events.values().stream().filter(event -> isAbout(userNumber, event)).toList();
    for (Event event : theirs) journal.remove(events, event.position());
    tell(new Event.UserErased(position, number, userNumber));
    return new Outcome.UserErased(user, position, rows.size());
  }

  Outcome show(List<ShownList> lists, long position) {
    for (ShownList list : lists) {
      boolean isOfSomebody = list.user().map(userNumbers::containsKey).orElse(true);
      shown.keep(isOfSomebody ? list : list.forAnybody());
    }
    tell(new Event.ListsShown(position, number));
    return new Outcome.ShownKept(lists.size(), position);
  }

  /** The lists that interactions came of. */
  Set<String> recommendationIds() {
    return interactions.values().stream()
        .flatMap(row -> row.recommendationId().stream())
        .collect(Collectors.toSet());
  }

  private boolean isAbout(int userNumber, Event event) {
    if (event.tenant() != number) return false;
    return switch (event) {
      case Event.Interacted interacted -> interacted.user() == userNumber;
      case Event.Reweighed reweighed -> reweighed.user() == userNumber;
      case Event.InteractionRemoved removed -> removed.user() == userNumber;
      case Event.SumTaken taken -> taken.sum().user() == userNumber;
      case Event.SumGiven given -> given.sum().user() == userNumber;
      case Event.UserPut put -> put.user() == userNumber;
      case Event.Exposed exposed -> exposed.user() == userNumber;
      case Event.Converted converted -> converted.user() == userNumber;
      case Event.UserErased _,
          Event.EntityPut _,
          Event.EntityDeleted _,
          Event.InteractionTypeChanged _,
          Event.SettingsChanged _,
          Event.FeatureStatisticsChanged _,
          Event.KeysChanged _,
          Event.ExperimentChanged _,
          Event.BehavioursPurged _,
          Event.ListsShown _,
          Event.JobChanged _,
          Event.WebhooksChanged _,
          Event.Noticed _ ->
          false;
    };
  }

  UserProfile profile(int userNumber) {
    User user = requireNonNull(users.get(userNumber));
    NavigableSet<After> places = ofUser.get(userNumber);
    return new UserProfile(
        user.id(),
        user.attributes(),
        user.createdAt(),
        user.updatedAt(),
        places == null ? 0 : places.size());
  }

  private int numberOf(UserId user, Instant now) {
    Integer known = userNumbers.get(user);
    if (known != null) return known;
    int fresh = ++lastUser;
    journal.put(userNumbers, user, fresh);
    journal.put(users, fresh, new User(user, JsonObject.EMPTY, now, now));
    return fresh;
  }

  // Experiments

  Outcome create(CreateExperiment create, long position, Instant now) {
    return stored(experiments.create(create, now), position, true);
  }

  Outcome edit(EditExperiment edit, long position, Instant now) {
    return stored(experiments.edit(edit, now), position, false);
  }

  private Outcome stored(Experiment experiment, long position, boolean created) {
    int its = experiments.numberOf(experiment.name());
    tell(new Event.ExperimentChanged(position, number, its));
    return new Outcome.ExperimentStored(experiment, position, created);
  }

  Outcome expose(RecordExposure said, long position, Instant now) {
    Experiment experiment = experiments.require(said.experiment());
    Optional<Exposure> known = experiments.exposure(said.experiment(), said.user());
    if (known.isPresent()) return stored(experiment, said.user(), known.get(), false);
    int variant = experiment.variantOf(said.user(), said.variant(), said.at());
    int user = numberOf(said.user(), now);
    long before = didBefore(user, said.at());
    var exposure = new Exposure(said.experiment(), variant, said.at(), before, position);
    experiments.expose(said.user(), exposure);
    int its = experiments.numberOf(said.experiment());
    tell(new Event.Exposed(position, number, its, user, variant, micros(said.at())));
    return stored(experiment, said.user(), exposure, true);
  }

  private long didBefore(int user, Instant at) {
    Instant until = at.truncatedTo(ChronoUnit.DAYS);
    Instant from = until.minus(Experiments.DAYS_BEFORE, ChronoUnit.DAYS);
    return interactions.values().stream()
        .filter(row -> row.user() == user)
        .filter(row -> !row.at().isBefore(from) && row.at().isBefore(until))
        .limit(Experiments.BEFORE_MAX)
        .count();
  }

  private static Outcome stored(
      Experiment experiment, UserId user, Exposure exposure, boolean first) {
    String variant = experiment.design().variants().get(exposure.variant()).name();
    return new Outcome.ExposureStored(
        experiment.name(), user, variant, exposure.at(), first, exposure.position());
  }

  Outcome convert(RecordConversion said, long position) {
    Experiment experiment = experiments.require(said.experiment());
    int metric = experiment.design().requireMetric(said.metric());
    Exposure exposure =
        experiments
            .exposure(said.experiment(), said.user())
            .orElseThrow(() -> NotFound.userOf(said.experiment(), said.user()));
    String variant = experiment.design().variants().get(exposure.variant()).name();
    boolean counted = experiment.counts(exposure.at(), said.at());
    if (counted) {
      experiments.convert(said.experiment(), said.user(), metric, said.value(), position);
      tell(
          new Event.Converted(
              position,
              number,
              experiments.numberOf(said.experiment()),
              requireNonNull(userNumbers.get(said.user())),
              metric,
              said.value(),
              micros(said.at())));
    }
    return new Outcome.ConversionStored(
        said.experiment(), said.user(), variant, said.metric(), counted, counted ? position : 0);
  }

  private static long micros(Instant at) {
    return MICROS.between(Instant.EPOCH, at);
  }

  // Interaction types

  Outcome put(PutInteractionType said, long position, Instant now) {
    boolean created = !typeNow(said.name()).registered();
    InteractionType before = registeredTypes.get(said.name());
    var type =
        new InteractionType(
            said.name(),
            said.weight(),
            said.description(),
            said.halfLifeDays(),
            true,
            before == null ? now : before.createdAt(),
            now);
    journal.put(registeredTypes, said.name(), type);
    tell(new Event.InteractionTypeChanged(position, number, numberOf(said.name())));
    return new Outcome.InteractionTypeStored(type, position, created);
  }

  Outcome deleteType(String name, long position) {
    if (!typeNow(name).registered()) throw NotFound.interactionType(name);
    journal.remove(registeredTypes, name);
    tell(new Event.InteractionTypeChanged(position, number, numberOf(name)));
    return new Outcome.InteractionTypeDeleted(name, position);
  }

  /** What is known of a type now, whether it was registered or not. */
  InteractionType typeNow(String name) {
    InteractionType registered = registeredTypes.get(name);
    if (registered != null) return registered;
    return new InteractionType(
        name,
        InteractionType.defaultWeight(name),
        Optional.empty(),
        OptionalDouble.empty(),
        InteractionType.isBuiltIn(name),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  NavigableSet<String> typeNames() {
    var names = new TreeSet<>(InteractionType.builtInNames());
    names.addAll(registeredTypes.keySet());
    return names;
  }

  private int numberOf(String type) {
    Integer known = typeNumbers.get(type);
    if (known != null) return known;
    int fresh = typeNumbers.size() + 1;
    journal.put(typeNumbers, type, fresh);
    return fresh;
  }

  // Settings, feature statistics, and answers to give again

  Outcome put(JsonObject newSettings, long position, Instant now) {
    var version = new TenantSettings(settings.size() + 1, newSettings, now);
    journal.add(settings, version);
    tell(new Event.SettingsChanged(position, number));
    return new Outcome.TenantSettingsStored(version, position);
  }

  Outcome put(FeatureStatisticsBytes next, long position) {
    int inForce = statistics.isEmpty() ? 0 : statistics.getLast().version();
    if (next.version() != inForce + 1) {
      throw new Conflict(
          "version " + (inForce + 1) + " of the feature statistics is next, got " + next.version());
    }
    journal.add(statistics, next);
    tell(new Event.FeatureStatisticsChanged(position, number));
    return new Outcome.FeatureStatisticsStored(next.version(), position);
  }

  Optional<RememberedAnswer> answer(String key, Instant now) {
    KeptAnswer kept = answers.get(key);
    return kept != null && kept.isFresh(now) ? Optional.of(kept.answer()) : Optional.empty();
  }

  /**
   * Keeps an answer, and forgets those that are too old.
   *
   * @param about with whom it goes
   */
  void remember(String key, RememberedAnswer answer, Set<UserId> about, Instant now) {
    Iterator<KeptAnswer> oldest = answers.values().iterator();
    while (oldest.hasNext() && !oldest.next().isFresh(now)) oldest.remove();
    journal.put(answers, key, new KeptAnswer(answer, about, now));
  }

  private void tell(Event event) {
    journal.put(events, event.position(), event);
  }

  private static Availability toMicros(Availability said) {
    return new Availability(
        said.from().map(from -> from.truncatedTo(MICROS)),
        said.until().map(until -> until.truncatedTo(MICROS)));
  }
}
