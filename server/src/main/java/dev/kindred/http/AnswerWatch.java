package dev.kindred.http;

import dev.kindred.domain.TenantId;

/** Is told how each request that reached a handler was answered. Quick. */
@FunctionalInterface
public interface AnswerWatch {
  void answered(TenantId tenant, int status);
}
