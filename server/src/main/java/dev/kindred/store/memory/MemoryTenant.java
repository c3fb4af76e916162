package dev.kindred.store.memory;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.TenantSettings;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Bookmarks;
import dev.kindred.store.Catalog;
import dev.kindred.store.Experiments;
import dev.kindred.store.InteractionTypes;
import dev.kindred.store.Interactions;
import dev.kindred.store.ShownLists;
import dev.kindred.store.TenantStore;
import dev.kindred.store.Users;
import dev.kindred.store.memory.MemoryUsers.User;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The questions about one tenant. What is handed to readers is copied under the lock first. */
final class MemoryTenant implements TenantStore {

  private final Object lock;
  private final Clock clock;

  /** Asked each time, because a tenant comes into being with its first write. */
  private final Supplier<TenantData> data;

  private final Map<String, String> bookmarks;

  MemoryTenant(Object lock, Clock clock, Supplier<TenantData> data, Map<String, String> bookmarks) {
    this.lock = lock;
    this.clock = clock;
    this.data = data;
    this.bookmarks = bookmarks;
  }

  @Override
  public Catalog catalog() {
    return new Entities();
  }

  @Override
  public Interactions interactions() {
    return new Deeds();
  }

  @Override
  public Users users() {
    return new People();
  }

  @Override
  public InteractionTypes types() {
    return new Types();
  }

  @Override
  public Experiments experiments() {
    return new Trials();
  }

  @Override
  public ShownLists shown() {
    return new Shown();
  }

  @Override
  public Answers answers() {
    return key -> ask(tenant -> tenant.answers.find(key, clock.instant()));
  }

  @Override
  public Settings settings() {
    return new Versions();
  }

  @Override
  public Optional<FeatureStatisticsBytes> featureStatistics() {
    return ask(tenant -> tenant.versions.statistics().reversed().stream().findFirst());
  }

  @Override
  public Bookmarks bookmarks() {
    return new Places();
  }

  private <T> T ask(Function<TenantData, T> question) {
    synchronized (lock) {
      return question.apply(data.get());
    }
  }

  private final class Shown implements ShownLists {

    @Override
    public void ofUser(UserId user, Consumer<ShownList> reader) {
      ask(tenant -> tenant.shown.ofUser(user)).forEach(reader);
    }

    @Override
    public List<Tally> tallies() {
      return ask(tenant -> tenant.shown.tallies(tenant.interactions.recommendationIds()));
    }

    @Override
    public int prune(Instant before) {
      return ask(tenant -> tenant.shown.prune(before));
    }
  }

  private final class Entities implements Catalog {

    @Override
    public Optional<Entity> find(EntityKey key) {
      return ask(tenant -> tenant.entities.find(key));
    }

    @Override
    public OptionalInt number(EntityKey key) {
      return ask(tenant -> tenant.entities.number(key));
    }

    @Override
    public List<EntityType> namedTypesOf(EntityId id) {
      return ask(tenant ->
          tenant.entities.keysAfter(Optional.empty()).stream()
              .filter(key -> key.id().equals(id))
              .map(EntityKey::type)
              .toList());
    }

    @Override
    public List<EntityType> typesOf(EntityId id) {
      return ask(tenant -> tenant.entities.typesOf(id).stream().map(EntityType::new).toList());
    }

    @Override
    public List<Entity> page(Optional<EntityType> type, Optional<EntityKey> after, int limit) {
      return ask(tenant ->
          tenant.entities.keysAfter(after).stream()
              .filter(key -> type.isEmpty() || key.type().equals(type.get()))
              .flatMap(key -> tenant.entities.find(key).stream())
              .limit(limit)
              .toList());
    }

    @Override
    public void scan(int afterNumber, Consumer<Catalog.Numbered> reader) {
      ask(tenant -> numbered(tenant.entities.byNumber().tailMap(afterNumber, false)))
          .forEach(reader);
    }

    @Override
    public void scanAttributes(AttributesReader reader) {
      scan(0, each -> each.entity().ifPresent(e -> reader.take(each.key(), e.attributes())));
    }

    @Override
    public void scanVersions(VersionReader reader) {
      scan(
          0,
          each -> each.entity().ifPresent(e -> reader.take(each.number(), e.vector().madeWith())));
    }

    @Override
    public List<Catalog.Numbered> numbered(List<Integer> numbers) {
      return ask(tenant -> numbered(only(numbers, tenant.entities.byNumber())));
    }

    @Override
    public void refreshVectors(List<Catalog.Numbered> entities) {
      synchronized (lock) {
        for (Catalog.Numbered each : entities) {
          each.entity()
              .ifPresent(entity -> data.get().entities.refreshVector(each.number(), entity));
        }
      }
    }

    private static List<Catalog.Numbered> numbered(Map<Integer, MemoryEntities.Numbered> entities) {
      return entities.entrySet().stream()
          .map(e -> new Catalog.Numbered(e.getKey(), e.getValue().key(), e.getValue().entity()))
          .toList();
    }
  }

  private final class Deeds implements Interactions {

    @Override
    public List<RecordedInteraction> ofUser(UserId user, Page page) {
      return ask(tenant -> tenant.interactions.of(user, page));
    }

    @Override
    public List<RecordedInteraction> ofEntity(EntityKey entity, Page page) {
      return ask(tenant -> tenant.interactions.of(entity, page));
    }

    @Override
    public void scan(String type, long afterPosition, Consumer<Scanned> reader) {
      ask(tenant -> tenant.interactions.scan(type, afterPosition)).forEach(reader);
    }

