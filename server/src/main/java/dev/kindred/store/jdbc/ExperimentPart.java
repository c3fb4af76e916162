package dev.kindred.store.jdbc;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.UserId;
import dev.kindred.store.Experiments;
import dev.kindred.store.jdbc.DaySums.Cohort;
import dev.kindred.store.jdbc.ExperimentRows.Numbered;
import dev.kindred.store.jdbc.Exposures.Converted;
import dev.kindred.store.jdbc.Exposures.Exposure;
import dev.kindred.store.jdbc.Exposures.Measured;
import dev.kindred.store.jdbc.Exposures.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One tenant's users of experiments in a batch. */
final class ExperimentPart {

  /** A user who comes on a day. */
  private record Came(int user, int day) {}

  private final Appending appending;
  private final TenantPart tenant;
  private final UserPart users;
  private final Exposures exposures;
  private final DaySums sums;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Numbered> experiments = new HashMap<>();
  private final Map<Came, Long> before = new HashMap<>();
  private final Map<Place, Exposure> cameNow = new LinkedHashMap<>();
  private final Set<Measured> convertedNow = new LinkedHashSet<>();
  private final Rows events = new Rows(Tables.EVENTS);

  ExperimentPart(Appending appending, TenantPart tenant) throws SQLException {
    this.appending = appending;
    this.tenant = tenant;
    this.users = new UserPart(appending, tenant);
    // Without a tenant there is no experiment, and every change is refused.
    int number = tenant.isUnknown() ? 0 : tenant.number();
    this.exposures = new Exposures(number);
    this.sums = new DaySums(number);
  }

  void need(Change change) {
    changes.add(change);
    users.needForInteraction(ExperimentBatch.userOf(change));
  }

  void load() throws SQLException {
    if (tenant.isUnknown()) return;
    Session session = appending.session();
    users.load();
    Set<String> names = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (Change change : changes) {
      names.add(ExperimentBatch.experimentOf(change));
      int user = users.row(ExperimentBatch.userOf(change)).number();
      if (user != 0) numbers.add(user);
    }
    for (Numbered found : ExperimentRows.find(session, tenant.number(), names)) {
      experiments.put(found.experiment().name(), found);
    }
    exposures.load(session, numbers);
    loadBefore(session);
    loadSums(session);
  }

  /** How much those did until now who come for the first time. */
  private void loadBefore(Session session) throws SQLException {
    Map<Integer, Set<Integer>> usersByDay = new HashMap<>();
    for (Change change : changes) {
      if (!(change instanceof RecordExposure exposure)) continue;
      Numbered experiment = experiments.get(exposure.experiment());
      int user = users.row(exposure.user()).number();
      if (experiment == null || user == 0) continue;
      if (exposures.find(new Place(experiment.number(), user)).isPresent()) continue;
      usersByDay.computeIfAbsent(dayOf(exposure), _ -> new HashSet<>()).add(user);
    }
    for (var entry : usersByDay.entrySet()) {
      int day = entry.getKey();
      session.each(
          """
          select u."user", (select count(*) from (select 1 from interactions i
            where i.tenant = u.tenant and i."user" = u."user" and i.at >= ? and i.at < ?
            limit ?) few)
          from users u where u.tenant = ? and u."user" = any(?)
          """,
          row -> before.put(new Came(row.getInt(1), day), row.getLong(2)),
          Exposures.startOf(day - Experiments.DAYS_BEFORE),
          Exposures.startOf(day),
          Experiments.BEFORE_MAX,
          tenant.number(),
          session.numbers(entry.getValue()));
    }
  }

  private void loadSums(Session session) throws SQLException {
    Set<Cohort> cohorts = new HashSet<>();
    exposures.all().forEach((place, came) -> cohorts.add(came.cohort(place.experiment())));
    for (Change change : changes) {
      Numbered experiment = experiments.get(ExperimentBatch.experimentOf(change));
      if (experiment == null || !(change instanceof RecordExposure exposure)) continue;
      // Sums of a day are read for all variants, so any will do.
      cohorts.add(new Cohort(experiment.number(), dayOf(exposure), 0));
    }
    sums.load(session, cohorts);
  }

