package dev.kindred.client.model;

import java.util.List;

/** Experiments, or versions of one. */
public record Experiments(List<Experiment> experiments, long total) {
  /** What is left out is empty. */
  public Experiments {
    experiments = experiments == null ? List.of() : experiments;
  }
}
