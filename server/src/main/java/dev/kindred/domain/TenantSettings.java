package dev.kindred.domain;

import java.time.Instant;

/**
 * What a tenant has set for itself, over the server's configuration.
 *
 * @param version counts from 1; 0 means that nothing was ever set
 */
public record TenantSettings(long version, JsonObject settings, Instant at) {}
