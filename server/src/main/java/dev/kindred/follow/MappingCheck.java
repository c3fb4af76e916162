package dev.kindred.follow;

import dev.kindred.collect.EventClock;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.FeatureVector;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Tries a mapping against the main database and shows its first rows as Kindred would read them.
 */
public final class MappingCheck {

  private static final int ROWS_SHOWN = 3;

  private final MainDatabase source;
  private final Readings readings;
  private final Consumer<String> out;

  public MappingCheck(MainDatabase source, InstantSource clock, Consumer<String> out) {
    this.source = source;
    this.out = out;
    this.readings =
        new Readings(
            (key, attributes) ->
                new Change.PutEntity(
                    new EntityDraft(
                        key, attributes, FeatureVector.given(new float[1]), Availability.ALWAYS),
                    PutMode.UPSERT),
            new EventClock(clock));
  }

  /** Returns how many problems there are; each was told. */
  public int run(Mapping mapping) {
    int problems = 0;
    for (Source each : mapping.sources()) {
      try {
        problems += show(each);
      } catch (MappingProblem problem) {
        out.accept(problem.sentence());
        problems++;
      } catch (SQLException e) {
        out.accept(
            "the main database cannot be read: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        return problems + 1;
      }
    }
    return problems;
  }

  private int show(Source each) throws SQLException {
    int[] unfit = new int[1];
    source.read(connection -> {
      Reading reading = readings.of(connection, each);
      out.accept(
          each.name()
              + ": read on by "
              + reading.bound().column().name()
              + " ("
              + reading.bound().column().databaseType()
              + ")"
              + (reading.storedWhen().isEmpty() ? "" : ", kept when " + reading.storedWhen()));
      MainDatabase.stream(
          connection,
          reading.all() + " limit " + ROWS_SHOWN,
          row -> {
            Row next = reading.reader().read(row);
            if (next instanceof Row.Unfit) unfit[0]++;
            out.accept("  " + shown(next));
          });
      return true;
    });
    return unfit[0];
  }

  private static String shown(Row row) {
    return switch (row) {
      case Row.Unfit unfit -> unfit.key() + " cannot be kept: " + unfit.reason();
      case Row.Gone _ -> "a row that is not kept";
      case Row.Kept kept ->
          switch (kept.change()) {
            case Change.PutEntity(var entity, _) -> entity.key() + " " + entity.attributes();
            case Change.PutUser(var user, var attributes) -> "user '" + user + "' " + attributes;
            case Change.RecordInteraction(var done) ->
                "user '"
                    + done.user()
                    + "' "
                    + done.type()
                    + " "
                    + done.entity()
                    + " at "
                    + done.at()
                    + (done.weight().isPresent() ? " weight " + done.weight().getAsDouble() : "");
            default -> kept.change().toString();
          };
    };
  }
}
