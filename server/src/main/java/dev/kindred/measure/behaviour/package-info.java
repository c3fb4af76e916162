/**
 * What users did, counted as it happens: analytics of users and of content, similar users, and the
 * course of events.
 */
@NullMarked
package dev.kindred.measure.behaviour;

import org.jspecify.annotations.NullMarked;
