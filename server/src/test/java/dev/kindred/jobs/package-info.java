/** Tests of background work, on the memory store and a clock that tests move. */
@NullMarked
package dev.kindred.jobs;

import org.jspecify.annotations.NullMarked;
