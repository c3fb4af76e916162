/** How fast, how good: load, crash and the offline judge on data sets. */
@NullMarked
package dev.kindred.bench;

import org.jspecify.annotations.NullMarked;
