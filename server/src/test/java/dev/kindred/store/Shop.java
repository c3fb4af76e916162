package dev.kindred.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Interactions.Page;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A tenant of the store under test, with short words for what tests do to it and ask it. */
public record Shop(Store store, TenantId tenant, Clock clock) {

  static final Page ALL = new Page(1_000, 0, Optional.empty());

  public static JsonObject json(String canonical) {
    return JsonObject.ofCanonical(canonical.getBytes(UTF_8));
  }

  /** A vector of the usual length that differs with the seed. */
  public static FeatureVector vector(int seed) {
    var values = new float[512];
    for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(seed + 1.0 + i);
    return new FeatureVector(values, 0);
  }

  public static EntityDraft draft(EntityKey key, String attributes) {
    return new EntityDraft(key, json(attributes), vector(0), Availability.ALWAYS);
  }

  // What is said

  public Receipt submit(Change... changes) {
    return submit(new Submission(tenant, List.of(changes), Optional.empty()));
  }

  public Receipt submit(Submission submission) {
    List<Receipt> receipts = store.log().append(List.of(submission));
    assertThat(receipts).hasSize(1);
    return receipts.getFirst();
  }

  public <O extends Outcome> O keep(Class<O> kind, Change change) {
    List<Outcome> outcomes = submit(change).outcomes();
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst()).isInstanceOf(kind);
    return kind.cast(outcomes.getFirst());
  }

  public KindredException refusal(Change change) {
    return keep(Outcome.Refused.class, change).reason();
  }

  public Outcome.EntityStored put(EntityKey key, String attributes) {
    return put(draft(key, attributes), PutMode.UPSERT);
  }

  public Outcome.EntityStored put(EntityDraft draft, PutMode mode) {
    return keep(Outcome.EntityStored.class, new Change.PutEntity(draft, mode));
  }

  public Outcome.EntityDeleted delete(EntityKey key) {
    return keep(Outcome.EntityDeleted.class, new Change.DeleteEntity(key));
  }

  public Outcome.InteractionStored record(Deed deed) {
    return keep(Outcome.InteractionStored.class, recording(deed));
  }

  public Change recording(Deed deed) {
    return new Change.RecordInteraction(deed.asInteraction(clock.instant()));
  }

  public Outcome.UserStored putUser(String user, String attributes) {
    return keep(Outcome.UserStored.class, new Change.PutUser(new UserId(user), json(attributes)));
  }

  public Outcome.UserErased erase(String user) {
    return keep(Outcome.UserErased.class, new Change.EraseUser(new UserId(user)));
  }

  public Outcome.InteractionTypeStored register(String type, double weight) {
    return keep(
        Outcome.InteractionTypeStored.class,
        new Change.PutInteractionType(type, weight, Optional.empty(), OptionalDouble.empty()));
  }

  // What is asked

  public TenantStore data() {
    return store.tenant(tenant);
  }

  public Optional<UserProfile> user(String user) {
    return data().users().find(new UserId(user));
  }

  public List<RecordedInteraction> of(String user) {
    return data().interactions().ofUser(new UserId(user), ALL);
  }

  public List<RecordedInteraction> of(EntityKey entity) {
    return data().interactions().ofEntity(entity, ALL);
  }

  /** The whole log, of all tenants. */
  public List<Event> events() {
    var events = new ArrayList<Event>();
    long after = 0;
    for (long next = read(after, events); next != after; next = read(after, events)) after = next;
    return events;
  }

  private long read(long after, List<Event> events) {
    return store.log().read(after, 100, events::add);
  }

  public Event newestEvent() {
    return events().getLast();
  }

  /** The number of the last entity under that key. */
  public int numberOf(EntityKey key) {
    var numbers = new ArrayList<Integer>();
    data()
        .catalog()
        .scan(
            0,
            entity -> {
              if (entity.key().equals(key)) numbers.add(entity.number());
            });
    return requireNonNull(numbers.getLast());
  }

  public int numberOf(String user) {
    var numbers = new ArrayList<Integer>();
    data()
        .users()
        .scan(
            0,
            known -> {
              if (known.id().value().equals(user)) numbers.add(known.number());
            });
    assertThat(numbers).hasSize(1);
    return requireNonNull(numbers.getFirst());
  }
}
