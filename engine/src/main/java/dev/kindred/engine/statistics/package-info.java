/** What numbers from experiments say, and how surely: intervals, tests, sample sizes. */
@NullMarked
package dev.kindred.engine.statistics;

import org.jspecify.annotations.NullMarked;
