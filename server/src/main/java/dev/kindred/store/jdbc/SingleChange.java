package dev.kindred.store.jdbc;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.CancelJob;
import dev.kindred.domain.Change.CreateExperiment;
import dev.kindred.domain.Change.CreateKey;
import dev.kindred.domain.Change.DeleteInteractionType;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Change.EraseUser;
import dev.kindred.domain.Change.PurgeBehaviours;
import dev.kindred.domain.Change.PutFeatureStatistics;
import dev.kindred.domain.Change.PutInteractionType;
import dev.kindred.domain.Change.PutTenantSettings;
import dev.kindred.domain.Change.RecordJob;
import dev.kindred.domain.Change.RemoveInteraction;
import dev.kindred.domain.Change.RevokeKey;
import dev.kindred.domain.Change.StartJob;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.TenantSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes that are too rare to be gathered: each is made by itself. */
final class SingleChange {

  private final Appending appending;
  private final Session session;
  private final TenantId tenantId;
  private final TenantPart tenant;
  private final Rows events = new Rows(Tables.EVENTS);

  private SingleChange(Appending appending, TenantId tenantId) throws SQLException {
    this.appending = appending;
    this.session = appending.session();
    this.tenantId = tenantId;
    this.tenant = TenantPart.of(appending, tenantId);
  }

  static Outcome make(Appending appending, TenantId tenant, Change change) throws SQLException {
    var making = new SingleChange(appending, tenant);
    Outcome outcome = making.make(change);
    appending.insert(making.events);
    return outcome;
  }

  private Outcome make(Change change) throws SQLException {
    return switch (change) {
      case RemoveInteraction remove -> InteractionRemoval.make(appending, tenant, remove, events);
      case EraseUser erase -> erase(erase);
      case Change.MergeUsers merge -> new UserMerging(appending, tenantId, tenant).make(merge);
      case Change.UndoMerge undo -> new UserMerging(appending, tenantId, tenant).undo(undo);
      case PutInteractionType put -> put(put);
      case DeleteInteractionType delete -> delete(delete);
      case PutTenantSettings put -> put(put);
      case PutFeatureStatistics put -> put(put);
      case CreateKey create -> create(create.key());
      case RevokeKey revoke -> revoke(revoke.keyId());
      case StartJob start -> start(start.job());
      case RecordJob record -> insert(record.job(), null);
      case CancelJob cancel -> cancel(cancel);
      case PurgeBehaviours purge -> purge(purge);
      case Change.RecordShown shown -> shown(shown);
      case CreateExperiment create -> new ExperimentChange(appending, tenant).make(create);
      case EditExperiment edit -> new ExperimentChange(appending, tenant).make(edit);
      case Change.OfWebhooks webhooks ->
          new WebhookChange(appending, tenant, events).make(webhooks);
      default -> throw new IllegalArgumentException("for a batch: " + change);
    };
  }

  private Outcome erase(EraseUser erase) throws SQLException {
    if (tenant.isUnknown()) throw NotFound.user(erase.user());
    int number = tenant.number();
    int user =
        session
            .first(
                """
                select "user" from users where tenant = ? and user_id = ?
                """,
                row -> row.getInt(1),
                number,
                erase.user().value())
            .orElseThrow(() -> NotFound.user(erase.user()));
    boolean jobsWait = JobFence.jobsWait(session, number);
    if (jobsWait) JobFence.requireRoom(session, number);
    session.update(
        """
        delete from interaction_details where position in
          (select position from interactions where tenant = ? and "user" = ?)
        """,
        number,
        user);
    int removed =
        session.update(
            """
            delete from interactions where tenant = ? and "user" = ?
            """,
            number,
            user);
    session.update(
        "delete from events where tenant = ? and subject = ? and kind in (1, 4, 11, 12, 15, 16)",
        number,
        user);
    session.update(
        """
        delete from users where tenant = ? and "user" = ?
        """,
        number,
        user);
    session.update(
        """
        delete from behaviours_past where tenant = ? and "user" = ?
        """,
        number,
        user);
    Exposures.erase(session, number, user);
    ShownRows.erase(session, number, user);
    MergeRows.erase(session, number, erase.user());
    AnswerRows.erase(session, number, erase.user());
    appending.newEvents().erase(number, user);
    appending.numbers().users.forget(new Numbers.UserName(number, erase.user()));
    long position = appending.note(events, number, EventKind.USER_ERASED, user);
    if (jobsWait) JobFence.keepOut(session, number, erase.user(), position);
    return new Outcome.UserErased(erase.user(), position, removed);
  }

  private Outcome put(PutInteractionType put) throws SQLException {
    InteractionTypeRow known = tenant.findInteractionType(put.name());
    boolean created = known == null || !known.registered();
    // The type itself refuses what is wrong with it, before anything is written.
    var type =
        new InteractionType(
            put.name(),
            put.weight(),
            put.description(),
            put.halfLifeDays(),
            true,
            Micros.toInstant(
                known != null && known.registered() ? known.created() : appending.now()),
            Micros.toInstant(appending.now()));
    int number = tenant.interactionType(put.name()).number();
    new InteractionTypeRow(
            number,
            put.name(),
            put.weight(),
            put.description().orElse(null),
            put.halfLifeDays().isPresent() ? (Double) put.halfLifeDays().getAsDouble() : null,
            true,
            Micros.of(type.createdAt()),
            appending.now())
        .update(session, tenant.number());
    return new Outcome.InteractionTypeStored(
        type, noteType(number), created && !InteractionType.isBuiltIn(put.name()));
  }

