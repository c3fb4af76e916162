/** Spares callers a partner that does not answer. */
@NullMarked
package dev.kindred.breaker;

import org.jspecify.annotations.NullMarked;
