package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** Which days count. */
public final class ResultsQuery extends Fields<ResultsQuery> {

  private ResultsQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ResultsQuery any() {
    return new ResultsQuery(Map.of());
  }

  @Override
  ResultsQuery made(Map<String, Object> values) {
    return new ResultsQuery(values);
  }

  /** The first day (UTC) on which users came who count, or a time on it. */
  public ResultsQuery startDate(Instant startDate) {
    return with("startDate", startDate);
  }

  /**
   * The last day (UTC) on which users came who count, or a time on it; today where it is left out.
   */
  public ResultsQuery endDate(Instant endDate) {
    return with("endDate", endDate);
  }
}
