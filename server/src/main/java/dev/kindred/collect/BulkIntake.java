package dev.kindred.collect;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.MalformedRequest;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Takes in many rows, in batches: one bad row fails alone, and a batch that was kept under an
 * idempotency key is not kept again, so that an import which was cut off can simply be sent once
 * more.
 *
 * <p>The next batch is read while the one before it is committed.
 */
public final class BulkIntake {

  private static final int BATCH_ROWS = 2_000;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCHES_UNDER_WAY = 2;

  /** A row of a batch. */
  private sealed interface Line {}

  /** What a row says: the changes it makes, and how it is called in an error. */
  private record Row(List<Change> changes, String id, String type) implements Line {}

  /** A row that could not be read, and how it is called as far as that could. */
  private record Unread(KindredException reason, RowName name) implements Line {}

  /** How a row is read. */
  @FunctionalInterface
  private interface RowReader {
    Row read(TenantId tenant, JsonReader reader);
  }

  private final EntityIntake entities;
  private final InteractionIntake interactions;
  private final BehaviourIntake behaviours;
  private final TenantZones zones;
  private final GroupCommit commit;
  private final ExecutorService executor;

  public BulkIntake(
      EntityIntake entities,
      InteractionIntake interactions,
      BehaviourIntake behaviours,
      TenantZones zones,
      GroupCommit commit,
      ExecutorService executor) {
    this.entities = entities;
    this.interactions = interactions;
    this.behaviours = behaviours;
    this.zones = zones;
    this.commit = commit;
    this.executor = executor;
  }

  /**
   * How an import is to be done.
   *
   * @param rowsMax beyond this it is refused
   * @param onceKey the caller's idempotency key
   * @param jobId the job that does it, if it is one
   * @param progress told how many rows are done; may throw to stop
   */
  public record Plan(
      TenantId tenant,
      long rowsMax,
      Optional<String> onceKey,
      Optional<String> jobId,
      Consumer<BulkReport> progress) {

    /** For a caller who waits. */
    public static Plan now(TenantId tenant, long rowsMax, Optional<String> onceKey) {
      return new Plan(tenant, rowsMax, onceKey, Optional.empty(), _ -> {});
    }

    /**
     * For a job. One that is begun again keeps no row twice, since its id is the idempotency key;
     * and it brings nobody back who was erased since it was started.
     */
    public static Plan ofJob(
        TenantId tenant, long rowsMax, String jobId, Consumer<BulkReport> progress) {
      return new Plan(tenant, rowsMax, Optional.of(jobId), Optional.of(jobId), progress);
    }
  }

  /** Creates or replaces entities, or records interactions. */
  public BulkReport keep(BulkKind kind, BulkRows rows, Plan plan) throws IOException {
    return switch (kind) {
      case ENTITIES -> keep(rows, plan, this::entity);
      case INTERACTIONS -> keep(rows, plan, this::interaction);
      case BEHAVIOURS -> keep(rows, plan, this::behaviour);
    };
  }

  private Row entity(TenantId tenant, JsonReader reader) {
    EntityInput input = entities.read(reader);
    requireTenant(tenant, input.tenant());
    EntityKey key = input.key();
    Change change = entities.put(tenant, key, input, PutMode.UPSERT);
    return new Row(List.of(change), key.id().value(), key.type().value());
  }

  private Row interaction(TenantId tenant, JsonReader reader) {
    InteractionInput input = interactions.read(reader);
    requireTenant(tenant, input.tenant());
    List<Change> changes = new ArrayList<>(input.interactions().size());
    for (Interaction interaction : input.interactions()) {
      changes.add(new Change.RecordInteraction(interaction));
    }
    EntityRef entity = input.interactions().getFirst().entity();
    String type = entity.type().map(Object::toString).orElse("");
    return new Row(changes, entity.id().value(), type);
  }

  private Row behaviour(TenantId tenant, JsonReader reader) {
    BehaviourInput input = behaviours.read(reader);
    requireTenant(tenant, input.tenant());
    EntityRef content = input.content();
    return new Row(
        input.changes(zones.of(tenant)),
        content.id().value(),
        content.type().map(Object::toString).orElse(""));
  }

  private static void requireTenant(TenantId tenant, Optional<String> said) {
    if (said.isPresent() && !said.get().equals(tenant.value())) {
      throw new InvalidRequest("tenant_id must be '" + tenant + "' in every row, got another");
    }
  }

