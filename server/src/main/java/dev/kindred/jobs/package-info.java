/** Runs work later, once, on one replica: lease, retry, schedule, history. */
@NullMarked
package dev.kindred.jobs;

import org.jspecify.annotations.NullMarked;
