/** Scores numbers: dense indexes, arrays, seeds, vectors. No I/O, no clock, no strings. */
@NullMarked
package dev.kindred.engine;

import org.jspecify.annotations.NullMarked;
