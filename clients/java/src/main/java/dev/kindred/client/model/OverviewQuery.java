package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** Which time, in which steps. */
public final class OverviewQuery extends Fields<OverviewQuery> {

  private OverviewQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static OverviewQuery any() {
    return new OverviewQuery(Map.of());
  }

  @Override
  OverviewQuery made(Map<String, Object> values) {
    return new OverviewQuery(values);
  }

  /** Down to the hour; a week before to where it is not given. */
  public OverviewQuery from(Instant from) {
    return with("from", from);
  }

  /** Up to the hour; now where it is not given. */
  public OverviewQuery to(Instant to) {
    return with("to", to);
  }

  /** Sets {@code bucket}. */
  public OverviewQuery bucket(String bucket) {
    return with("bucket", bucket);
  }
}
