package dev.kindred.client.model;

import java.util.List;

/** Experiments with sensible defaults, to begin with. */
public record ExperimentPresets(List<Experiment> presets) {
  /** What is left out is empty. */
  public ExperimentPresets {
    presets = presets == null ? List.of() : presets;
  }
}
