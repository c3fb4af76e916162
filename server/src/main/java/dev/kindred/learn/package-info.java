/**
 * From the log to what is known: catalogue, histories and counters in memory, and models of them.
 */
@NullMarked
package dev.kindred.learn;

import org.jspecify.annotations.NullMarked;
