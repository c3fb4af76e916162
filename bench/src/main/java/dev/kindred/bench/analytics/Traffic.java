package dev.kindred.bench.analytics;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Who does what: popular titles more often, one user more than anybody, over half a year. */
record Traffic(int events, Instant now) {

  static final long SEED = 20_261_121;
  static final UserId HEAVY = new UserId("heavy");
  static final int DAYS = 180;

  private static final int USERS = 20_000;
  private static final int TITLES = 5_000;
  private static final int BATCH = 5_000;
  private static final int HEAVY_SHARE = 20;
  private static final List<String> GENRES =
      List.of("Drama", "Comedy", "Noir", "Western", "Crime", "War", "Music", "Horror", "Anime");
  private static final List<String> TYPES =
      List.of("view", "view", "view", "complete", "skip", "rating", "like", "share");

  /** Puts everything into the store. */
  void fill(Store store, TenantId tenant) {
    var random = new SplittableRandom(SEED);
    var titles = new ArrayList<Change>();
    for (int i = 0; i < TITLES; i++) titles.add(title(i, random));
    keep(store, tenant, titles);
    var batch = new ArrayList<Change>(BATCH);
    for (int i = 0; i < events; i++) {
      UserId user = i % HEAVY_SHARE == 0 ? HEAVY : user(random);
      Instant at = now.minus(Duration.ofSeconds(1 + random.nextLong(DAYS * 86_400L)));
      batch.add(new Change.RecordInteraction(made(user, random, at)));
      if (batch.size() < BATCH) continue;
      keep(store, tenant, batch);
      batch.clear();
    }
    keep(store, tenant, batch);
  }

  private static void keep(Store store, TenantId tenant, List<Change> changes) {
    if (changes.isEmpty()) return;
    var _ = store.log().append(List.of(new Submission(tenant, changes, Optional.empty())));
  }

  /** One behaviour that happens now. */
  Submission one(TenantId tenant, UserId user, RandomGenerator random) {
    Instant at = now.minus(Duration.ofNanos(random.nextLong(86_400_000_000L) * 1_000));
    return Submission.of(tenant, new Change.RecordInteraction(made(user, random, at)));
  }

  UserId user(RandomGenerator random) {
    return new UserId("user-" + random.nextInt(USERS));
  }

  EntityKey title(RandomGenerator random) {
    double popular = random.nextDouble();
    return EntityKey.of("film", "film-" + (int) (TITLES * popular * popular));
  }

  private Interaction made(UserId user, RandomGenerator random, Instant at) {
    return new Interaction(
        user,
        title(random).asRef(),
        TYPES.get(random.nextInt(TYPES.size())),
        OptionalDouble.empty(),
        JsonObject.EMPTY,
        at,
        true,
        Optional.empty(),
        Optional.empty(),
        new Measures(
            random.nextInt(4) == 0 ? random.nextInt(10_000_001) : Measures.NOT_SAID,
            random.nextInt(Measures.COMPLETE),
            random.nextLong(7_200_000_000L),
            random.nextInt(4),
            false,
            false));
  }

  private static Change title(int number, RandomGenerator random) {
    String first = GENRES.get(random.nextInt(GENRES.size()));
    String second = GENRES.get(random.nextInt(GENRES.size()));
    String attributes =
        "{\"title\":\"Film %d\",\"genres\":[\"%s\",\"%s\"]}".formatted(number, first, second);
    var vector = new float[512];
    vector[number % vector.length] = 1;
    return new Change.PutEntity(
        new EntityDraft(
            EntityKey.of("film", "film-" + number),
            Json.object(attributes, Limits.ATTRIBUTES),
            new FeatureVector(vector, 0),
            Availability.ALWAYS),
        Change.PutMode.UPSERT);
  }
}
