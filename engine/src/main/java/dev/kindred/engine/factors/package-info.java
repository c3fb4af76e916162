/** Families that place users and items in a space of few dimensions. */
@NullMarked
package dev.kindred.engine.factors;

import org.jspecify.annotations.NullMarked;
