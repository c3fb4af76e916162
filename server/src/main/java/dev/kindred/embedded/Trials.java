package dev.kindred.embedded;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.measure.experiments.Arrival;
import dev.kindred.measure.experiments.Defaults;
import dev.kindred.measure.experiments.Report;
import dev.kindred.measure.experiments.Reporter;
import dev.kindred.store.Experiments;
import dev.kindred.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Experiments: some users get one thing and some another, to find out which is better. */
public final class Trials {

  private final Store store;
  private final Keep keep;
  private final Runnable flush;
  private final Consumer<JsonObject> tenantSettings;
  private final InstantSource clock;

  /**
   * @param flush has everybody kept who was served by experiments until now
   * @param tenantSettings refuses settings that a tenant may not have
   */
  public Trials(
      Store store,
      Keep keep,
      Runnable flush,
      Consumer<JsonObject> tenantSettings,
      InstantSource clock) {
    this.store = store;
    this.keep = keep;
    this.flush = flush;
    this.tenantSettings = tenantSettings;
    this.clock = clock;
  }

  /** Creates an experiment that lets users in at once. */
  public Experiment start(String name, Design design) {
    return create(name, design, true);
  }

  /** Creates an experiment that nobody is in until it is {@link #start(String) started}. */
  public Experiment draft(String name, Design design) {
    return create(name, design, false);
  }

  public Experiment start(String name) {
    return edit(name, Experiment::started);
  }

  /** Lets nobody in any more. */
  public Experiment stop(String name) {
    return edit(name, (now, _, at) -> now.stopped(at));
  }

  /** Ends an experiment that is stopped: everybody gets that variant when they are assigned. */
  public Experiment conclude(String name, String variant) {
    return edit(name, (now, _, at) -> now.concluded(variant, at));
  }

  /** Ends it as {@link #conclude} does, and makes the variant's config the tenant's default. */
  public Experiment concludeForAll(String name, String variant) {
    JsonObject settings = Defaults.afterWinning(store.tenant(keep.tenant()), name, variant);
    tenantSettings.accept(settings);
    var end = new EditExperiment(name, (now, _, at) -> now.concluded(variant, at));
    var outcomes = keep.all(List.of(end, new Change.PutTenantSettings(settings)));
    return ((Outcome.ExperimentStored) outcomes.getFirst()).experiment();
  }

  public List<Experiment> all() {
    return experiments().all();
  }

  public Optional<Experiment> find(String name) {
    return experiments().find(name);
  }

  /** The variant of a user, always the same; they are in the experiment from the first time on. */
  public Variant assign(String name, String userId) {
    var user = new UserId(userId);
    Experiment experiment = require(name);
    Optional<Arrival> known = Arrival.known(experiments(), experiment, user);
    if (known.isPresent()) return known.get().variant();
    var change = new RecordExposure(name, user, Optional.empty(), clock.instant());
    var stored = (Outcome.ExposureStored) keep.one(change);
    var design = experiment.design();
    return design.variants().get(design.requireVariant(stored.variant()));
  }

  /** Keeps that a user did what it is about. */
  public boolean convert(String name, String userId, String metric) {
    return convert(name, userId, metric, 1);
  }

  /**
   * Keeps that a user did what it is about.
   *
   * @param value what it was worth
   * @return whether it counted, not having come too late
   */
  public boolean convert(String name, String userId, String metric, double value) {
    flush.run();
    var change = new RecordConversion(name, new UserId(userId), metric, value, clock.instant());
    return ((Outcome.ConversionStored) keep.one(change)).counted();
  }

  /** All that can be said about an experiment up to now. */
  public Report results(String name) {
    flush.run();
    Instant now = clock.instant();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    Experiment experiment = require(name);
    Experiments.Sums sums = experiments().sums(name, LocalDate.EPOCH, today);
    return Reporter.report(experiment, sums, LocalDate.EPOCH, today, now);
  }

  private Experiment create(String name, Design design, boolean started) {
    var change = new Change.CreateExperiment(name, design.from(clock.instant()), started);
    return ((Outcome.ExperimentStored) keep.one(change)).experiment();
  }

  private Experiment edit(String name, EditExperiment.Edit edit) {
    return ((Outcome.ExperimentStored) keep.one(new EditExperiment(name, edit))).experiment();
  }

  private Experiment require(String name) {
    return find(name).orElseThrow(() -> NotFound.experiment(name));
  }

  private Experiments experiments() {
    return store.tenant(keep.tenant()).experiments();
  }
}
