package dev.kindred.store.memory;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import dev.kindred.domain.Change.CreateExperiment;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.UserId;
import dev.kindred.store.Experiments.Converted;
import dev.kindred.store.Experiments.ConvertedDay;
import dev.kindred.store.Experiments.ExposedDay;
import dev.kindred.store.Experiments.Exposure;
import dev.kindred.store.Experiments.Sums;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One tenant's experiments: every exposure and every conversion as it came, and sums made from all
 * of them when somebody asks. Every access holds the store's lock.
 */
final class MemoryExperiments {

  /** A conversion that counts. */
  private record Conversion(String experiment, UserId user, int metric, double value) {}

  private record Place(String experiment, UserId user) {}

  private record Cohort(LocalDate day, int variant) {
    static final Comparator<Cohort> ORDER =
        Comparator.comparing(Cohort::day).thenComparingInt(Cohort::variant);
  }

  private final Journal journal;

  /** Primary: all versions of each, by number. */
  private final List<List<Experiment>> experiments = new ArrayList<>();

  /** Primary: who came, in the order of their coming. */
  private final NavigableMap<Long, Place> came = new TreeMap<>();

  private final Map<Place, Exposure> exposures = new HashMap<>();

  /** Primary: conversions by position. */
  private final NavigableMap<Long, Conversion> conversions = new TreeMap<>();

  MemoryExperiments(Journal journal) {
    this.journal = journal;
  }

  Experiment create(CreateExperiment create, Instant now) {
    Experiment made = Experiment.create(create, all(), now);
    List<Experiment> versions = new ArrayList<>();
    journal.add(experiments, versions);
    journal.add(versions, made);
    return made;
  }

  Experiment edit(EditExperiment edit, Instant now) {
    List<Experiment> versions = versionsOf(edit.name());
    Experiment known = versions.getLast();
    List<Experiment> others = all().stream().filter(other -> !other.equals(known)).toList();
    Experiment next = edit.edit().next(known, others, now);
    if (next.version() == known.version()) {
      throw new Conflict("experiment '" + edit.name() + "' would stay as it is");
    }
    journal.add(versions, next);
    return next;
  }

  Experiment require(String name) {
    return versionsOf(name).getLast();
  }

  int numberOf(String name) {
    return experiments.indexOf(versionsOf(name)) + 1;
  }

  private List<Experiment> versionsOf(String name) {
    return experiments.stream()
        .filter(versions -> versions.getFirst().name().equals(name))
        .findFirst()
        .orElseThrow(() -> NotFound.experiment(name));
  }

  List<Experiment> all() {
    return experiments.stream().map(List::getLast).toList();
  }

  Optional<Experiment> find(String name) {
    return all().stream().filter(experiment -> experiment.name().equals(name)).findFirst();
  }

  List<Experiment> versions(String name, int limit) {
    return find(name).isEmpty()
        ? List.of()
        : versionsOf(name).reversed().stream().limit(limit).toList();
  }

  void expose(UserId user, Exposure exposure) {
    var place = new Place(exposure.experiment(), user);
    journal.put(exposures, place, exposure);
    journal.put(came, exposure.position(), place);
  }

  Optional<Exposure> exposure(String experiment, UserId user) {
    return Optional.ofNullable(exposures.get(new Place(experiment, user)));
  }

  List<Exposure> ofUser(UserId user) {
    return all().stream()
        .flatMap(experiment -> exposure(experiment.name(), user).stream())
        .toList();
  }

  List<Converted> conversions(UserId user) {
    var found = new ArrayList<Converted>();
    for (Exposure exposure : ofUser(user)) {
      String experiment = exposure.experiment();
      int metrics = require(experiment).design().targetMetrics().size();
      for (int metric = 0; metric < metrics; metric++) {
        List<Conversion> theirs = conversions(new Place(experiment, user), metric);
        if (theirs.isEmpty()) continue;
        double value = theirs.stream().mapToDouble(Conversion::value).sum();
        found.add(new Converted(experiment, metric, theirs.size(), value));
      }
    }
    return found;
  }

  private List<Conversion> conversions(Place place, int metric) {
    return conversions.values().stream()
        .filter(one -> new Place(one.experiment(), one.user()).equals(place))
        .filter(one -> one.metric() == metric)
        .toList();
  }

  void convert(String experiment, UserId user, int metric, double value, long position) {
    journal.put(conversions, position, new Conversion(experiment, user, metric, value));
  }

  void erase(UserId user) {
    Map.copyOf(came)
        .forEach((position, place) -> {
          if (!place.user().equals(user)) return;
          journal.remove(came, position);
          journal.remove(exposures, place);
        });
    Map.copyOf(conversions)
        .forEach((position, conversion) -> {
          if (conversion.user().equals(user)) journal.remove(conversions, position);
        });
  }

  Sums sums(String experiment, LocalDate from, LocalDate to) {
    Map<Cohort, List<Place>> cohorts = new TreeMap<>(Cohort.ORDER);
    for (Place place : came.values()) {
      if (!place.experiment().equals(experiment)) continue;
      Exposure exposure = requireNonNull(exposures.get(place));
      LocalDate day = exposure.at().atZone(UTC).toLocalDate();
      if (day.isBefore(from) || day.isAfter(to)) continue;
      cohorts
          .computeIfAbsent(new Cohort(day, exposure.variant()), _ -> new ArrayList<>())
          .add(place);
    }
    var exposed = new ArrayList<ExposedDay>();
    var converted = new ArrayList<ConvertedDay>();
    cohorts.forEach((cohort, users) -> {
      exposed.add(exposedDay(cohort, users));
      int metrics = require(experiment).design().targetMetrics().size();
      for (int metric = 0; metric < metrics; metric++) {
        ConvertedDay day = convertedDay(cohort, users, metric);
        if (day.users() > 0) converted.add(day);
      }
    });
    return new Sums(exposed, converted);
  }

  private ExposedDay exposedDay(Cohort cohort, List<Place> users) {
    double before = 0;
    double squares = 0;
    for (Place user : users) {
      double did = before(user);
      before += did;
      squares += did * did;
    }
    return new ExposedDay(cohort.day(), cohort.variant(), users.size(), before, squares);
  }

  private ConvertedDay convertedDay(Cohort cohort, List<Place> users, int metric) {
    long converted = 0;
    long times = 0;
    double sum = 0;
    double squares = 0;
    double products = 0;
    for (Place user : users) {
      List<Conversion> theirs = conversions(user, metric);
      if (theirs.isEmpty()) continue;
      double value = theirs.stream().mapToDouble(Conversion::value).sum();
      converted++;
      times += theirs.size();
      sum += value;
      squares += value * value;
      products += value * before(user);
    }
    return new ConvertedDay(
        cohort.day(), cohort.variant(), metric, converted, times, sum, squares, products);
  }

  private double before(Place place) {
    return requireNonNull(exposures.get(place)).before();
  }
}
