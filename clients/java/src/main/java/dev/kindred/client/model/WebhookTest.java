package dev.kindred.client.model;

import java.util.Optional;

/** What came of a test message. */
public record WebhookTest(
    boolean delivered, Optional<Long> status, long tookMs, Optional<String> problem) {}
