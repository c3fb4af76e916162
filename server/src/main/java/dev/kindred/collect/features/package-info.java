/** Turns what is known about an entity into numbers that can be compared. */
@NullMarked
package dev.kindred.collect.features;

import org.jspecify.annotations.NullMarked;
