package dev.kindred.recommend;

import dev.kindred.collect.features.FeatureStatistics;
import dev.kindred.collect.features.FeatureVectors;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** A shop whose live state follows a store in memory, with short words for what happens in it. */
public final class LiveShop {
  public static final TenantId TENANT = new TenantId("shop");
  public static final EntityType PRODUCT = new EntityType("product");
  public static final Preferences USUAL = new Preferences(0.6, 0.4, 5, 7, 0);

  /** How many numbers a vector has. */
  public static final int DIMENSION = 64;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Store store;
  private final FeatureVectors vectors = new FeatureVectors(DIMENSION);
  private final FeatureStatistics statistics = FeatureStatistics.initial();
  private final Learning learning;
  private final Recommender recommender = new Recommender(2);
  private Instant now = START;
  private long followed;

  /** One in which no time passes for lists that serve a moment. */
  public LiveShop() {
    this(() -> 0);
  }

  /**
   * @param nanoTime tells how old a list is
   */
  public LiveShop(LongSupplier nanoTime) {
    this(new MemoryStore(Clock.fixed(START, ZoneOffset.UTC)), nanoTime);
  }

  /**
   * @param store where nothing has happened yet; its vectors have {@link #DIMENSION} numbers
   */
  public LiveShop(Store store, LongSupplier nanoTime) {
    this.store = store;
    learning = new Learning(store, DIMENSION, nanoTime);
  }

  public LiveTenant tenant() {
    return learning.tenant(TENANT);
  }

  public Store store() {
    return store;
  }

  public Learning learning() {
    return learning;
  }

  public LiveShop put(String id, String attributes) {
    return put(PRODUCT, id, attributes, Availability.ALWAYS);
  }

  public LiveShop put(EntityType type, String id, String attributes, Availability availability) {
    return keep(putting(type, id, attributes, availability));
  }

  private Change putting(EntityType type, String id, String attributes, Availability availability) {
    JsonObject json = Json.object(attributes, Limits.ATTRIBUTES);
    var vector = new FeatureVector(vectors.of(json, statistics), 0);
    var draft = new EntityDraft(new EntityKey(type, new EntityId(id)), json, vector, availability);
    return new Change.PutEntity(draft, Change.PutMode.UPSERT);
  }

  /** Puts many at once: attributes by id. */
  public LiveShop putAll(Map<String, String> attributes) {
    var changes = new ArrayList<Change>();
    attributes.forEach((id, own) -> changes.add(putting(PRODUCT, id, own, Availability.ALWAYS)));
    store.log().append(List.of(new Submission(TENANT, changes, Optional.empty())));
    follow();
    return this;
  }

  public LiveShop delete(String id) {
    return keep(new Change.DeleteEntity(new EntityKey(PRODUCT, new EntityId(id))));
  }

  public LiveShop erase(String user) {
    return keep(new Change.EraseUser(new UserId(user)));
  }

  /** Says something of a user. */
  public LiveShop says(String user, String attributes) {
    return keep(new Change.PutUser(new UserId(user), Json.object(attributes, Limits.ATTRIBUTES)));
  }

  /** A minute later than the one before. */
  public LiveShop happens(String user, String type, String id) {
    now = now.plusSeconds(60);
    return keep(
        new Change.RecordInteraction(
            new Interaction(
                new UserId(user),
                new EntityRef(new EntityId(id), PRODUCT),
                type,
                OptionalDouble.empty(),
                JsonObject.EMPTY,
                now,
                true,
                Optional.empty(),
                Optional.empty())));
  }

  public LiveShop passes(Duration time) {
    now = now.plus(time);
    return this;
  }

  public LiveShop keep(Change change) {
    store.log().append(List.of(Submission.of(TENANT, change)));
    follow();
    return this;
  }

  private void follow() {
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, 10_000, events::add);
    learning.follow(events);
  }

  public Recommendation recommend(Request.Builder request) {
    return recommend(request.build(), USUAL);
  }

  public Recommendation recommend(Request request, Preferences preferences) {
    return recommender.recommend(tenant(), request, preferences, now.getEpochSecond() * 1_000_000);
  }

  public Recommender recommender() {
    return recommender;
  }

  public static List<String> ids(Recommendation recommendation) {
    return recommendation.items().stream().map(Recommendation.Item::id).toList();
  }
}
