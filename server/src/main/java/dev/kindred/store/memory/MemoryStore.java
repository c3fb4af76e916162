package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.Job;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.EventLog;
import dev.kindred.store.Jobs;
import dev.kindred.store.Keys;
import dev.kindred.store.Models;
import dev.kindred.store.Retention;
import dev.kindred.store.Store;
import dev.kindred.store.TenantStore;
import dev.kindred.store.Webhooks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Keeps everything in maps: what a store does, written as plainly as we can. The databases are
 * compared with it.
 *
 * <p>One lock guards all of it, so readers wait for writers. A change that is refused, or an append
 * that fails, is taken back step by step with a {@link Journal}.
 */
public final class MemoryStore implements Store {

  private final Clock clock;
  private final Object lock = new Object();
  private final Journal journal = new Journal();

  /** Primary: the log by position. What concerned an erased user is gone from it. */
  private final NavigableMap<Long, Event> events = new TreeMap<>();

  /** Primary: the data of each tenant that was written to. */
  private final NavigableMap<String, TenantData> tenants = new TreeMap<>();

  /** Primary: the keys by id, in the order of their creation. */
  private final SequencedMap<String, ApiKey> keys = new LinkedHashMap<>();

  private final MemoryModels models = new MemoryModels();

  /** Primary: the bookmarks of each tenant, by name. */
  private final Map<String, Map<String, String>> bookmarks = new HashMap<>();

  /** Primary: the jobs of all tenants. */
  private final MemoryJobs jobs = new MemoryJobs(lock, journal, this::tell);

  /** Primary: the webhooks of all tenants. */
  private final MemoryWebhooks webhooks =
      new MemoryWebhooks(lock, journal, events, id -> tenants.get(id.value()));

  private long folds;

  /** The newest position when something was summed up last. */
  private long newestFolded;

  private final String identity = "memory of " + UUID.randomUUID();

  private final EventLog log = new Log();

