/**
 * Nearest neighbours by cosine, in process: the items whose vectors point the same way as a given
 * one.
 */
@NullMarked
package dev.kindred.engine.nearest;

import org.jspecify.annotations.NullMarked;
