package dev.kindred.client.model;

import java.util.Map;

/** What a file is, where its names and bytes do not say it. */
public final class ImportQuery extends Fields<ImportQuery> {

  private ImportQuery(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static ImportQuery any() {
    return new ImportQuery(Map.of());
  }

  @Override
  ImportQuery made(Map<String, Object> values) {
    return new ImportQuery(values);
  }

  /** interactions, entities or users. */
  public ImportQuery kind(String kind) {
    return with("kind", kind);
  }

  /** csv or ndjson. */
  public ImportQuery format(String format) {
    return with("format", format);
  }

  /** Whose file it is: movielens, gorse, ecommerce or recombee. */
  public ImportQuery preset(String preset) {
    return with("preset", preset);
  }

  /** FIELD=COLUMN, several with commas. */
  public ImportQuery map(String map) {
    return with("map", map);
  }

  /** FIELD=VALUE: what a field holds where the file says nothing. */
  public ImportQuery fill(String fill) {
    return with("fill", fill);
  }

  /** Between values; tab for a tab. */
  public ImportQuery delimiter(String delimiter) {
    return with("delimiter", delimiter);
  }

  /** Whether the first line names the columns. */
  public ImportQuery header(boolean header) {
    return with("header", header);
  }

  /** How the text is written. */
  public ImportQuery encoding(String encoding) {
    return with("encoding", encoding);
  }

  /** What the file is called. */
  public ImportQuery fileName(String fileName) {
    return with("file_name", fileName);
  }

  /** Says what would happen, and keeps nothing. */
  public ImportQuery dryRun(boolean dryRun) {
    return with("dry_run", dryRun);
  }
}
