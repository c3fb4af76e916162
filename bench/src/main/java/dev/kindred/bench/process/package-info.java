/** Runs servers as processes of their own, as they run in production. */
@NullMarked
package dev.kindred.bench.process;

import org.jspecify.annotations.NullMarked;
