package dev.kindred.client.model;

/** Work that was begun, or with {@code wait} ended: status is accepted or completed. */
public record StorefrontTask(String status, String message, String jobId) {}
