package dev.kindred.store.jdbc;

import static dev.kindred.domain.UserMerge.INTERACTIONS_MAX;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.MergeUsers;
import dev.kindred.domain.Change.UndoMerge;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserMerge;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.store.Interactions.Kept;
import dev.kindred.store.MergeParts;
import dev.kindred.store.jdbc.SumMoving.Selection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Moves what users did from one to another, and back: each interaction is taken back and recorded
 * anew, so whoever reads the log needs to know nothing of merges.
 */
final class UserMerging {

  /** No interaction moves on by more than one microsecond for each that is moved. */
  private static final Duration NEAR = Duration.of(INTERACTIONS_MAX, ChronoUnit.MICROS);

  private final Appending appending;
  private final Session session;
  private final TenantId tenantId;
  private final TenantPart tenant;

  UserMerging(Appending appending, TenantId tenantId, TenantPart tenant) {
    this.appending = appending;
    this.session = appending.session();
    this.tenantId = tenantId;
    this.tenant = tenant;
  }

  Outcome make(MergeUsers said) throws SQLException {
    if (!tenant.isUnknown()
        && MergeRows.find(session, tenant.number(), said.mergeId()).isPresent()) {
      throw new Conflict("there is a merge '" + said.mergeId() + "' already");
    }
    JsonObject theirs = attributes(said.from()).orElseThrow(() -> NotFound.user(said.from()));
    JsonObject before = attributes(said.into()).orElse(JsonObject.EMPTY);
    var selection = Selection.all(number(said.from()));
    List<BehaviourSum> sums = sumMoving().sums(selection, INTERACTIONS_MAX + 1);
    requireFew(said.from(), sums.size());
    List<Interaction> moving = said(said.from(), 0, Long.MAX_VALUE);
    JsonObject after = Json.merge(theirs, before, Limits.ATTRIBUTES);
    List<Outcome> moved = move(moving, said.into());
    long first = moved.isEmpty() ? 0 : positionOf(moved.getFirst());
    long last = moved.isEmpty() ? 0 : positionOf(moved.getLast());
    long position = put(said.into(), after);
    position = move(selection, sums, said.into(), position, true);
    long count = moving.size() + sums.stream().mapToLong(BehaviourSum::count).sum();
    session.update(
        """
        insert into user_merges
          (position, at, first, last, moved, tenant, merge_id, from_id, into_id, before, after)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb))
        """,
        position,
        appending.now(),
        first,
        last,
        count,
        tenant.number(),
        said.mergeId(),
        said.from().value(),
        said.into().value(),
        before,
        after);
    var merge =
        new UserMerge(said.mergeId(), said.from(), said.into(), count, now(), Optional.empty());
    return new Outcome.UsersMerged(merge, position);
  }

  Outcome undo(UndoMerge said) throws SQLException {
    Optional<UserMerge> found =
        tenant.isUnknown()
            ? Optional.empty()
            : MergeRows.find(session, tenant.number(), said.mergeId());
    UserMerge merge = found.orElseThrow(() -> NotFound.of("merge", said.mergeId()));
    if (merge.undoneAt().isPresent()) {
      throw new Conflict("merge '" + merge.id() + "' was undone at " + merge.undoneAt().get());
    }
    var present = attributes(merge.into()).orElseThrow(() -> NotFound.user(merge.into()));
    var moving = new ArrayList<Interaction>();
    var back = new JsonObject[] {present};
    long[] madeAt = new long[1];
    session.each(
        """
        select first, last, before, after, position from user_merges
        where tenant = ? and merge_id = ?
        """,
        row -> {
          madeAt[0] = row.getLong(5);
          moving.addAll(said(merge.into(), row.getLong(1) - 1, row.getLong(2)));
          boolean isUnchanged = present.equals(orEmpty(session.json(row, 4)));
          if (isUnchanged) back[0] = orEmpty(session.json(row, 3));
        },
        tenant.number(),
        merge.id());
    var selection = Selection.brought(number(merge.into()), madeAt[0]);
    List<BehaviourSum> sums = sumMoving().sums(selection, Integer.MAX_VALUE);
    move(moving, merge.from());
    long position = put(merge.into(), back[0]);
    position = move(selection, sums, merge.from(), position, false);
    long count = moving.size() + sums.stream().mapToLong(BehaviourSum::count).sum();
    session.update(
        "update user_merges set undone = ?, moved = ? where tenant = ? and merge_id = ?",
        appending.now(),
        count,
        tenant.number(),
        merge.id());
    var undone =
        new UserMerge(
            merge.id(), merge.from(), merge.into(), count, merge.at(), Optional.of(now()));
    return new Outcome.UsersMerged(undone, position);
  }

  /** All are taken back before the first is recorded, so that their own names are free again. */
  private List<Outcome> move(List<Interaction> moving, UserId to) throws SQLException {
    var takenBack = new Rows(Tables.EVENTS);
    for (Interaction one : moving) {
      var _ = InteractionRemoval.make(appending, tenant, MergeParts.takingBack(one), takenBack);
    }
    appending.insert(takenBack);
    var moved = new ArrayList<Outcome>();
    for (List<Interaction> apart : apart(moving)) {
      moved.addAll(
          run(
              apart.stream()
                  .<Change>map(one -> new Change.RecordInteraction(one.by(to)))
                  .toList()));
    }
    return moved;
  }

