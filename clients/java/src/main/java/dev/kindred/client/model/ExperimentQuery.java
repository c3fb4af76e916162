package dev.kindred.client.model;

import java.util.Map;

/** How many versions to read. */
public final class ExperimentQuery extends Fields<ExperimentQuery> {

  private ExperimentQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ExperimentQuery any() {
    return new ExperimentQuery(Map.of());
  }

  @Override
  ExperimentQuery made(Map<String, Object> values) {
    return new ExperimentQuery(values);
  }

  /** How many to a page. */
  public ExperimentQuery limit(long limit) {
    return with("limit", limit);
  }
}
