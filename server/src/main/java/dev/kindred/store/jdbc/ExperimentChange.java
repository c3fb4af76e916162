package dev.kindred.store.jdbc;

import dev.kindred.domain.Change.CreateExperiment;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.store.jdbc.ExperimentRows.Numbered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Experiments being made and changed, one at a time. */
final class ExperimentChange {

  private final Appending appending;
  private final Session session;
  private final TenantPart tenant;

  ExperimentChange(Appending appending, TenantPart tenant) {
    this.appending = appending;
    this.session = appending.session();
    this.tenant = tenant;
  }

  Outcome make(CreateExperiment create) throws SQLException {
    List<Numbered> known = all();
    List<Experiment> others = known.stream().map(Numbered::experiment).toList();
    Experiment made = Experiment.create(create, others, now());
    int number = known.isEmpty() ? 1 : known.getLast().number() + 1;
    var numbered = new Numbered(number, made);
    ExperimentRows.insert(session, tenant.number(), numbered);
    return stored(numbered, true);
  }

  Outcome make(EditExperiment edit) throws SQLException {
    List<Numbered> known = all();
    Numbered found =
        known.stream()
            .filter(one -> one.experiment().name().equals(edit.name()))
            .findFirst()
            .orElseThrow(() -> NotFound.experiment(edit.name()));
    List<Experiment> others =
        known.stream()
            .filter(one -> one.number() != found.number())
            .map(Numbered::experiment)
            .toList();
    Experiment next = edit.edit().next(found.experiment(), others, now());
    if (next.version() == found.experiment().version()) {
      throw new Conflict("experiment '" + edit.name() + "' would stay as it is");
    }
    var numbered = new Numbered(found.number(), next);
    ExperimentRows.update(session, tenant.number(), numbered);
    return stored(numbered, false);
  }

  private Outcome stored(Numbered numbered, boolean created) throws SQLException {
    var events = new Rows(Tables.EVENTS);
    long position =
        appending.note(events, tenant.number(), EventKind.EXPERIMENT_CHANGED, numbered.number());
    appending.insert(events);
    return new Outcome.ExperimentStored(numbered.experiment(), position, created);
  }

  private List<Numbered> all() throws SQLException {
    return tenant.isUnknown() ? List.of() : ExperimentRows.all(session, tenant.number());
  }

  private Instant now() {
    return Micros.toInstant(appending.now());
  }
}
