package dev.kindred.client.model;

import java.util.List;

/** What became of events. */
public record AbEventReport(boolean success, long accepted, long rejected, List<Refused> errors) {

  /** What is left out is empty. */
  public AbEventReport {
    errors = errors == null ? List.of() : errors;
  }

  /** An event that was refused. */
  public record Refused(int index, String code, String message) {}
}
