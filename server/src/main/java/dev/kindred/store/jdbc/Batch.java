package dev.kindred.store.jdbc;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.DeleteEntity;
import dev.kindred.domain.Change.EditEntity;
import dev.kindred.domain.Change.PutEntity;
import dev.kindred.domain.Change.PutUser;
import dev.kindred.domain.Change.RecordInteraction;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Outcome.InteractionStored;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserProfile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many changes of entities, users and interactions, made with few statements: what they need is
 * read at once, they are decided in memory in their order, and what they make is written at once.
 */
final class Batch {

  private final Appending appending;
  private final Map<TenantId, Part> parts = new LinkedHashMap<>();
  private final Rows events = new Rows(Tables.EVENTS);
  private final InteractionBatch interactions;

  // By step, where it is an interaction: who and what it names.
  private final @Nullable UserRow[] users;
  private final EntityPart.@Nullable Named[] entities;

  /** Outcomes that can only be told when everything is written. */
  private final List<Told> told = new ArrayList<>();

  private Batch(Appending appending, int steps) {
    this.appending = appending;
    this.interactions = new InteractionBatch(steps);
    this.users = new UserRow[steps];
    this.entities = new EntityPart.Named[steps];
  }

  /** Whether changes of this kind can be made in a batch. */
  static boolean takes(Change change) {
    return switch (change) {
      case PutEntity _, EditEntity _, DeleteEntity _, RecordInteraction _, PutUser _ -> true;
      default -> false;
    };
  }

