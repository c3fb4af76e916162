/** How fast and how exact the index of vectors is. */
@NullMarked
package dev.kindred.bench.nearest;

import org.jspecify.annotations.NullMarked;
