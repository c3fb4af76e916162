/** Sends HTTP load from one thread and measures what comes back. */
@NullMarked
package dev.kindred.bench.load;

import org.jspecify.annotations.NullMarked;
