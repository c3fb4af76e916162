package dev.kindred.domain;

import java.time.Instant;

/**
 * What is written down of an attempt to learn a model.
 *
 * @param name made from the model's content; empty where none was made
 * @param type of the entities that it is about
 * @param position of the log up to which it learned
 * @param isInForce whether lists are made from it now
 * @param report what was tried, how it did, what was chosen and why
 */
public record ModelRecord(
    String name,
    String type,
    long position,
    Instant startedAt,
    Instant endedAt,
    boolean isInForce,
    JsonObject report) {}
