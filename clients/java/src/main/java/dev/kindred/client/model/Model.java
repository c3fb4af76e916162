package dev.kindred.client.model;

import java.time.Instant;
import java.util.Map;

/**
 * What was learned: in force, or only tried. The report says what was tried, how it did, what was
 * chosen and why.
 */
public record Model(
    String name,
    String entityType,
    long position,
    boolean inForce,
    String outcome,
    Instant startedAt,
    Instant endedAt,
    Map<String, Object> report) {

  /** What is left out is empty. */
  public Model {
    report = report == null ? Map.of() : report;
  }
}
