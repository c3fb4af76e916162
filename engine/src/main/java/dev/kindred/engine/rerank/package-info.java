/** Puts a ranking into another order for the sake of the list as a whole. */
@NullMarked
package dev.kindred.engine.rerank;

import org.jspecify.annotations.NullMarked;
