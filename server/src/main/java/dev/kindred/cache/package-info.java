/** Remembers what was made, beside the process: for all replicas, for a while, never needed. */
@NullMarked
package dev.kindred.cache;

import org.jspecify.annotations.NullMarked;