  /**
   * @param clock says when things were stored, and how old remembered answers are
   */
  public MemoryStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public TenantStore tenant(TenantId id) {
    var nothing = new TenantData(0, events, journal);
    Map<String, String> places;
    synchronized (lock) {
      places = bookmarks.computeIfAbsent(id.value(), _ -> new HashMap<>());
    }
    return new MemoryTenant(lock, clock, () -> tenants.getOrDefault(id.value(), nothing), places);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public Tenants tenants() {
    return new TenantNames();
  }

  @Override
  public Keys keys() {
    return () -> {
      synchronized (lock) {
        return List.copyOf(keys.values());
      }
    };
  }

  @Override
  public Retention retention() {
    return new Folding();
  }

  @Override
  public Models models() {
    return models;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public Webhooks webhooks() {
    return webhooks;
  }

  @Override
  public void check() {
    // There is nothing that could be out of reach.
  }

  @Override
  public PoolStats pool() {
    return new PoolStats(0, 0, 0, 0);
  }

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public Map<String, String> describe() {
    return Map.of("database", "memory");
  }

  @Override
  public void close() {
    // Nothing is held outside the heap.
  }

  private final class Log implements EventLog {

    @Override
    public Appended extend(List<Submission> submissions) {
      synchronized (lock) {
        long after = newest();
        Instant now = clock.instant().truncatedTo(MICROS);
        var receipts = new ArrayList<Receipt>(submissions.size());
        try {
          for (Submission submission : submissions) receipts.add(keep(submission, now));
        } catch (RuntimeException | Error failure) {
          journal.rollBackTo(0);
          throw failure;
        }
        journal.forget();
        List<Event> made = List.copyOf(events.tailMap(after, false).values());
        return new Appended(List.copyOf(receipts), after, newest(), made);
      }
    }

    @Override
    public long head() {
      synchronized (lock) {
        return newest();
      }
    }

    @Override
    public long read(long after, int limit, Consumer<Event> reader) {
      List<Event> next;
      long upTo;
      synchronized (lock) {
        next = events.tailMap(after, false).values().stream().limit(limit).toList();
        upTo = next.size() < limit ? Math.max(after, newest()) : next.getLast().position();
      }
      next.forEach(reader);
      return upTo;
    }
  }

  private final class Folding implements Retention {

    @Override
    public Step fold(TenantId tenant, long beforeMicros, long after, long upTo, int most) {
      synchronized (lock) {
        TenantData data = tenants.get(tenant.value());
        if (data == null) return new Step(0, upTo);
        newestFolded = newest();
        Step step = data.fold(beforeMicros, after, upTo, most);
        if (step.folded() > 0) folds++;
        journal.forget();
        return step;
      }
    }

    @Override
    public void past(Consumer<BehaviourSum> reader) {
      List<BehaviourSum> all;
      synchronized (lock) {
        all = tenants.values().stream().flatMap(data -> data.sums.all().stream()).toList();
      }
      all.forEach(reader);
    }

    @Override
    public long folds() {
      synchronized (lock) {
        return folds;
      }
    }
  }

  private final class TenantNames implements Tenants {

    @Override
    public List<TenantId> all() {
      synchronized (lock) {
        return tenants.keySet().stream().map(TenantId::new).toList();
      }
    }

    @Override
    public TenantId named(int number) {
      synchronized (lock) {
        for (var tenant : tenants.entrySet()) {
          if (tenant.getValue().number == number) return new TenantId(tenant.getKey());
        }
        throw new IllegalArgumentException("no tenant has the number " + number);
      }
    }

    @Override
    public boolean exists(TenantId id) {
      synchronized (lock) {
        return tenants.containsKey(id.value());
      }
    }
  }

  /**
   * The newest position. An erased event is never the newest: its erasure comes after it. One that
   * was summed up may be.
   */
  private long newest() {
    return events.isEmpty() ? newestFolded : Math.max(newestFolded, events.lastKey());
  }

  private Receipt keep(Submission submission, Instant now) {
    if (submission.once().isEmpty()) {
      return new Receipt(carryOut(submission, now), newest(), Optional.empty());
    }
    var once = submission.once().get();
    Optional<RememberedAnswer> first =
        Optional.ofNullable(tenants.get(submission.tenant().value()))
            .flatMap(data -> data.answers.find(once.key(), now));
    if (first.isEmpty()) {
      List<Outcome> outcomes = carryOut(submission, now);
      RememberedAnswer answer = once.answer().apply(outcomes);
      Set<UserId> about = answer.mayNameUsers() ? submission.users(outcomes) : Set.of();
      writable(submission.tenant()).answers.keep(once.key(), answer, about, now);
      return new Receipt(outcomes, newest(), Optional.empty());
    }
    if (first.get().requestHash().equals(once.requestHash())) {
      return new Receipt(List.of(), newest(), first);
    }
    Outcome refused =
        new Outcome.Refused(
            new KindredException(
                ErrorCode.UNPROCESSABLE,
                "the Idempotency-Key '" + once.key() + "' came before with another request"));
    return new Receipt(
        submission.changes().stream().map(_ -> refused).toList(), newest(), Optional.empty());
  }

  private List<Outcome> carryOut(Submission submission, Instant now) {
    var outcomes = new ArrayList<Outcome>(submission.changes().size());
    for (Change change : submission.changes()) {
      int mark = journal.mark();
      try {
        submission.jobId().ifPresent(job -> requireUnderWay(submission.tenant(), job, change));
        outcomes.add(carryOut(submission.tenant(), change, now));
      } catch (KindredException reason) {
        journal.rollBackTo(mark);
        outcomes.add(new Outcome.Refused(reason));
      }
    }
    return List.copyOf(outcomes);
  }

  private void requireUnderWay(TenantId tenant, String jobId, Change change) {
    Optional<KindredException> reason = jobs.refusal(tenant, jobId, change);
    if (reason.isPresent()) throw reason.get();
  }

  /** Carries a change out, or throws to refuse it; the caller takes back what was half done. */
  private Outcome carryOut(TenantId tenant, Change change, Instant now) {
    TenantData data = writable(tenant);
    long position = newest() + 1;
    return switch (change) {
      case Change.PutEntity(var entity, var mode) -> data.entities.put(entity, mode, position, now);
      case Change.EditEntity(var key, _, var edit) -> data.entities.edit(key, edit, position, now);
      case Change.DeleteEntity(var key) -> data.entities.delete(key, position);
      case Change.RecordInteraction(var interaction) ->
          data.interactions.record(interaction, position, now);
      case Change.RemoveInteraction remove -> data.interactions.remove(remove, position);
      case Change.PurgeBehaviours(var before) -> data.purge(before, position);
      case Change.PutUser(var user, var attributes) -> data.put(user, attributes, position, now);
      case Change.EraseUser(var user) -> erase(tenant, data, user, position);
      case Change.MergeUsers merge ->
          data.merges.make(merge, now, part -> carryOut(tenant, part, now));
      case Change.UndoMerge undo ->
          data.merges.undo(undo, now, part -> carryOut(tenant, part, now));
      case Change.PutInteractionType type -> data.types.put(type, position, now);
      case Change.DeleteInteractionType(var name) -> data.types.delete(name, position);
      case Change.PutTenantSettings(var settings) -> data.versions.put(settings, position, now);
      case Change.PutFeatureStatistics(var statistics) -> data.versions.put(statistics, position);
      case Change.CreateExperiment create -> data.trials.create(create, position, now);
      case Change.EditExperiment edit -> data.trials.edit(edit, position, now);
      case Change.RecordExposure exposure -> data.trials.expose(exposure, position, now);
      case Change.RecordShown(var lists) -> data.show(lists, position);
      case Change.RecordConversion conversion -> data.trials.convert(conversion, position);
      case Change.CreateKey(var key) -> create(key, position);
      case Change.RevokeKey(var keyId) -> revoke(keyId, position, now);
      case Change.StartJob(var draft) ->
          changed(jobs.start(tenant, draft, position, now), data.number, position);
      case Change.RecordJob(var job) ->
          changed(jobs.record(tenant, job, position), data.number, position);
      case Change.CancelJob(var jobId, var at) ->
          changed(jobs.cancel(tenant, jobId, at), data.number, position);
      case Change.OfWebhooks webhook -> webhooks.carryOut(tenant, data.number, webhook, position);
    };
  }

  private Outcome erase(TenantId tenant, TenantData data, UserId user, long position) {
    if (data.users.contains(user)) jobs.keepOut(tenant, user, position);
    return data.erase(user, position);
  }

  private Outcome create(ApiKey said, long position) {
    boolean taken =
        keys.values().stream()
            .anyMatch(key -> key.id().equals(said.id()) || key.hash().equals(said.hash()));
    if (taken) throw new Conflict("there is a key '" + said.id() + "' already");
    return keep(withTimes(said, said.createdAt(), said.revokedAt()), position);
  }

  /** A key that is revoked again stays revoked since the first time. */
  private Outcome revoke(String keyId, long position, Instant now) {
    ApiKey key = keys.get(keyId);
    if (key == null) throw NotFound.of("key", keyId);
    return keep(
        withTimes(key, key.createdAt(), key.revokedAt().or(() -> Optional.of(now))), position);
  }

  private Outcome keep(ApiKey key, long position) {
    journal.put(keys, key.id(), key);
    int tenant = key.tenant().map(id -> writable(id).number).orElse(0);
    journal.put(events, position, new Event.KeysChanged(position, tenant));
    return new Outcome.KeyStored(key, position);
  }

  private static ApiKey withTimes(ApiKey key, Instant createdAt, Optional<Instant> revokedAt) {
    return new ApiKey(
        key.id(),
        key.name(),
        key.hash(),
        key.kind(),
        key.tenant(),
        key.origins(),
        key.requestsPerMinute(),
        createdAt.truncatedTo(MICROS),
        revokedAt.map(at -> at.truncatedTo(MICROS)));
  }

  private Outcome changed(Job job, int tenant, long position) {
    journal.put(events, position, new Event.JobChanged(position, tenant));
    return new Outcome.JobStored(job, position);
  }

  /** Tells webhooks something outside an append. */
  private void tell(TenantId tenant, Notice notice) {
    carryOut(tenant, new Change.OfWebhooks.Tell(notice), clock.instant());
    journal.forget();
  }

  private TenantData writable(TenantId id) {
    TenantData known = tenants.get(id.value());
    if (known != null) return known;
    var fresh = new TenantData(tenants.size() + 1, events, journal);
    journal.put(tenants, id.value(), fresh);
    return fresh;
  }
}
