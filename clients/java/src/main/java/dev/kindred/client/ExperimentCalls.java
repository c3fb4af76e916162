package dev.kindred.client;

import dev.kindred.client.model.AbEvent;
import dev.kindred.client.model.AbEventReport;
import dev.kindred.client.model.AssignUser;
import dev.kindred.client.model.Assignment;
import dev.kindred.client.model.Conclusion;
import dev.kindred.client.model.Conversion;
import dev.kindred.client.model.Experiment;
import dev.kindred.client.model.ExperimentPresets;
import dev.kindred.client.model.ExperimentQuery;
import dev.kindred.client.model.ExperimentResults;
import dev.kindred.client.model.Experiments;
import dev.kindred.client.model.FromPreset;
import dev.kindred.client.model.NewConversion;
import dev.kindred.client.model.NewExperiment;
import dev.kindred.client.model.ResultsQuery;
import dev.kindred.client.model.VariantCount;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Experiments: which variant serves users better. */
abstract class ExperimentCalls extends BehaviorCalls {

  ExperimentCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /** Creates an experiment, as a draft unless it is to start at once. */
  public Experiment createExperiment(NewExperiment experiment) {
    return json(Call.of(Operation.CREATE_EXPERIMENT).body(experiment), new TypeReference<>() {});
  }

  /** The tenant's experiments. */
  public Experiments listExperiments() {
    return json(Call.of(Operation.LIST_EXPERIMENTS), new TypeReference<>() {});
  }

  /** An experiment. */
  public Experiment getExperiment(String name) {
    return json(Call.of(Operation.GET_EXPERIMENT).path("name", name), new TypeReference<>() {});
  }

  /** Changes an experiment; a running one within what keeps its results true. */
  public Experiment changeExperiment(String name, NewExperiment experiment) {
    return json(
        Call.of(Operation.CHANGE_EXPERIMENT).path("name", name).body(experiment),
        new TypeReference<>() {});
  }

  /** Every version of an experiment, newest first. */
  public Experiments listExperimentVersions(String name, ExperimentQuery query) {
    return json(
        Call.of(Operation.LIST_EXPERIMENT_VERSIONS).path("name", name).query(query),
        new TypeReference<>() {});
  }

  /** Starts an experiment. */
  public Experiment startExperiment(String name) {
    return json(Call.of(Operation.START_EXPERIMENT).path("name", name), new TypeReference<>() {});
  }

  /** Stops an experiment; its results stay. */
  public Experiment stopExperiment(String name) {
    return json(Call.of(Operation.STOP_EXPERIMENT).path("name", name), new TypeReference<>() {});
  }

  /** Ends an experiment with a winner, whose settings may become the default. */
  public Experiment concludeExperiment(String name, Conclusion conclusion) {
    return json(
        Call.of(Operation.CONCLUDE_EXPERIMENT).path("name", name).body(conclusion),
        new TypeReference<>() {});
  }

  /** Says which variant a user gets, always the same one, and keeps that they came. */
  public Assignment assignVariant(String name, AssignUser user) {
    return json(
        Call.of(Operation.ASSIGN_VARIANT).path("name", name).body(user), new TypeReference<>() {});
  }

  /** Keeps that a user who was assigned did what is measured. */
  public Conversion recordConversion(String name, NewConversion conversion) {
    return json(
        Call.of(Operation.RECORD_CONVERSION).path("name", name).body(conversion),
        new TypeReference<>() {});
  }

  /** What came of an experiment: rates, differences, how sure they are, who wins. */
  public ExperimentResults getExperimentResults(String name, ResultsQuery query) {
    return json(
        Call.of(Operation.GET_EXPERIMENT_RESULTS)
            .path("name", name)
            .query(query)
            .query("short", false),
        new TypeReference<>() {});
  }

  /** Only who came and who converted, by the metric that decides. */
  public List<VariantCount> getExperimentCounts(String name, ResultsQuery query) {
    return json(
        Call.of(Operation.GET_EXPERIMENT_COUNTS)
            .path("name", name)
            .query(query)
            .query("short", true),
        new TypeReference<>() {});
  }

  /** Experiments with sensible defaults, to begin with. */
  public ExperimentPresets listExperimentPresets() {
    return json(Call.of(Operation.LIST_EXPERIMENT_PRESETS), new TypeReference<>() {});
  }

  /** Creates an experiment from a preset. */
  public Experiment createExperimentFromPreset(String preset, FromPreset changes) {
    return json(
        Call.of(Operation.CREATE_EXPERIMENT_FROM_PRESET).path("preset", preset).body(changes),
        new TypeReference<>() {});
  }

  /**
   * Keeps who saw which variant and who converted, as browsers and shop plugins tell it, many at
   * once.
   */
  public AbEventReport recordAbEvents(List<AbEvent> events) {
    return json(
        Call.of(Operation.RECORD_AB_EVENTS).body(Map.of("events", events)),
        new TypeReference<>() {});
  }
}
