package dev.kindred.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An experiment to be made: at least two variants whose weights sum to 100. */
public final class NewExperiment extends Fields<NewExperiment> {

  private NewExperiment(Map<String, Object> values) {
    super(values);
  }

  /** Makes one; everything else is optional. */
  public static NewExperiment of(String name, List<Variant> variants, List<String> targetMetrics) {
    return new NewExperiment(Map.of())
        .with("name", name)
        .with("variants", variants)
        .with("targetMetrics", targetMetrics);
  }

  @Override
  NewExperiment made(Map<String, Object> values) {
    return new NewExperiment(values);
  }

  /** Sets {@code description}. */
  public NewExperiment description(String description) {
    return with("description", description);
  }

  /** Users that each variant must have before one can win. */
  public NewExperiment minimumSampleSize(long minimumSampleSize) {
    return with("minimumSampleSize", minimumSampleSize);
  }

  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  public NewExperiment startDate(Instant startDate) {
    return with("startDate", startDate);
  }

  /** RFC 3339 with zone, or seconds or milliseconds since 1970. */
  public NewExperiment endDate(Instant endDate) {
    return with("endDate", endDate);
  }

  /** For how long after a user's first exposure conversions count. */
  public NewExperiment attributionWindowHours(double attributionWindowHours) {
    return with("attributionWindowHours", attributionWindowHours);
  }

  /** Who decides which variant a user gets; a client that does says it with each exposure. */
  public NewExperiment assignedBy(String assignedBy) {
    return with("assignedBy", assignedBy);
  }

  /** Sets {@code start}. */
  public NewExperiment start(boolean start) {
    return with("start", start);
  }

  /** Whose it is; for keys that open all tenants. */
  public NewExperiment tenantId(String tenantId) {
    return with("tenant_id", tenantId);
  }
}
