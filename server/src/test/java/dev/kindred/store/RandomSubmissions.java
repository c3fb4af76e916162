package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Job;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.domain.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Submissions by chance, from few names, so that they meet each other often. */
final class RandomSubmissions {

  static final List<TenantId> TENANTS = List.of(new TenantId("shop"), new TenantId("other"));
  static final List<String> IDEMPOTENCY_KEYS = names("key", 12);
  static final List<String> JOB_KINDS = List.of("import", "rebuild");

  private static final List<String> ENTITY_TYPES = List.of("product", "film", "Product");
  private static final List<String> ENTITY_IDS =
      List.of("a", "b", "A", "a/b", "e\u0301", "\u00e9", "\uff5e", "\ud83d\ude00", "' ; --", "10");
  private static final List<String> USERS = names("user", 9);
  private static final List<Topic> TOPICS =
      List.of(Topic.INTERACTION_RECORDED, Topic.MODEL_UPDATED, Topic.IMPORT_COMPLETED);
  private static final List<String> TYPES =
      List.of("view", "purchase", "rating", "dislike", "wave", "nod", "View");
  private static final List<String> EVENT_IDS = names("event", 40);
  private static final List<Double> WEIGHTS = List.of(0.0, 1.0, -2.5, 4.1, 0.1, 100.0, -100.0);
  private static final List<Measures> MEASURES =
      List.of(
          Measures.NONE,
          new Measures(0, -1, 0, 0, false, true),
          new Measures(10_000_000, Measures.COMPLETE, 1_000_000_000_000_000L, 3, true, true),
          new Measures(-1, 0, -1, -1, true, false));
  private static final List<String> EXPERIMENTS = names("experiment", 3);

  /** Their sums are exact in whatever order they are made. */
  private static final List<Double> WHOLE_VALUES = List.of(1.0, 0.0, -2.5, 40.25);

  private static final List<FeatureVector> VECTORS =
      IntStream.range(0, 4).mapToObj(Shop::vector).toList();
  private static final List<JsonObject> OBJECTS =
      List.of(
          json("{}"),
          json("{\"a\":1}"),
          json("{\"a\":null,\"b\":[1.50,-0.1,\"x\"],\"nested\":{\"deep\":{\"er\":true}}}"),
          json("{\"\":\"\\\"\\\\\u00fc\ud83d\ude00\",\"z\":12345678901234567890}"));

  private final RandomGenerator random;
  private final Clock clock;

