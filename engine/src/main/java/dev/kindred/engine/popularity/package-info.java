/** What many do: counts, overall and decayed. */
@NullMarked
package dev.kindred.engine.popularity;

import org.jspecify.annotations.NullMarked;
