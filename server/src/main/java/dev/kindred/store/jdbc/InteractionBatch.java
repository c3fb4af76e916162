package dev.kindred.store.jdbc;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Event;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Outcome.InteractionStored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The interactions of a batch, of all tenants together. */
final class InteractionBatch {

  /** How often rows may be moved by a microsecond because their moment is taken. */
  private static final int MOVES_MAX = 100_000;

  /** One that repeats another of the same batch. */
  private record Repeat(
      PendingInteraction interaction, PendingInteraction of, Event.Counted before) {}

  private final Map<PendingInteraction.Key, PendingInteraction> rows;
  private final List<PendingInteraction> inOrder;
  private final List<Repeat> repeats = new ArrayList<>();

  /** Those that only give one that was stored before another weight, by its position. */
  private final Map<Long, PendingInteraction> knownAt = new HashMap<>();

  /**
   * @param expected about how many there will be
   */
  InteractionBatch(int expected) {
    rows = HashMap.newHashMap(expected);
    inOrder = new ArrayList<>(expected);
  }

  /** Takes one; returns the one in whose row it will be: itself, or an earlier one. */
  PendingInteraction add(PendingInteraction interaction) {
    while (true) {
      PendingInteraction earlier = rows.putIfAbsent(interaction.key(), interaction);
      if (earlier == null) {
        inOrder.add(interaction);
        return interaction;
      }
      if (interaction.isAtGivenTime()) {
        repeats.add(new Repeat(interaction, earlier, earlier.latest().counted()));
        earlier.sentAgainAs(interaction);
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
    PendingInteraction row = knownAt.get(stored);
    if (row == null) return before;
    InteractionStored shown = row.position() <= end ? row.stored(row, true) : before;
    for (Repeat repeat : repeats) {
      if (repeat.of.storedAt() == stored && repeat.interaction.position() <= end) {
        shown = repeat.interaction.stored(repeat.of, true);
      }
    }
    return shown;
  }

  void write(Appending appending, Rows events) throws SQLException {
    if (inOrder.isEmpty()) return;
    Session session = appending.session();
    List<PendingInteraction> known = appending.hopeful() ? insertAsNew(session) : insert(session);
    if (!known.isEmpty()) reweigh(session, known, events);
    for (PendingInteraction interaction : known) knownAt.put(interaction.storedAt(), interaction);
    if (appending.newEvents().areWanted()) {
      for (PendingInteraction interaction : inOrder) {
        if (interaction.isNew()) appending.newEvents().add(interaction.event());
      }
    }
    for (Repeat repeat : repeats) {
      repeat.interaction.addReweighedTo(events, repeat.of.storedAt(), repeat.before);
    }
    var details = new Rows(Tables.INTERACTION_DETAILS);
    for (PendingInteraction interaction : inOrder) {
      if (interaction.hasDetails()) interaction.addDetailsTo(details);
    }
    session.insert(details);
  }

  /** Returns that none is stored already; if one is, the transaction fails. */
  private List<PendingInteraction> insertAsNew(Session session) throws SQLException {
    var inserting = new Rows(Tables.INTERACTIONS);
    for (int index : byUser(inOrder)) inOrder.get(index).addRowTo(inserting);
    session.insert(inserting);
    return List.of();
  }

  /** Returns those that are stored already, so that no row was made for them. */
  private List<PendingInteraction> insert(Session session) throws SQLException {
    var known = new ArrayList<PendingInteraction>();
    List<PendingInteraction> left = inOrder;
    for (int moves = 0; !left.isEmpty(); moves++) {
      if (moves == MOVES_MAX) throw new IllegalStateException("no moment is free");
      var inserting = new Rows(Tables.INTERACTIONS);
      int[] order = byUser(left);
      for (int index : order) left.get(index).addRowTo(inserting);
      BitSet leftOut = session.dialect().insertNew(session, inserting, "position");
      leftOut = inPlaces(leftOut, order);
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

  /**
   * The order in which neighbours in the index of users come one after the other, as indexes: their
   * places are found in less time. Users' numbers are unique over all tenants, and what a user did
   * stands in the order of time already, mostly.
   */
  private static int[] byUser(List<PendingInteraction> interactions) {
    long[] keys = new long[interactions.size()];
    for (int i = 0; i < keys.length; i++) keys[i] = (long) interactions.get(i).user() << 32 | i;
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) order[i] = (int) keys[i];
    return order;
  }

  /** What was said of the rows in an order, by where they stood before. */
  private static BitSet inPlaces(BitSet ofRows, int[] order) {
    var inPlaces = new BitSet(order.length);
    for (int i = ofRows.nextSetBit(0); i >= 0; i = ofRows.nextSetBit(i + 1)) inPlaces.set(order[i]);
    return inPlaces;
  }

  private void move(PendingInteraction interaction) {
    do {
      interaction.moveByAMicrosecond();
    } while (rows.putIfAbsent(interaction.key(), interaction) != null);
  }

  private static void reweigh(Session session, List<PendingInteraction> known, Rows events)
      throws SQLException {
    var rows = new Rows(Tables.INTERACTIONS);
    for (PendingInteraction interaction : known) interaction.addRowTo(rows);
    long[] positions = session.dialect().positions(session, rows);
    Map<Long, Event.Counted> before = counted(session, positions);
    var counted = new Rows(Tables.COUNTED);
    for (int i = 0; i < positions.length; i++) known.get(i).addCountedTo(counted, positions[i]);
    session.update(counted, Tables.COUNTED_KEY_COLUMNS);
    var byPosition = new HashMap<Long, PendingInteraction>();
    for (int i = 0; i < positions.length; i++) {
      PendingInteraction interaction = known.get(i);
      interaction.isStoredAt(positions[i]);
      interaction.addReweighedTo(events, positions[i], requireNonNull(before.get(positions[i])));
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

  /** What the interactions at these positions count until now. */
  private static Map<Long, Event.Counted> counted(Session session, long[] positions)
      throws SQLException {
    var counted = new HashMap<Long, Event.Counted>();
    session.each(
        "select position, weight, measures from interactions where position = any(?)",
        row -> {
          double weight = row.getDouble(2);
          float own = row.wasNull() ? Float.NaN : (float) weight;
          Measures measures = MeasuresCode.decode(row.getBytes(3));
          counted.put(row.getLong(1), new Event.Counted(own, measures));
        },
        session.numbers(Arrays.stream(positions).boxed().toList()));
    return counted;
  }
}