  private BulkReport keep(BulkRows rows, Plan plan, RowReader rowReader) throws IOException {
    var all = new BulkTally();
    var underWay = new ArrayDeque<Future<BulkTally>>();
    try {
      long index = 0;
      long batches = 0;
      boolean more = true;
      while (more) {
        var batch = new Batch(index);
        int bytes = 0;
        while (batch.size() < BATCH_ROWS && bytes < BATCH_BYTES && (more = rows.next())) {
          if (index++ >= plan.rowsMax()) {
            throw new InvalidRequest("at most " + plan.rowsMax() + " rows are taken at once");
          }
          batch.read(plan.tenant(), rows, rowReader);
          bytes += rows.bytes();
        }
        String name = plan.onceKey().map(OnceKeys::hashed).orElse("") + "/" + batches++;
        String fingerprint = rows.fingerprint();
        underWay.add(executor.submit(() -> keep(batch, plan, name, fingerprint)));
        while (underWay.size() >= BATCHES_UNDER_WAY) add(all, underWay.poll(), plan);
      }
    } finally {
      // Whatever was handed over is kept, and counts, even if reading on has failed.
      while (!underWay.isEmpty()) add(all, underWay.poll(), plan);
    }
    for (String field : rows.unknownFields()) all.warn("unknown field " + field + " is ignored");
    return all.report();
  }

  private static void add(BulkTally all, Future<BulkTally> batch, Plan plan) throws IOException {
    try {
      all.add(batch.get());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof KindredException reason) throw reason;
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a batch was under way", stopped);
    }
    plan.progress().accept(all.report());
  }

  private BulkTally keep(Batch batch, Plan plan, String name, String fingerprint) {
    Optional<Once> once =
        plan.onceKey()
            .map(_ ->
                new Once(name, fingerprint, outcomes -> batch.remember(fingerprint, outcomes)));
    var receipt = commit.keep(new Submission(plan.tenant(), batch.changes, once, plan.jobId()));
    return receipt
        .replayed()
        .map(answer -> BulkTally.fromJson(answer.body()))
        .orElseGet(() -> batch.tally(receipt.outcomes()));
  }

  /** Rows that go into one transaction, those that could not be read among them. */
  private static final class Batch {

    private final long firstIndex;
    private final List<Change> changes = new ArrayList<>(BATCH_ROWS);
    private final List<Line> rows = new ArrayList<>(BATCH_ROWS);

    Batch(long firstIndex) {
      this.firstIndex = firstIndex;
    }

    int size() {
      return rows.size();
    }

    void read(TenantId tenant, BulkRows source, RowReader rowReader) {
      try {
        Row row = rowReader.read(tenant, source.row());
        changes.addAll(row.changes());
        rows.add(row);
      } catch (InvalidRequest refused) {
        rows.add(new Unread(refused, RowName.of(source.rowAgain())));
      } catch (MalformedRequest malformed) {
        // A line that is not JSON fails alone; in an array nobody knows where the next row begins.
        if (source instanceof ArrayRows) throw malformed;
        rows.add(new Unread(malformed, RowName.NONE));
      }
    }

    RememberedAnswer remember(String requestHash, List<Outcome> outcomes) {
      BulkTally tally = tally(outcomes);
      return RememberedAnswer.ofRows(requestHash, tally.toJson(), tally.hasRemarks());
    }

    BulkTally tally(List<Outcome> outcomes) {
      var tally = new BulkTally();
      int next = 0;
      for (int i = 0; i < rows.size(); i++) {
        switch (rows.get(i)) {
          case Row row -> {
            tally(tally, firstIndex + i, row, outcomes.subList(next, next + row.changes().size()));
            next += row.changes().size();
          }
          case Unread(var reason, var name) ->
              tally.refused(new Problem(firstIndex + i, name.id(), name.type(), reason.sentence()));
        }
      }
      return tally;
    }

    private static void tally(BulkTally tally, long index, Row row, List<Outcome> outcomes) {
      boolean duplicate = true;
      long position = 0;
      for (int i = 0; i < outcomes.size(); i++) {
        Change change = row.changes().get(i);
        switch (outcomes.get(i)) {
          // What the row is about is kept all the same.
          case Outcome.Refused(var reason) when change instanceof Change.RecordExposure ->
              tally.warn(reason.sentence());
          case Outcome.ExposureStored _ -> {}
          case Outcome.Refused refused -> {
            tally.refused(new Problem(index, row.id(), row.type(), refused.reason().sentence()));
            return;
          }
          case Outcome.InteractionStored stored -> {
            if (!stored.typeIsRegistered()) tally.warn(Warnings.unregistered(stored.interaction()));
            duplicate &= stored.duplicate();
            position = stored.position();
          }
          case Outcome.EntityStored stored -> {
            duplicate = false;
            position = stored.position();
          }
          default -> throw new AssertionError("not the outcome of a row: " + outcomes.get(i));
        }
      }
      tally.kept(duplicate, position);
    }
  }
}
