package dev.kindred.store.jdbc;

import dev.kindred.domain.Outcome.InteractionStored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The interactions of a batch, of all tenants together. */
final class InteractionBatch {

  /** How often rows may be moved by a microsecond because their moment is taken. */
  private static final int MOVES_MAX = 100_000;

  /** One that repeats another of the same batch. */
  private record Repeat(PendingInteraction interaction, PendingInteraction of) {}

  private final Map<PendingInteraction.Key, PendingInteraction> rows = new HashMap<>();
  private final List<PendingInteraction> inOrder = new ArrayList<>();
  private final List<Repeat> repeats = new ArrayList<>();

  /** Takes one; returns the one in whose row it will be: itself, or an earlier one. */
  PendingInteraction add(PendingInteraction interaction) {
    while (true) {
      PendingInteraction earlier = rows.putIfAbsent(interaction.key(), interaction);
      if (earlier == null) {
        inOrder.add(interaction);
        return interaction;
      }
      if (interaction.isAtGivenTime()) {
        earlier.sentAgainAs(interaction);
        repeats.add(new Repeat(interaction, earlier));
        return earlier;
      }
      interaction.moveByAMicrosecond();
    }
  }

  /**
   * How an interaction was to be shown that had been stored before this batch, when the log ended
   * there: this batch may have given it another weight by then.
   */
  InteractionStored sentAgain(long stored, long end, InteractionStored before) {
    InteractionStored shown = before;
    for (PendingInteraction row : inOrder) {
      if (row.storedAt() == stored && row.position() <= end) shown = row.stored(row, true);
    }
    for (Repeat repeat : repeats) {
      if (repeat.of.storedAt() == stored && repeat.interaction.position() <= end) {
        shown = repeat.interaction.stored(repeat.of, true);
      }
    }
    return shown;
  }

  void write(Session session, Rows events) throws SQLException {
    if (inOrder.isEmpty()) return;
    List<PendingInteraction> known = insert(session);
    if (!known.isEmpty()) reweigh(session, known, events);
    for (Repeat repeat : repeats) {
      repeat.interaction.addReweighedTo(events, repeat.of.storedAt());
    }
    var details = new Rows(Tables.INTERACTION_DETAILS);
    for (PendingInteraction interaction : inOrder) {
      if (interaction.hasDetails()) interaction.addDetailsTo(details);
    }
    session.insert(details);
  }

  /** Returns those that are stored already, so that no row was made for them. */
  private List<PendingInteraction> insert(Session session) throws SQLException {
    var known = new ArrayList<PendingInteraction>();
    List<PendingInteraction> left = inOrder;
    for (int moves = 0; !left.isEmpty(); moves++) {
      if (moves == MOVES_MAX) throw new IllegalStateException("no moment is free");
      var inserting = new Rows(Tables.INTERACTIONS);
      for (PendingInteraction interaction : left) interaction.addRowTo(inserting);
      BitSet leftOut = session.dialect().insertNew(session, inserting, "position");
      var moved = new ArrayList<PendingInteraction>();
      for (int i = leftOut.nextSetBit(0); i >= 0; i = leftOut.nextSetBit(i + 1)) {
        PendingInteraction interaction = left.get(i);
        if (interaction.isAtGivenTime()) {
          known.add(interaction);
        } else {
          move(interaction);
          moved.add(interaction);
        }
      }
      left = moved;
    }
    return known;
  }

  private void move(PendingInteraction interaction) {
    do {
      interaction.moveByAMicrosecond();
    } while (rows.putIfAbsent(interaction.key(), interaction) != null);
  }

  private static void reweigh(Session session, List<PendingInteraction> known, Rows events)
      throws SQLException {
    var weights = new Rows(Tables.INTERACTIONS);
    for (PendingInteraction interaction : known) interaction.addRowTo(weights);
    long[] positions = session.dialect().reweigh(session, weights);
    var byPosition = new HashMap<Long, PendingInteraction>();
    for (int i = 0; i < positions.length; i++) {
      PendingInteraction interaction = known.get(i);
      interaction.isStoredAt(positions[i]);
      interaction.addReweighedTo(events, positions[i]);
      byPosition.put(positions[i], interaction);
    }
    session.each(
        """
        select position, event_id, recommendation_id from interaction_details
        where position = any(?)
        """,
        row -> {
          PendingInteraction interaction = byPosition.get(row.getLong(1));
          if (interaction != null) interaction.hadDetails(row.getString(2), row.getString(3));
        },
        session.numbers(byPosition.keySet()));
  }
}
