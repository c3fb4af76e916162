package dev.kindred.client.model;

import java.util.Map;

/** Whether the server can serve now; the checks say why not. */
public record Readiness(String status, Map<String, Object> checks) {
  /** What is left out is empty. */
  public Readiness {
    checks = checks == null ? Map.of() : checks;
  }

  /** Whether it can. */
  public boolean isReady() {
    return status.equals("ready");
  }
}
