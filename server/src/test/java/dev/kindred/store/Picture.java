package dev.kindred.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything that a store says, as lines of text: two stores that agree have the same lines.
 * Numbers that a store may choose freely stand there as what they mean.
 */
final class Picture {

  private static final int PAGE = 3;
  private static final LocalDate FAR = LocalDate.of(2999, 1, 1);

  private final Store store;
  private final List<String> lines = new ArrayList<>();

  private Picture(Store store) {
    this.store = store;
  }

  static List<String> of(Store store, List<TenantId> tenants, List<String> idempotencyKeys) {
    var picture = new Picture(store);
    picture.line("head", store.log().head());
    picture.line("tenants", store.tenants().all());
    picture.log();
    store.keys().all().forEach(key -> picture.line("key", key));
    for (TenantId tenant : tenants) picture.tenant(tenant, idempotencyKeys);
    return picture.lines;
  }

  /** An outcome as text; of a refusal only its code. */
  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(var reason) -> "refused " + reason.code();
      case Outcome.EntityStored(var entity, long position, boolean created) ->
          position + (created ? " created " : " stored ") + of(entity);
      case Outcome.WebhookStored(var webhook, long position) ->
          position + " webhook " + webhook.id() + webhook.topicsInOrder() + webhook.secret();
      default -> outcome.toString();
    };
  }

  static String of(RememberedAnswer answer) {
    return "%s %d %s %s %s"
        .formatted(
            answer.requestHash(),
            answer.status(),
            answer.contentType(),
            answer.location(),
            new String(answer.body(), UTF_8));
  }

  static String of(Entity entity) {
    return "%s %s vector %08x made with %d, %s created %s updated %s"
        .formatted(
            entity.key(),
            entity.attributes(),
            entity.vector().hashCode(),
            entity.vector().madeWith(),
            entity.availability(),
            entity.createdAt(),
            entity.updatedAt());
  }

  private void line(String what, Object is) {
    lines.add(what + ": " + is);
  }

  private void log() {
    Map<Integer, Names> names = new HashMap<>();
    Map<Long, Float> weights = new TreeMap<>();
    for (Event event : allEvents()) {
      Names of =
          event.tenant() == 0
              ? Names.NONE
              : names.computeIfAbsent(event.tenant(), number -> Names.of(store, number));
      line("event " + event.position(), of.say(event));
      if (event instanceof Event.Interacted one) weights.put(one.position(), one.weight());
      if (event instanceof Event.Reweighed one) weights.put(one.original(), one.weight());
    }
    line("weights", weights);
  }

  private List<Event> allEvents() {
    var events = new ArrayList<Event>();
    long after = 0;
    long next = store.log().read(after, 50, events::add);
    while (next != after) {
      after = next;
      next = store.log().read(after, 50, events::add);
    }
    return events;
  }

  private void tenant(TenantId tenant, List<String> idempotencyKeys) {
    TenantStore data = store.tenant(tenant);
    List<EntityKey> named = entities(data.catalog());
    for (UserProfile user : users(data.users())) {
      interactions("of " + user.id(), page -> data.interactions().ofUser(user.id(), page));
      sums(user.id(), data.interactions());
    }
    for (EntityKey key : named) {
      interactions("with " + key, page -> data.interactions().ofEntity(key, page));
    }
    for (InteractionType type : data.types().all()) {
      line("type", type);
      data.interactions().scan(type.name(), 0, row -> line("of that type", row));
    }
    experiments(data);
    line("settings", data.settings().current());
    line("their history", data.settings().history(5));
    data.featureStatistics()
        .ifPresent(it -> line("statistics", it.version() + " " + new String(it.bytes(), UTF_8)));
    for (String key : idempotencyKeys) {
      data.answers().find(key).ifPresent(answer -> line("answer to " + key, of(answer)));
    }
    for (Webhook webhook : store.webhooks().of(tenant)) webhook(webhook);
    store.jobs().newest(tenant, 100).forEach(job -> line("job", job));
  }

  private void sums(UserId user, Interactions interactions) {
    var sums = new ArrayList<String>();
    interactions.folded(
        user,
        one ->
            sums.add(
                one.entity()
                    + " "
                    + one.type()
                    + one.sums().ofExperiment()
                    + one.sums().ofRecommendation()
                    + amounts(one.sums())));
    // Entities stand in the order of their numbers, which a store may choose freely.
    sums.sort(Comparator.naturalOrder());
    line("sums of " + user, sums);
  }

  private void experiments(TenantStore data) {
    line("experiments", data.experiments().all());
    for (Experiment experiment : data.experiments().all()) {
      String name = experiment.name();
      line("find " + name, data.experiments().find(name));
      line("versions of " + name, data.experiments().versions(name, 5));
      line("sums of " + name, data.experiments().sums(name, LocalDate.EPOCH, FAR));
    }
    for (UserProfile user : data.users().page(Optional.empty(), 1_000)) {
      line("experiments of " + user.id(), data.experiments().ofUser(user.id()));
    }
  }

  private void webhook(Webhook webhook) {
    line("webhook " + webhook.id(), webhook.url() + webhook.topicsInOrder() + webhook.since());
    line("its secrets", webhook.secret() + webhook.previous() + webhook.createdAt());
    long after = webhook.since();
    while (true) {
      var part = store.webhooks().messages(webhook, after, Long.MAX_VALUE, PAGE);
      part.messages().forEach(message -> line("is to be told", message));
      if (part.messages().isEmpty()) return;
      after = part.upTo();
    }
  }

  /** Returns the keys of all that were ever stored or named. */
  private List<EntityKey> entities(Catalog catalog) {
    pages(Optional.empty(), catalog);
    pages(Optional.of(EntityType.PRODUCT), catalog);
    var byName = new TreeMap<String, String>();
    var keys = new TreeMap<String, EntityKey>();
    var numbers = new ArrayList<Integer>();
    catalog.scan(
        0,
        entity -> {
          String key = entity.key().toString();
          int generation = 1;
          while (byName.containsKey(key + " " + generation)) generation++;
          byName.put(key + " " + generation, entity.entity().map(Picture::of).orElse("not stored"));
          keys.put(key, entity.key());
          numbers.add(entity.number());
        });
    line("catalog", String.join("\n  ", byName.entrySet().stream().map(Object::toString).toList()));
    line("found by number", catalog.numbered(numbers).size());
    for (EntityKey key : keys.values()) {
      line("find " + key, catalog.find(key).map(Picture::of));
      line("types of " + key.id(), catalog.typesOf(key.id()));
    }
    return List.copyOf(keys.values());
  }

  private void pages(Optional<EntityType> type, Catalog catalog) {
    Optional<EntityKey> after = Optional.empty();
    List<Entity> page = catalog.page(type, after, PAGE);
    while (!page.isEmpty()) {
      line("page", page.stream().map(Picture::of).toList());
      after = Optional.of(page.getLast().key());
      page = catalog.page(type, after, PAGE);
    }
  }

  /** Whoever it is of. */
  private static String amounts(BehaviourSum sum) {
    return "%d, own %d %d, rated %d %d, taken in %d, timed %d %d, %s, last %d"
        .formatted(
            sum.count(),
            sum.owns(),
            sum.weight(),
            sum.rated(),
            sum.ratings(),
            sum.takenIn(),
            sum.timed(),
            sum.durations(),
            sum.timesOfDay(),
            sum.lastMillis());
  }

  private List<UserProfile> users(Users users) {
    var all = new ArrayList<UserProfile>();
    Optional<UserId> after = Optional.empty();
    List<UserProfile> page = users.page(after, PAGE);
    while (!page.isEmpty()) {
      line("users", page);
      all.addAll(page);
      after = Optional.of(page.getLast().id());
      page = users.page(after, PAGE);
    }
    for (UserProfile user : all) {
      line("find " + user.id(), users.find(user.id()));
      line("merges of " + user.id(), users.merges(user.id(), 20));
    }
    var byId = new TreeMap<String, String>();
    users.scan(0, user -> byId.put(user.id().value(), user.attributes().toString()));
    line("scan of users", byId);
    return all;
  }

  private void interactions(String whose, Function<Page, List<RecordedInteraction>> list) {
    Optional<After> after = Optional.empty();
    List<RecordedInteraction> page = list.apply(new Page(PAGE, 0, after));
    while (!page.isEmpty()) {
      line(whose, page);
      after = Optional.of(place(page.getLast()));
      page = list.apply(new Page(PAGE, 0, after));
    }
    line(whose + " from the fourth", list.apply(new Page(PAGE, 3, Optional.empty())));
  }

  private static After place(RecordedInteraction row) {
    return new After(Duration.between(Instant.EPOCH, row.at()).toNanos() / 1_000, row.position());
  }

  /** What the numbers in a tenant's events mean. */
  private record Names(
      String tenant,
      Map<Integer, String> users,
      Map<Integer, String> entities,
      Map<Integer, String> types) {

    static final Names NONE = new Names("nobody", Map.of(), Map.of(), Map.of());

    static Names of(Store store, int tenantNumber) {
      TenantId tenant = store.tenants().named(tenantNumber);
      TenantStore data = store.tenant(tenant);
      var users = new HashMap<Integer, String>();
      data.users().scan(0, user -> users.put(user.number(), user.id().value()));
      var entities = new HashMap<Integer, String>();
      var generations = new HashMap<EntityKey, Integer>();
      data.catalog()
          .scan(
              0,
              entity -> {
                int generation = generations.merge(entity.key(), 1, Integer::sum);
                entities.put(entity.number(), entity.key() + " " + generation);
              });
      var types = new HashMap<Integer, String>();
      for (var type : data.types().numbered()) types.put(type.number(), type.type().toString());
      return new Names(tenant.value(), users, entities, types);
    }

    String say(Event event) {
      return tenant
          + switch (event) {
            case Event.Interacted(
                    _,
                    _,
                    int user,
                    int entity,
                    int type,
                    float own,
                    long at,
                    var with) ->
                " interacted " + user(user) + entity(entity) + type(type) + own + at + with;
            case Event.Reweighed again ->
                " reweighed "
                    + again.original()
                    + user(again.user())
                    + entity(again.entity())
                    + type(again.type())
                    + again.weight()
                    + again.measures()
                    + again.before();
            case Event.InteractionRemoved(
                    _,
                    _,
                    int user,
                    int entity,
                    int type,
                    float w,
                    long at,
                    var with) ->
                " took back " + user(user) + entity(entity) + type(type) + w + " " + at + with;
            case Event.EntityPut(_, _, int entity) -> " put" + entity(entity);
            case Event.EntityDeleted(_, _, int entity) -> " deleted" + entity(entity);
            case Event.UserPut(_, _, int user) -> " put" + user(user);
            case Event.UserErased(_, _, int user) ->
                " erased somebody" + (users.containsKey(user) ? " who is still there" : "");
            case Event.InteractionTypeChanged(_, _, int type) -> " changed" + type(type);
            case Event.SettingsChanged _ -> " settings";
            case Event.FeatureStatisticsChanged _ -> " statistics";
            case Event.KeysChanged _ -> " keys";
            case Event.JobChanged _ -> " job";
            case Event.ListsShown _ -> " lists shown";
            case Event.SumTaken(_, var sum) -> " sum taken" + say(sum);
            case Event.SumGiven(_, var sum) -> " sum given" + say(sum);
            case Event.BehavioursPurged purged -> " purged before " + purged.beforeMicros();
            case Event.ExperimentChanged(_, _, int experiment) -> " experiment " + experiment;
            case Event.Exposed(_, _, int experiment, int user, int variant, long at) ->
                " exposed" + user(user) + " to " + experiment + "/" + variant + " at " + at;
            case Event.Converted(
                    _,
                    _,
                    int experiment,
                    int user,
                    int metric,
                    double value,
                    long at) ->
                " converted" + user(user) + " " + experiment + "/" + metric + value + " at " + at;
            case Event.WebhooksChanged _ -> " webhooks";
            case Event.Noticed(_, _, var topic) -> " notice of " + topic.word();
          };
    }

    private String say(BehaviourSum sum) {
      var unnamed = new BehaviourSum.Kind(0, 0, 0, 0, sum.ofExperiment(), sum.ofRecommendation());
      return user(sum.user())
          + entity(sum.entity())
          + type(sum.type())
          + unnamed
          + Picture.amounts(sum);
    }

    private String user(int number) {
      return " user " + requireNonNull(users.get(number));
    }

    private String entity(int number) {
      return " entity " + requireNonNull(entities.get(number)) + " ";
    }

    private String type(int number) {
      return " type " + requireNonNull(types.get(number)) + " ";
    }
  }
}
