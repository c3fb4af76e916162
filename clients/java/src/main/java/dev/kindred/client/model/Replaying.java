package dev.kindred.client.model;

/** How many dead letters are tried once more. */
public record Replaying(long replaying, long position) {}
