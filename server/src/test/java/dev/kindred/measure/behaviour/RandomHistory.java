package dev.kindred.measure.behaviour;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.store.Store;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What may happen to a tenant, by chance, among few, so that things meet each other often. */
public final class RandomHistory {

  private static final int USERS = 8;
  private static final List<String> TYPES =
      List.of("view", "complete", "skip", "rating", "like", "share", "dislike", "hum");
  private static final List<String> GENRES =
      List.of(
          "[\"Drama\"]",
          "[\"Drama\",\"Comedy\"]",
          "[\"Noir\",{\"name\":\"Drama\"},7]",
          "\"Noir\"",
          "[]",
          "{\"not\":\"a list\"}");
  private static final List<Double> WEIGHTS = List.of(0.0, 1.0, -2.5, 4.1, 0.1, 9.2, 100.0);

  private final RandomGenerator random;
  private final SettableClock clock;
  private final TenantId tenant;
  private final Store store;
  private final boolean rulesChange;
  private final List<Interaction> recent = new ArrayList<>();
  private int merges;
  private int told;
  private boolean takesBack = true;

  RandomHistory(RandomGenerator random, SettableClock clock, TenantId tenant, Store store) {
    this(random, clock, tenant, store, true);
  }

  /**
   * @param rulesChange whether behaviours go to their sums and types get other weights
   */
  public RandomHistory(
      RandomGenerator random,
      SettableClock clock,
      TenantId tenant,
      Store store,
      boolean rulesChange) {
    this.rulesChange = rulesChange;
    this.random = random;
    this.clock = clock;
    this.tenant = tenant;
    this.store = store;
  }

  /**
   * Has nothing be taken back or sent again: of that alone the answer depends on whether it is
   * still kept one by one.
   */
  RandomHistory withoutTakingBack() {
    takesBack = false;
    return this;
  }

  /** Lets something happen. */
  public void next(Consumer<Submission> keep) {
    clock.advance(Duration.ofMinutes(random.nextInt(600)));
    if (rulesChange && random.nextInt(25) == 0) {
      fold(keep);
      return;
    }
    var changes = new ArrayList<Change>();
    for (int i = random.nextInt(1, 8); i > 0; i--) changes.add(change());
    keep.accept(new Submission(tenant, changes, Optional.empty()));
  }

  /** Some of what is too old goes from the log to its sums, as a run that is cut off leaves it. */
  private void fold(Consumer<Submission> keep) {
    Instant before = clock.instant().minus(Duration.ofDays(random.nextInt(20, 120)));
    before = Instant.ofEpochMilli(before.toEpochMilli());
    keep.accept(Submission.of(tenant, new Change.PurgeBehaviours(before)));
    long end = store.log().head();
    long at = random.nextInt(3) == 0 ? random.nextLong(end) : 0;
    while (at < end) {
      at = store.retention().fold(tenant, before.toEpochMilli() * 1_000, at, end, 25).upTo();
      if (random.nextInt(20) == 0) return;
    }
  }

  private Change change() {
    int die = random.nextInt(100);
    if (die < 70) return new Change.RecordInteraction(interaction());
    boolean canGoBack = takesBack && !recent.isEmpty();
    if (die < 76 && canGoBack) return again();
    if (die < 80 && canGoBack) return back();
    if (die < 92) return put();
    if (die < 94) return new Change.DeleteEntity(title());
    if (die < 96) return new Change.EraseUser(user());
    if (!rulesChange || random.nextBoolean()) return ofUsers();
    return new Change.PutInteractionType(
        oneOf(TYPES), oneOf(WEIGHTS), Optional.empty(), OptionalDouble.empty());
  }

  private Change ofUsers() {
    String said =
        "{\"gender\":\"%s\",\"geo_id\":\"g%d\",\"age\":%d}"
            .formatted(random.nextBoolean() ? "m" : "f", random.nextInt(3), random.nextInt(80));
    return switch (random.nextInt(4)) {
      case 0 -> {
        int from = random.nextInt(USERS);
        int into = (from + 1 + random.nextInt(USERS - 1)) % USERS;
        yield new Change.MergeUsers("m" + merges++, user(from), user(into));
      }
      case 1 -> new Change.UndoMerge("m" + random.nextInt(merges + 1));
      default -> new Change.PutUser(user(), Json.object(said, Limits.ATTRIBUTES));
    };
  }

  private Interaction interaction() {
    Interaction made =
        made(
            user(),
            title(),
            oneOf(TYPES),
            clock.instant().minusSeconds(random.nextInt(20_000_000)).plusMillis(told++ % 1_000),
            random.nextInt(3) > 0);
    recent.add(made);
    if (recent.size() > 60) recent.removeFirst();
    return made;
  }

  /** The same once more, weighing and measuring something else; it comes the same way. */
  private Change again() {
    Interaction one = oneOf(recent);
    EntityKey title = EntityKey.of("film", one.entity().id().value());
    return new Change.RecordInteraction(
        made(one.user(), title, one.type(), one.at(), one.measures().isBehaviour()));
  }

  private Change back() {
    Interaction one = oneOf(recent);
    EntityKey title = EntityKey.of("film", one.entity().id().value());
    return new Change.RemoveInteraction(one.user(), title, one.type(), one.at());
  }

  private Interaction made(
      UserId user, EntityKey title, String type, Instant at, boolean isBehaviour) {
    return new Interaction(
        user,
        title.asRef(),
        type,
        random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(oneOf(WEIGHTS)),
        JsonObject.EMPTY,
        Instant.ofEpochMilli(at.toEpochMilli()),
        true,
        Optional.empty(),
        Optional.empty(),
        measures(isBehaviour));
  }

  private Measures measures(boolean isBehaviour) {
    if (!isBehaviour) return Measures.recommended(random.nextBoolean());
    return new Measures(
        random.nextBoolean() ? Measures.NOT_SAID : random.nextInt(10_000_001),
        switch (random.nextInt(3)) {
          case 0 -> Measures.NOT_SAID;
          case 1 -> random.nextInt(Measures.COMPLETE);
          default -> Measures.COMPLETE;
        },
        random.nextBoolean() ? Measures.NOT_SAID : random.nextLong(1_000_000_000_000L),
        random.nextInt(4),
        random.nextInt(4) == 0,
        random.nextInt(4) == 0);
  }

  private Change put() {
    String attributes =
        "{\"title\":\"T%d\",\"genres\":%s}".formatted(random.nextInt(9), oneOf(GENRES));
    var draft =
        new EntityDraft(
            title(),
            Json.object(attributes, Limits.ATTRIBUTES),
            new FeatureVector(
                new float[] {1, random.nextInt(3), 0, random.nextInt(3), 0, 0, 0, 0}, 0),
            random.nextInt(3) > 0
                ? Availability.ALWAYS
                : new Availability(Optional.of(clock.instant()), Optional.empty()));
    return new Change.PutEntity(draft, Change.PutMode.UPSERT);
  }

  private EntityKey title() {
    return EntityKey.of("film", "t" + random.nextInt(9));
  }

  private UserId user() {
    return user(random.nextInt(USERS));
  }

  private static UserId user(int n) {
    return new UserId("u" + n);
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
