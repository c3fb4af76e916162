package dev.kindred.client.model;

import java.time.Instant;

/** What stays of a user who was erased. */
public record ErasureReceipt(
    String userId, String tenantId, long interactionsRemoved, Instant erasedAt, long position) {}
