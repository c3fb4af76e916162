/** States that were written down are what the log says. */
@NullMarked
package dev.kindred.checkpoint;

import org.jspecify.annotations.NullMarked;