  Outcome decide(Change change) throws SQLException {
    return switch (change) {
      case RecordExposure exposure -> decide(exposure);
      case RecordConversion conversion -> decide(conversion);
      default -> throw ExperimentBatch.notForThis(change);
    };
  }

  private Outcome decide(RecordExposure said) throws SQLException {
    Numbered numbered = experiment(said.experiment());
    Experiment experiment = numbered.experiment();
    UserRow row = users.row(said.user());
    var known = exposures.find(new Place(numbered.number(), row.number()));
    if (known.isPresent()) return stored(experiment, said.user(), known.get(), false);

    int variant = experiment.variantOf(said.user(), said.variant(), said.at());
    int user = row.name(appending);
    long at = Micros.of(said.at());
    long did = before.getOrDefault(new Came(user, dayOf(said)), 0L);
    long position = appending.head().nextPosition();
    var exposure = new Exposure(variant, at, did, position);
    var place = new Place(numbered.number(), user);
    exposures.put(place, exposure);
    cameNow.put(place, exposure);
    sums.exposed(exposure.cohort(numbered.number())).add(1, did);
    events.add(
        position,
        at,
        null,
        tenant.number(),
        user,
        numbered.number(),
        EventKind.EXPOSED.code,
        (short) variant,
        null,
        null,
        null);
    return stored(experiment, said.user(), exposure, true);
  }

  private Outcome decide(RecordConversion said) throws SQLException {
    Numbered numbered = experiment(said.experiment());
    Experiment experiment = numbered.experiment();
    int metric = experiment.design().requireMetric(said.metric());
    var place = new Place(numbered.number(), users.row(said.user()).number());
    Exposure exposure =
        exposures.find(place).orElseThrow(() -> NotFound.userOf(said.experiment(), said.user()));
    boolean counted = experiment.counts(Micros.toInstant(exposure.at()), said.at());
    long position = counted ? convert(place, exposure, metric, said) : 0;
    return new Outcome.ConversionStored(
        said.experiment(),
        said.user(),
        experiment.design().variants().get(exposure.variant()).name(),
        said.metric(),
        counted,
        position);
  }

  private long convert(Place place, Exposure exposure, int metric, RecordConversion said)
      throws SQLException {
    var measured = new Measured(place, metric);
    Converted from = exposures.converted(measured);
    var to = new Converted(from.times() + 1, from.value() + said.value());
    exposures.put(measured, to);
    convertedNow.add(measured);
    sums.converted(exposure.cohort(place.experiment()), metric)
        .change(from.times() == 0 ? 1 : 0, 1, from.value(), to.value(), exposure.before());
    long position = appending.head().nextPosition();
    events.add(
        position,
        Micros.of(said.at()),
        said.value(),
        tenant.number(),
        place.user(),
        place.experiment(),
        EventKind.CONVERTED.code,
        (short) metric,
        null,
        null,
        null);
    return position;
  }

  private Numbered experiment(String name) {
    Numbered found = experiments.get(name);
    if (found == null) throw NotFound.experiment(name);
    return found;
  }

  private static Outcome stored(
      Experiment experiment, UserId user, Exposure exposure, boolean first) {
    return new Outcome.ExposureStored(
        experiment.name(),
        user,
        experiment.design().variants().get(exposure.variant()).name(),
        Micros.toInstant(exposure.at()),
        first,
        exposure.position());
  }

  private static int dayOf(RecordExposure exposure) {
    return Exposures.day(Micros.of(exposure.at()));
  }

  void write() throws SQLException {
    if (tenant.isUnknown()) return;
    Session session = appending.session();
    var writes = new Writes();
    users.addTo(writes);
    writes.write(session);
    int number = tenant.number();
    var came = new Rows(Tables.EXPOSURES);
    cameNow.forEach((place, exposure) ->
        came.add(
            exposure.position(),
            exposure.at(),
            exposure.before(),
            number,
            place.experiment(),
            place.user(),
            (short) exposure.variant()));
    session.insert(came);
    var converted = new Rows(Tables.CONVERSIONS);
    for (Measured measured : convertedNow) {
      Converted now = exposures.converted(measured);
      converted.add(
          now.times(),
          now.value(),
          number,
          measured.place().experiment(),
          measured.place().user(),
          (short) measured.metric());
    }
    session.insert(converted);
    sums.write(session);
    appending.insert(events);
    users.remember();
  }
}