  private Outcome delete(DeleteInteractionType delete) throws SQLException {
    InteractionTypeRow known = tenant.findInteractionType(delete.name());
    boolean isFound = known == null ? InteractionType.isBuiltIn(delete.name()) : known.isFound();
    if (!isFound) throw NotFound.interactionType(delete.name());
    int number = tenant.interactionType(delete.name()).number();
    InteractionTypeRow.unregistered(number, delete.name()).update(session, tenant.number());
    return new Outcome.InteractionTypeDeleted(delete.name(), noteType(number));
  }

  private long noteType(int number) throws SQLException {
    appending.numbers().types.forget(tenant.number());
    return note(EventKind.INTERACTION_TYPE_CHANGED, number);
  }

  private Outcome put(PutTenantSettings put) throws SQLException {
    int number = tenant.number();
    List<TenantSettings> newest = SettingsRows.newest(session, number, 1);
    long version = newest.isEmpty() ? 1 : newest.getFirst().version() + 1;
    var settings = new TenantSettings(version, put.settings(), Micros.toInstant(appending.now()));
    SettingsRows.insert(session, number, settings);
    return new Outcome.TenantSettingsStored(settings, note(EventKind.SETTINGS_CHANGED, 0));
  }

  private Outcome put(PutFeatureStatistics put) throws SQLException {
    int version = tenant.isUnknown() ? 0 : statisticsVersion(tenant.number());
    if (put.statistics().version() != version + 1) {
      throw new Conflict(
          "version %d of the feature statistics is next, got %d"
              .formatted(version + 1, put.statistics().version()));
    }
    session.update(
        """
        insert into feature_statistics (tenant, version, bytes) values (?, ?, ?)
        on conflict (tenant) do update set version = excluded.version, bytes = excluded.bytes
        """,
        tenant.number(),
        version + 1,
        put.statistics().bytes());
    return new Outcome.FeatureStatisticsStored(
        version + 1, note(EventKind.FEATURE_STATISTICS_CHANGED, 0));
  }

  private int statisticsVersion(int number) throws SQLException {
    return session
        .first(
            "select version from feature_statistics where tenant = ?", row -> row.getInt(1), number)
        .orElse(0);
  }

  private Outcome create(ApiKey key) throws SQLException {
    if (KeyRows.isTaken(session, key)) {
      throw new Conflict("there is a key '" + key.id() + "' already");
    }
    long position = noteKey(key);
    KeyRows.insert(session, position, key);
    return new Outcome.KeyStored(KeyRows.find(session, key.id()).orElseThrow(), position);
  }

  private Outcome revoke(String keyId) throws SQLException {
    session.update(
        "update api_keys set revoked = coalesce(revoked, ?) where key_id = ?",
        appending.now(),
        keyId);
    ApiKey key = KeyRows.find(session, keyId).orElseThrow(() -> NotFound.of("key", keyId));
    return new Outcome.KeyStored(key, noteKey(key));
  }

  private long noteKey(ApiKey key) throws SQLException {
    Optional<TenantId> owner = key.tenant();
    int number = owner.isEmpty() ? 0 : TenantPart.of(appending, owner.get()).number();
    return appending.note(events, number, EventKind.KEYS_CHANGED, 0);
  }

  private Outcome start(Job.Draft draft) throws SQLException {
    var job =
        new Job(
            draft.id(),
            tenantId,
            draft.kind(),
            State.QUEUED,
            0,
            0,
            0,
            0,
            List.of(),
            0,
            false,
            Micros.toInstant(appending.now()),
            Optional.empty(),
            Optional.empty());
    return insert(job, draft.payload());
  }

  private Outcome insert(Job job, byte @Nullable [] payload) throws SQLException {
    boolean isTaken =
        session.first("select 1 from jobs where job_id = ?", row -> true, job.id()).isPresent();
    if (isTaken) throw new Conflict("there is a job '" + job.id() + "' already");
    long position = note(EventKind.JOB_CHANGED, 0);
    JobRows.insert(session, tenant.number(), position, job, payload);
    return new Outcome.JobStored(found(job.id()), position);
  }

  private Outcome purge(PurgeBehaviours purge) throws SQLException {
    long position = appending.head().nextPosition();
    long before = Micros.of(purge.before());
    short kind = EventKind.BEHAVIOURS_PURGED.code;
    events.add(position, before, null, tenant.number(), 0, null, kind, null, null, null, null);
    return new Outcome.BehavioursPurged(position);
  }

  private Outcome shown(Change.RecordShown shown) throws SQLException {
    long position = note(EventKind.LISTS_SHOWN, 0);
    ShownRows.insert(session, tenant.number(), position, shown.lists());
    return new Outcome.ShownKept(shown.lists().size(), position);
  }

  private Outcome cancel(CancelJob cancel) throws SQLException {
    State state = found(cancel.jobId()).state();
    if (state.isFinal()) {
      throw new Conflict("job '" + cancel.jobId() + "' has ended already: " + state.word());
    }
    boolean isQueued = state == State.QUEUED;
    session.update(
        """
        update jobs
        set cancel_requested = ?, state = ?, finished = ?,
          payload = case when ? then null else payload end
        where tenant = ? and job_id = ?
        """,
        true,
        JobRows.code(isQueued ? State.CANCELLED : State.RUNNING),
        isQueued ? (Long) Micros.of(cancel.at()) : null,
        isQueued,
        tenant.number(),
        cancel.jobId());
    return new Outcome.JobStored(found(cancel.jobId()), note(EventKind.JOB_CHANGED, 0));
  }

  private Job found(String jobId) throws SQLException {
    Optional<Job> job =
        tenant.isUnknown() ? Optional.empty() : JobRows.find(session, tenant.number(), jobId);
    return job.orElseThrow(() -> NotFound.of("job", jobId));
  }

  private long note(EventKind kind, int subject) throws SQLException {
    return appending.note(events, tenant.number(), kind, subject);
  }
}
