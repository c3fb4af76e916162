package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/** What to export, and how. */
public final class ExportQuery extends Fields<ExportQuery> {

  private ExportQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ExportQuery any() {
    return new ExportQuery(Map.of());
  }

  @Override
  ExportQuery made(Map<String, Object> values) {
    return new ExportQuery(values);
  }

  /** json, csv or ndjson. */
  public ExportQuery format(String format) {
    return with("format", format);
  }

  /** Only entities of this type. */
  public ExportQuery entityType(String entityType) {
    return with("entity_type", entityType);
  }

  /** Only what was changed since. */
  public ExportQuery lastModifiedAfter(Instant lastModifiedAfter) {
    return with("last_modified_after", lastModifiedAfter);
  }

  /** Only what happened, or came, from then on. */
  public ExportQuery startDate(Instant startDate) {
    return with("start_date", startDate);
  }

  /** Only what happened, or came, before then. */
  public ExportQuery endDate(Instant endDate) {
    return with("end_date", endDate);
  }

  /** Whether feature vectors are wanted. */
  public ExportQuery includeVectors(boolean includeVectors) {
    return with("include_vectors", includeVectors);
  }
}
