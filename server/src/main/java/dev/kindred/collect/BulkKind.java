package dev.kindred.collect;

/** What the rows of a bulk request are. */
public enum BulkKind {
  ENTITIES("entities"),
  INTERACTIONS("interactions"),
  BEHAVIOURS("behaviors");

  private final String field;

  BulkKind(String field) {
    this.field = field;
  }

  /** The member of the body that holds the rows. */
  public String field() {
    return field;
  }

  /** The kind of job that takes in such rows, from an array in a body or from lines. */
  public String jobKind(boolean lines) {
    return lines ? field + ".bulk.lines" : field + ".bulk";
  }
}
