package dev.kindred.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.kindred.domain.Change.CreateExperiment;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.UserId;
import dev.kindred.store.Experiments.Exposure;
import java.time.Instant;
import java.util.Optional;

/** What happens to a tenant's experiments, and what the log says of it. */
final class MemoryTrials {

  private final TenantLog log;
  private final MemoryExperiments experiments;
  private final MemoryUsers users;
  private final MemoryInteractions interactions;

  MemoryTrials(
      TenantLog log,
      MemoryExperiments experiments,
      MemoryUsers users,
      MemoryInteractions interactions) {
    this.log = log;
    this.experiments = experiments;
    this.users = users;
    this.interactions = interactions;
  }

  Outcome create(CreateExperiment create, long position, Instant now) {
    return stored(experiments.create(create, now), position, true);
  }

  Outcome edit(EditExperiment edit, long position, Instant now) {
    return stored(experiments.edit(edit, now), position, false);
  }

  private Outcome stored(Experiment experiment, long position, boolean created) {
    int its = experiments.numberOf(experiment.name());
    log.tell(new Event.ExperimentChanged(position, log.number, its));
    return new Outcome.ExperimentStored(experiment, position, created);
  }

  Outcome expose(RecordExposure said, long position, Instant now) {
    Experiment experiment = experiments.require(said.experiment());
    Optional<Exposure> known = experiments.exposure(said.experiment(), said.user());
    if (known.isPresent()) return stored(experiment, said.user(), known.get(), false);
    int variant = experiment.variantOf(said.user(), said.variant(), said.at());
    int user = users.numberOf(said.user(), now);
    long before = interactions.countBefore(user, said.at());
    var exposure = new Exposure(said.experiment(), variant, said.at(), before, position);
    experiments.expose(said.user(), exposure);
    int its = experiments.numberOf(said.experiment());
    log.tell(new Event.Exposed(position, log.number, its, user, variant, micros(said.at())));
    return stored(experiment, said.user(), exposure, true);
  }

  private static Outcome stored(
      Experiment experiment, UserId user, Exposure exposure, boolean first) {
    String variant = experiment.design().variants().get(exposure.variant()).name();
    return new Outcome.ExposureStored(
        experiment.name(), user, variant, exposure.at(), first, exposure.position());
  }

  Outcome convert(RecordConversion said, long position) {
    Experiment experiment = experiments.require(said.experiment());
    int metric = experiment.design().requireMetric(said.metric());
    Exposure exposure =
        experiments
            .exposure(said.experiment(), said.user())
            .orElseThrow(() -> NotFound.userOf(said.experiment(), said.user()));
    String variant = experiment.design().variants().get(exposure.variant()).name();
    boolean counted = experiment.counts(exposure.at(), said.at());
    if (counted) {
      experiments.convert(said.experiment(), said.user(), metric, said.value(), position);
      log.tell(
          new Event.Converted(
              position,
              log.number,
              experiments.numberOf(said.experiment()),
              users.number(said.user()).orElseThrow(),
              metric,
              said.value(),
              micros(said.at())));
    }
    return new Outcome.ConversionStored(
        said.experiment(), said.user(), variant, said.metric(), counted, counted ? position : 0);
  }

  private static long micros(Instant at) {
    return MICROS.between(Instant.EPOCH, at);
  }
}