  /** Interactions that differ by their moment alone. */
  private record Kin(EntityRef entity, String type) {}

  /**
   * Where the other user did the same at the same moment, an interaction moves on by a microsecond,
   * and may then be in the place of the next. So those that are near each other are recorded one
   * after the other, and all that are not, together.
   */
  private static List<List<Interaction>> apart(List<Interaction> moving) {
    var all = new ArrayList<List<Interaction>>();
    var together = new ArrayList<Interaction>();
    var moments = new HashMap<Kin, NavigableSet<Instant>>();
    for (Interaction one : moving) {
      var kin = new Kin(one.entity(), one.type());
      NavigableSet<Instant> taken = moments.getOrDefault(kin, Collections.emptyNavigableSet());
      if (!taken.subSet(one.at().minus(NEAR), one.at().plus(NEAR)).isEmpty()) {
        all.add(List.copyOf(together));
        together.clear();
        moments.clear();
      }
      together.add(one);
      moments.computeIfAbsent(kin, _ -> new TreeSet<>()).add(one.at());
    }
    all.add(List.copyOf(together));
    return all;
  }

  /** Moves sums, and returns the position of what was said last. */
  private long move(
      Selection selection, List<BehaviourSum> sums, UserId to, long position, boolean canBeUndone)
      throws SQLException {
    if (sums.isEmpty()) return position;
    int into = number(to);
    sumMoving().tell(sums, into);
    long last = appending.head().position();
    sumMoving().move(selection, sums, into, canBeUndone ? last : 0);
    return last;
  }

  private SumMoving sumMoving() throws SQLException {
    return new SumMoving(appending, tenant.number());
  }

  private void requireFew(UserId user, int sums) throws SQLException {
    long interactions =
        session.number(
            """
            select count(*) from
              (select 1 from interactions where tenant = ? and "user" = ? limit ?) counted
            """,
            tenant.number(),
            number(user),
            INTERACTIONS_MAX + 1);
    if (interactions + sums > INTERACTIONS_MAX) throw UserMerge.tooMany(user);
  }

  private int number(UserId user) throws SQLException {
    return session
        .first(
            """
            select "user" from users where tenant = ? and user_id = ?
            """,
            row -> row.getInt(1),
            tenant.number(),
            user.value())
        .orElseThrow(() -> NotFound.user(user));
  }

  private long put(UserId user, JsonObject attributes) throws SQLException {
    return positionOf(run(List.of(new Change.PutUser(user, attributes))).getFirst());
  }

  private List<Outcome> run(List<Change> changes) throws SQLException {
    if (changes.isEmpty()) return List.of();
    var steps = new ArrayList<Step>();
    for (Change change : changes) steps.add(new Step(steps.size(), tenantId, change));
    @Nullable Outcome[] outcomes = new Outcome[steps.size()];
    Batch.run(appending, steps, outcomes);
    var done = new ArrayList<Outcome>();
    for (@Nullable Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Refused refused) throw refused.reason();
      if (outcome == null) throw new IllegalStateException("a change was left undecided");
      done.add(outcome);
    }
    return done;
  }

  private static long positionOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.InteractionStored stored -> stored.position();
      case Outcome.UserStored stored -> stored.position();
      default -> throw new IllegalStateException("not a part of a merge: " + outcome);
    };
  }

  /** What a user did with entities that are still there, in the order of the log. */
  private List<Interaction> said(UserId user, long after, long last) throws SQLException {
    String selection =
        """
         where i.tenant = ? and i.position > ? and i.position <= ? and i."user" =
          (select u."user" from users u where u.tenant = i.tenant and u.user_id = ?)
        """;
    Object[] arguments = {tenant.number(), after, last, user.value()};
    var measures = new HashMap<Long, Measures>();
    session.each(
        "select i.position, i.measures from interactions i" + selection,
        row -> measures.put(row.getLong(1), MeasuresCode.decode(row.getBytes(2))),
        arguments);
    var said = new ArrayList<Interaction>();
    session.each(
        RecordedRows.select("interactions") + selection + " order by i.position",
        row -> {
          Kept kept = RecordedRows.readKept(session, row);
          long position = kept.interaction().position();
          if (!kept.isOfDeleted()) {
            said.add(said(kept, measures.getOrDefault(position, Measures.NONE)));
          }
        },
        arguments);
    return said;
  }

  private static Interaction said(Kept kept, Measures measures) {
    RecordedInteraction one = kept.interaction();
    return new Interaction(
        one.user(),
        one.entity().asRef(),
        one.type(),
        kept.hasOwnWeight() ? OptionalDouble.of(one.weight()) : OptionalDouble.empty(),
        one.metadata(),
        one.at(),
        true,
        one.eventId(),
        one.recommendationId(),
        measures);
  }

  private Optional<JsonObject> attributes(UserId user) throws SQLException {
    if (tenant.isUnknown()) return Optional.empty();
    return session.first(
        "select attributes from users where tenant = ? and user_id = ?",
        row -> orEmpty(session.json(row, 1)),
        tenant.number(),
        user.value());
  }

  private static JsonObject orEmpty(@Nullable JsonObject object) {
    return object == null ? JsonObject.EMPTY : object;
  }

  private Instant now() {
    return Micros.toInstant(appending.now());
  }
}