  static void run(Appending appending, List<Step> steps, @Nullable Outcome[] outcomes)
      throws SQLException {
    var batch = new Batch(appending, steps.size());
    for (int i = 0; i < steps.size(); i++) batch.need(i, steps.get(i));
    for (Part part : batch.parts.values()) part.load();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      try {
        batch.decide(i, step, outcomes);
      } catch (KindredException e) {
        outcomes[step.index()] = new Outcome.Refused(e);
      }
    }
    batch.write();
    for (Told outcome : batch.told) outcome.tell(outcomes);
    for (Part part : batch.parts.values()) part.remember();
  }

  /** Something to be told in the end. */
  private interface Told {
    void tell(@Nullable Outcome[] outcomes) throws SQLException;
  }

  private void need(int at, Step step) throws SQLException {
    Part part = part(step.tenant());
    switch (step.change()) {
      case PutEntity put -> part.entities.needForChange(put.entity().key());
      case EditEntity edit -> part.entities.needForEdit(edit.key());
      case DeleteEntity delete -> part.entities.needForChange(delete.key());
      case PutUser put -> part.users.needForChange(put.user());
      case RecordInteraction record -> {
        Interaction interaction = record.interaction();
        entities[at] = part.entities.needForInteraction(interaction.entity());
        users[at] = part.users.needForInteraction(interaction.user());
        interaction.eventId().ifPresent(part::needEvent);
      }
      default -> throw new IllegalArgumentException("not for a batch: " + step.change());
    }
  }

  private void decide(int at, Step step, @Nullable Outcome[] outcomes) throws SQLException {
    Part part = part(step.tenant());
    switch (step.change()) {
      case PutEntity put -> outcomes[step.index()] = part.entities.put(put, events);
      case EditEntity edit -> outcomes[step.index()] = part.entities.edit(edit, events);
      case DeleteEntity delete -> outcomes[step.index()] = part.entities.delete(delete, events);
      case PutUser put -> putUser(part, put, step.index());
      case RecordInteraction record ->
          outcomes[step.index()] = record(part, record.interaction(), at, step.index());
      default -> throw new IllegalArgumentException("not for a batch: " + step.change());
    }
  }

  private void putUser(Part part, PutUser put, int index) throws SQLException {
    UserRow row = part.users.row(put.user());
    boolean created = row.number() == 0;
    int tenant = part.tenant.number();
    row.put(put.attributes(), appending);
    long position = appending.note(events, tenant, EventKind.USER_PUT, row.number());
    long updated = row.updated();
    told.add(outcomes ->
        outcomes[index] =
            new Outcome.UserStored(
                new UserProfile(
                    put.user(),
                    put.attributes(),
                    Micros.toInstant(row.created()),
                    Micros.toInstant(updated),
                    interactionsOf(tenant, row.number(), position)),
                position,
                created));
  }

  /** Returns the outcome if it can be told at once. */
  private @Nullable Outcome record(Part part, Interaction interaction, int at, int index)
      throws SQLException {
    String eventId = interaction.eventId().orElse(null);
    if (eventId != null) {
      InteractionStored before = part.storedBefore.get(eventId);
      if (before != null) {
        long now = appending.head().position();
        told.add(
            outcomes -> outcomes[index] = interactions.sentAgain(before.position(), now, before));
        return null;
      }
      PendingInteraction pending = part.pendingByEventId.get(eventId);
      if (pending != null) {
        PendingInteraction latest = pending.latest();
        told.add(outcomes -> outcomes[index] = latest.stored(pending, true));
        return null;
      }
    }
    EntityRow entity = part.entities.of(requireNonNull(entities[at]));
    InteractionTypeRow type = part.tenant.interactionType(interaction.type());
    int tenant = part.tenant.number();
    UserRow user = requireNonNull(users[at]);
    user.name(appending);
    entity.name(appending);
    var pending =
        new PendingInteraction(
            interaction,
            tenant,
            user,
            entity,
            type,
            Micros.of(interaction.at()),
            appending.head().nextPosition());
    PendingInteraction row = interactions.add(pending);
    if (eventId != null
        && row == pending
        && !(part.repeatedEventIds.contains(eventId) && isStored(pending))) {
      part.pendingByEventId.put(eventId, row);
    }
    told.add(outcomes -> outcomes[index] = pending.stored(row, false));
    return null;
  }

  /** Whether it only gives another weight to one that is stored, which keeps its own event id. */
  private boolean isStored(PendingInteraction interaction) throws SQLException {
    if (!interaction.isAtGivenTime()) return false;
    PendingInteraction.Key key = interaction.key();
    return appending
        .session()
        .first(
            """
            select 1 from interactions
            where tenant = ? and "user" = ? and at = ? and entity = ? and type = ?
            """,
            row -> true,
            key.tenant(),
            key.user(),
            key.at(),
            key.entity(),
            (short) key.type())
        .isPresent();
  }

  private void write() throws SQLException {
    var writes = new Writes();
    for (Part part : parts.values()) {
      part.users.addTo(writes);
      part.entities.addTo(writes);
    }
    writes.write(appending.session());
    appending.vectors().write(appending.session(), writes.vectors);
    interactions.write(appending, events);
    appending.insert(events);
  }

  private long interactionsOf(int tenant, int user, long before) throws SQLException {
    return appending
        .session()
        .number(
            """
            select count(*) from interactions where tenant = ? and "user" = ? and position < ?
            """,
            tenant,
            user,
            before);
  }

  private Part part(TenantId tenant) throws SQLException {
    Part part = parts.get(tenant);
    if (part == null) {
      part = new Part(appending, TenantPart.of(appending, tenant));
      parts.put(tenant, part);
    }
    return part;
  }

  /** What one tenant's changes need. */
  private static final class Part {
    private final Appending appending;
    private final TenantPart tenant;
    private final EntityPart entities;
    private final UserPart users;

    /** Of interactions that name an event: what was stored under that name before. */
    private final Map<String, InteractionStored> storedBefore = new HashMap<>();

    private final Map<String, PendingInteraction> pendingByEventId = new HashMap<>();
    private final Set<String> eventIds = new HashSet<>();
    private final Set<String> repeatedEventIds = new HashSet<>();

    Part(Appending appending, TenantPart tenant) {
      this.appending = appending;
      this.tenant = tenant;
      this.entities = new EntityPart(appending, tenant);
      this.users = new UserPart(appending, tenant);
    }

    void needEvent(String id) {
      if (!eventIds.add(id)) repeatedEventIds.add(id);
    }

    void load() throws SQLException {
      entities.load();
      users.load();
      if (eventIds.isEmpty() || tenant.isUnknown()) return;
      Session session = appending.session();
      session.each(
          RecordedRows.select("interactions") + " where d.tenant = ? and d.event_id = any(?)",
          row -> {
            RecordedInteraction stored = RecordedRows.read(session, row);
            InteractionTypeRow type = tenant.interactionType(stored.type());
            stored
                .eventId()
                .ifPresent(id ->
                    storedBefore.put(
                        id,
                        new InteractionStored(stored, stored.position(), true, type.isFound())));
          },
          tenant.number(),
          session.texts(eventIds));
    }

    void remember() throws SQLException {
      if (tenant.isUnknown()) return;
      users.remember();
      entities.remember();
    }
  }
}