    @Override
    public List<Kept> inOrder(Between between, long afterPosition, int limit) {
      return ask(tenant -> tenant.interactions.inOrder(between, afterPosition, limit));
    }

    @Override
    public void folded(UserId user, Consumer<Folded> reader) {
      ask(tenant -> folded(tenant, user)).forEach(reader);
    }

    @Override
    public Map<Integer, Instant> newestOf(List<Integer> users) {
      return ask(tenant -> {
        var newest = new HashMap<Integer, Instant>();
        for (int user : users) tenant.newest(user).ifPresent(at -> newest.put(user, at));
        return newest;
      });
    }

    private List<Folded> folded(TenantData tenant, UserId user) {
      OptionalInt number = tenant.users.number(user);
      if (number.isEmpty()) return List.of();
      Map<Integer, String> types = new HashMap<>();
      tenant.types.numbers().forEach((name, type) -> types.put(type, name));
      return tenant.sums.byKind(number.getAsInt()).stream()
          .map(sums ->
              new Folded(
                  tenant.entities.keyOf(sums.entity()),
                  requireNonNull(types.get(sums.type())),
                  sums))
          .toList();
    }
  }

  private final class People implements Users {

    @Override
    public Optional<UserProfile> find(UserId user) {
      return ask(tenant -> tenant.profile(user));
    }

    @Override
    public OptionalInt number(UserId user) {
      return ask(tenant -> tenant.users.number(user));
    }

    @Override
    public List<UserProfile> page(Optional<UserId> after, int limit) {
      return ask(tenant -> {
        NavigableMap<UserId, Integer> all = tenant.users.numbers();
        var wanted = after.isEmpty() ? all : all.tailMap(after.get(), false);
        return wanted.values().stream().limit(limit).map(tenant::profile).toList();
      });
    }

    @Override
    public void scan(int afterNumber, Consumer<Users.Numbered> reader) {
      ask(tenant -> numbered(tenant.users.byNumber().tailMap(afterNumber, false))).forEach(reader);
    }

    @Override
    public List<Users.Numbered> numbered(List<Integer> numbers) {
      return ask(tenant -> numbered(only(numbers, tenant.users.byNumber())));
    }

    @Override
    public Optional<UserMerge> merge(String mergeId) {
      return ask(tenant -> tenant.merges.find(mergeId));
    }

    @Override
    public List<UserMerge> merges(UserId user, int limit) {
      return ask(tenant -> tenant.merges.of(user, limit));
    }

    private static List<Users.Numbered> numbered(Map<Integer, User> users) {
      return users.entrySet().stream()
          .map(e -> new Users.Numbered(e.getKey(), e.getValue().id(), e.getValue().attributes()))
          .toList();
    }
  }

  private final class Types implements InteractionTypes {

    @Override
    public Optional<InteractionType> find(String name) {
      return ask(tenant -> Optional.of(tenant.types.now(name)).filter(InteractionType::registered));
    }

    @Override
    public List<InteractionType> all() {
      return ask(tenant -> tenant.types.names().stream().map(tenant.types::now).toList());
    }

    @Override
    public List<InteractionTypes.Numbered> numbered() {
      return ask(tenant ->
          tenant.types.numbers().entrySet().stream()
              .map(e -> new InteractionTypes.Numbered(e.getValue(), tenant.types.now(e.getKey())))
              .toList());
    }
  }

  private final class Trials implements Experiments {

    @Override
    public Optional<Experiment> find(String name) {
      return ask(tenant -> tenant.experiments.find(name));
    }

    @Override
    public List<Experiment> all() {
      return ask(tenant -> tenant.experiments.all());
    }

    @Override
    public List<Experiment> versions(String name, int limit) {
      return ask(tenant -> tenant.experiments.versions(name, limit));
    }

    @Override
    public Optional<Exposure> exposure(String name, UserId user) {
      return ask(tenant -> tenant.experiments.exposure(name, user));
    }

    @Override
    public List<Exposure> ofUser(UserId user) {
      return ask(tenant -> tenant.experiments.ofUser(user));
    }

    @Override
    public List<Converted> conversions(UserId user) {
      return ask(tenant -> tenant.experiments.conversions(user));
    }

    @Override
    public Sums sums(String name, LocalDate from, LocalDate to) {
      return ask(tenant -> tenant.experiments.sums(name, from, to));
    }
  }

  /** Bookkeeping that no append takes back, so it stands beside the tenant's data. */
  private final class Places implements Bookmarks {

    @Override
    public Optional<String> find(String name) {
      synchronized (lock) {
        return Optional.ofNullable(bookmarks.get(name));
      }
    }

    @Override
    public void put(String name, String text) {
      synchronized (lock) {
        bookmarks.put(name, text);
      }
    }
  }

  private final class Versions implements Settings {

    @Override
    public TenantSettings current() {
      return ask(tenant ->
          tenant.versions.settings().isEmpty()
              ? new TenantSettings(0, JsonObject.EMPTY, Instant.EPOCH)
              : tenant.versions.settings().getLast());
    }

    @Override
    public List<TenantSettings> history(int limit) {
      return ask(tenant -> tenant.versions.settings().reversed().stream().limit(limit).toList());
    }
  }

  /** Those of the map that have one of these numbers, in the order of the numbers. */
  private static <V> Map<Integer, V> only(List<Integer> numbers, Map<Integer, V> all) {
    var found = new TreeMap<Integer, V>();
    for (int number : numbers) {
      V value = all.get(number);
      if (value != null) found.put(number, value);
    }
    return found;
  }
}