  RandomSubmissions(RandomGenerator random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  List<Submission> next() {
    var submissions = new ArrayList<Submission>();
    for (int i = random.nextInt(1, 7); i > 0; i--) submissions.add(submission());
    return submissions;
  }

  private Submission submission() {
    boolean isOnce = random.nextInt(6) == 0;
    // An answer goes with the one user whom it is about, so such a submission has one change.
    int changes = isOnce ? random.nextInt(2) : random.nextInt(6);
    var list = new ArrayList<Change>();
    for (int i = 0; i < changes; i++) list.add(change());
    return new Submission(oneOf(TENANTS), list, isOnce ? Optional.of(once()) : Optional.empty());
  }

  private Once once() {
    String requestHash = "request-" + random.nextInt(2);
    return new Once(
        oneOf(IDEMPOTENCY_KEYS), requestHash, outcomes -> answer(requestHash, outcomes));
  }

  private static RememberedAnswer answer(String requestHash, List<Outcome> outcomes) {
    String body = outcomes.stream().map(Picture::of).toList().toString();
    return new RememberedAnswer(
        requestHash,
        outcomes.isEmpty() ? 204 : 201,
        "text/plain",
        outcomes.isEmpty() ? Optional.empty() : Optional.of("/there"),
        body.getBytes(UTF_8));
  }

  private Change merge() {
    String merge = "m" + random.nextInt(30);
    UserId from = user();
    UserId into = user();
    boolean undoes = from.equals(into) || random.nextInt(3) == 0;
    return undoes ? new Change.UndoMerge(merge) : new Change.MergeUsers(merge, from, into);
  }

  private Change change() {
    int die = random.nextInt(100);
    if (die < 35) return new Change.RecordInteraction(interaction());
    if (die < 40) return ofAnExperiment();
    if (die < 45) return removal();
    if (die < 65) return new Change.PutEntity(draft(), oneOf(List.of(PutMode.values())));
    if (die < 70) return edit();
    if (die < 78) return new Change.DeleteEntity(key());
    if (die < 81) return new Change.PutUser(user(), oneOf(OBJECTS));
    if (die < 84) return merge();
    if (die < 86) return new Change.EraseUser(user());
    if (die < 89) return putType();
    if (die < 91) return new Change.DeleteInteractionType(oneOf(TYPES));
    if (die < 92) return new Change.PutTenantSettings(oneOf(OBJECTS));
    if (die < 93) return statistics();
    if (die < 94) return new Change.CreateKey(apiKey());
    if (die < 95) return new Change.RevokeKey("key-" + random.nextInt(20));
    if (die < 97) return new Change.StartJob(job());
    if (die < 98) return new Change.RecordJob(doneJob());
    if (die < 99) return ofWebhooks();
    return new Change.CancelJob(jobId(), clock.instant());
  }

  private Change ofAnExperiment() {
    int die = random.nextInt(100);
    String name = oneOf(EXPERIMENTS);
    if (die < 4) return new Change.CreateExperiment(name, design(), random.nextBoolean());
    if (die < 6) {
      ExperimentDesign other = design();
      return new Change.EditExperiment(name, (now, _, at) -> now.redesigned(other, at));
    }
    if (die < 10) return new Change.EditExperiment(name, Experiment::started);
    if (die < 11) return new Change.EditExperiment(name, (now, _, at) -> now.stopped(at));
    if (die < 12) return new Change.EditExperiment(name, (now, _, at) -> now.concluded("b", at));
    if (die < 60) return new Change.RecordExposure(name, user(), variant(), sometime());
    return new Change.RecordConversion(
        name, user(), "metric-" + random.nextInt(3), oneOf(WHOLE_VALUES), sometime());
  }

  private Optional<String> variant() {
    return random.nextInt(3) == 0
        ? Optional.of(random.nextBoolean() ? "a" : "b")
        : Optional.empty();
  }

  private Instant sometime() {
    return clock.instant().plusSeconds(random.nextInt(-100_000, 200_000));
  }

  private ExperimentDesign design() {
    boolean isHoldout = random.nextInt(4) == 0;
    return new ExperimentDesign(
        List.of(
            new Variant("a", 33.3, oneOf(OBJECTS), random.nextBoolean(), Optional.empty()),
            new Variant(
                "b",
                66.7,
                isHoldout ? JsonObject.EMPTY : oneOf(OBJECTS),
                random.nextBoolean(),
                isHoldout ? Optional.of(Variant.Holdout.POPULAR) : Optional.empty())),
        List.of("metric-0", "metric-1"),
        100,
        clock.instant().minusSeconds(60),
        random.nextBoolean() ? Optional.empty() : Optional.of(clock.instant().plusSeconds(90_000)),
        random.nextBoolean() ? Optional.empty() : Optional.of("said\nof it"),
        Duration.ofDays(1),
        random.nextBoolean() ? AssignedBy.KINDRED : AssignedBy.CLIENT);
  }

  private Interaction interaction() {
    boolean isTrite = random.nextInt(4) == 0;
    boolean atGiven = isTrite || random.nextBoolean();
    Instant now = clock.instant();
    Instant given = now.truncatedTo(ChronoUnit.HOURS).plusNanos(random.nextInt(3) * 600L);
    var type = random.nextInt(3) == 0 ? null : new EntityType(oneOf(ENTITY_TYPES));
    return new Interaction(
        isTrite ? new UserId(USERS.getFirst()) : user(),
        isTrite
            ? key(random.nextInt(2)).asRef()
            : new EntityRef(new EntityId(oneOf(ENTITY_IDS)), type),
        isTrite ? "view" : oneOf(TYPES),
        random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(oneOf(WEIGHTS)),
        oneOf(OBJECTS),
        atGiven ? given : now,
        atGiven,
        random.nextInt(4) == 0 ? Optional.of(oneOf(EVENT_IDS)) : Optional.empty(),
        random.nextInt(4) == 0 ? Optional.of("list-" + random.nextInt(5)) : Optional.empty(),
        oneOf(MEASURES));
  }

  /** Finds something now and then, since few moments are given. */
  private Change removal() {
    Interaction like = interaction();
    EntityId id = like.entity().id();
    EntityType type = like.entity().type().orElse(EntityType.PRODUCT);
    return new Change.RemoveInteraction(
        like.user(), new EntityKey(type, id), like.type(), like.at());
  }

  private EntityDraft draft() {
    Instant now = clock.instant();
    var availability =
        switch (random.nextInt(3)) {
          case 0 -> Availability.ALWAYS;
          case 1 -> new Availability(Optional.of(now.minusNanos(1)), Optional.empty());
          default -> new Availability(Optional.of(now), Optional.of(now.plusSeconds(60)));
        };
    FeatureVector vector = oneOf(VECTORS);
    return new EntityDraft(
        key(),
        oneOf(OBJECTS),
        random.nextBoolean() ? vector : FeatureVector.given(vector.values()),
        availability);
  }

  private Change edit() {
    JsonObject attributes = oneOf(OBJECTS);
    boolean refuses = random.nextInt(4) == 0;
    return new Change.EditEntity(
        key(),
        entity -> {
          if (refuses) throw new InvalidRequest("not like this");
          return new EntityDraft(entity.key(), attributes, entity.vector(), entity.availability());
        });
  }

  private Change putType() {
    return new Change.PutInteractionType(
        oneOf(TYPES),
        oneOf(WEIGHTS),
        random.nextBoolean() ? Optional.of("said of it") : Optional.empty(),
        random.nextBoolean() ? OptionalDouble.of(7.5) : OptionalDouble.empty());
  }

  private Change statistics() {
    int version = random.nextInt(1, 8);
    return new Change.PutFeatureStatistics(
        new FeatureStatisticsBytes(version, ("version " + version).getBytes(UTF_8)));
  }

  private ApiKey apiKey() {
    int number = random.nextInt(20);
    return new ApiKey(
        "key-" + number,
        "for " + number,
        "hash of " + number % 18,
        ApiKey.Kind.SERVER,
        random.nextBoolean() ? Optional.empty() : Optional.of(oneOf(TENANTS)),
        random.nextBoolean() ? List.of() : List.of("https://a.example", "https://b.example"),
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(30),
        clock.instant(),
        Optional.empty());
  }

  private Change ofWebhooks() {
    String id = "hook-" + random.nextInt(6);
    Instant now = clock.instant();
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          new OfWebhooks.Create(
              new Webhook(
                  id,
                  oneOf(TENANTS),
                  0,
                  "https://there.example/" + id,
                  EnumSet.range(oneOf(TOPICS), Topic.IMPORT_COMPLETED),
                  "secret " + random.nextInt(100),
                  Optional.empty(),
                  now));
      case 2 -> new OfWebhooks.RotateSecret(id, "secret " + random.nextInt(100), now);
      case 3 -> new OfWebhooks.Delete(id);
      case 4 -> new OfWebhooks.Replay(id, OptionalLong.empty());
      default -> new OfWebhooks.Tell(new Notice(TOPICS.getLast(), oneOf(OBJECTS), now));
    };
  }

  private Job.Draft job() {
    return new Job.Draft(jobId(), oneOf(JOB_KINDS), "do it".getBytes(UTF_8));
  }

  private Job doneJob() {
    return new Job(
        jobId(),
        oneOf(TENANTS),
        oneOf(JOB_KINDS),
        Job.State.PARTIALLY_COMPLETED,
        3,
        3,
        2,
        1,
        List.of(new Job.Problem(1, "a", "product", "it was wrong")),
        1,
        false,
        clock.instant(),
        Optional.of(clock.instant()),
        Optional.of(clock.instant()));
  }

  private String jobId() {
    return "job-" + random.nextInt(30);
  }

  private EntityKey key() {
    return EntityKey.of(oneOf(ENTITY_TYPES), oneOf(ENTITY_IDS));
  }

  private static EntityKey key(int number) {
    return EntityKey.of(ENTITY_TYPES.getFirst(), ENTITY_IDS.get(number));
  }

  private UserId user() {
    return new UserId(oneOf(USERS));
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
  }
}
