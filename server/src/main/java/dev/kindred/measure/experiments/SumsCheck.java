package dev.kindred.measure.experiments;

import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Experiments;
import dev.kindred.store.Experiments.ConvertedDay;
import dev.kindred.store.Experiments.ExposedDay;
import dev.kindred.store.Store;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the sums that are kept of a tenant's experiments against a plain reading of the log: who
 * came on which day, who converted, how often, and what it was worth.
 *
 * <p>How much users had done before they came is left out: the log may not have it any more.
 */
public final class SumsCheck {

  private static final int READ_AT_ONCE = 10_000;
  private static final int SHOWN_MAX = 20;
  private static final long MICROS_A_DAY = Duration.ofDays(1).toNanos() / 1_000;
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /** Sums are kept by adding and taking away, in another order than they are counted here. */
  private static final double TOLERANCE = 1e-9;

  /**
   * What was compared.
   *
   * @param differences a sentence each, the first of them
   */
  public record Result(int experiments, int users, long different, List<String> differences) {

    public Result {
      differences = List.copyOf(differences);
    }
  }

  /** A user in an experiment, both by their numbers. */
  private record Participant(int experiment, int user) {}

  private record Cohort(long day, int variant) implements Comparable<Cohort> {
    @Override
    public int compareTo(Cohort other) {
      int byDay = Long.compare(day, other.day);
      return byDay != 0 ? byDay : Integer.compare(variant, other.variant);
    }
  }

  private record Measured(Cohort cohort, int metric) {}

  /** Of one user, or of all of a cohort. */
  private record Sum(long users, long conversions, double value, double squares) {

    static final Sum NONE = new Sum(0, 0, 0, 0);

    Sum plus(Sum other) {
      return new Sum(
          users + other.users,
          conversions + other.conversions,
          value + other.value,
          squares + other.squares);
    }

    boolean isLike(Sum other) {
      return users == other.users
          && conversions == other.conversions
          && isNear(value, other.value)
          && isNear(squares, other.squares);
    }

    private static boolean isNear(double one, double other) {
      return Math.abs(one - other) <= TOLERANCE * (1 + Math.abs(one) + Math.abs(other));
    }
  }

  private final Map<Participant, Cohort> cohorts = new HashMap<>();
  private final Map<Participant, Map<Integer, Sum>> conversions = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private long different;

  private SumsCheck() {}

  /** Compares every experiment; nobody may write meanwhile. */
  public static Result of(Store store, TenantId tenant) {
    var check = new SumsCheck();
    check.read(store, tenant);
    Experiments experiments = store.tenant(tenant).experiments();
    List<Experiment> all = experiments.all();
    // They are numbered in the order of their creation, and none is ever removed.
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).name();
      check.compare(name, i + 1, experiments.sums(name, LocalDate.EPOCH, LAST_DAY));
    }
    return new Result(all.size(), check.cohorts.size(), check.different, check.differences);
  }

  private void read(Store store, TenantId wanted) {
    Map<Integer, Boolean> isWanted = new HashMap<>();
    for (long at = 0; ; ) {
      var events = new ArrayList<Event>();
      long next = store.log().read(at, READ_AT_ONCE, events::add);
      if (next == at) return;
      at = next;
      for (Event event : events) {
        boolean isTheirs =
            isWanted.computeIfAbsent(
                event.tenant(), number -> store.tenants().named(number).equals(wanted));
        if (isTheirs) count(event);
      }
    }
  }

  private void count(Event event) {
    switch (event) {
      case Event.Exposed came ->
          cohorts.putIfAbsent(
              new Participant(came.experiment(), came.user()),
              new Cohort(Math.floorDiv(came.atMicros(), MICROS_A_DAY), came.variant()));
      case Event.Converted did ->
          conversions
              .computeIfAbsent(new Participant(did.experiment(), did.user()), _ -> new HashMap<>())
              .merge(did.metric(), new Sum(1, 1, did.value(), 0), SumsCheck::again);
      default -> {}
    }
  }

  /** The same user once more. */
  private static Sum again(Sum before, Sum now) {
    return new Sum(1, before.conversions + now.conversions, before.value + now.value, 0);
  }

  private void compare(String name, int number, Experiments.Sums kept) {
    Map<Cohort, Sum> came = new TreeMap<>();
    Map<Measured, Sum> converted = new HashMap<>();
    cohorts.forEach((who, cohort) -> {
      if (who.experiment() != number) return;
      came.merge(cohort, new Sum(1, 0, 0, 0), Sum::plus);
      conversions
          .getOrDefault(who, Map.of())
          .forEach((metric, sum) ->
              converted.merge(
                  new Measured(cohort, metric),
                  new Sum(1, sum.conversions(), sum.value(), sum.value() * sum.value()),
                  Sum::plus));
    });
    for (ExposedDay day : kept.exposed()) {
      var cohort = new Cohort(day.day().toEpochDay(), day.variant());
      Sum counted = came.remove(cohort);
      compare(name, cohort, "came", new Sum(day.users(), 0, 0, 0), counted);
    }
    came.forEach((cohort, counted) -> compare(name, cohort, "came", Sum.NONE, counted));
    for (ConvertedDay day : kept.converted()) {
      var cohort = new Cohort(day.day().toEpochDay(), day.variant());
      Sum counted = converted.remove(new Measured(cohort, day.metric()));
      Sum sum = new Sum(day.users(), day.conversions(), day.value(), day.valueSquares());
      compare(name, cohort, "converted by metric " + day.metric(), sum, counted);
    }
    converted.forEach((measured, counted) ->
        compare(name, measured.cohort(), "converted by " + measured.metric(), Sum.NONE, counted));
  }

  private void compare(
      String name, Cohort cohort, String what, Sum kept, @Nullable Sum countedOrNull) {
    Sum counted = countedOrNull == null ? Sum.NONE : countedOrNull;
    if (kept.isLike(counted)) return;
    different++;
    if (differences.size() == SHOWN_MAX) return;
    differences.add(
        "experiment '%s', %s, variant %d: who %s is kept as %s, and counted as %s"
            .formatted(
                name, LocalDate.ofEpochDay(cohort.day()), cohort.variant(), what, kept, counted));
  }
}
