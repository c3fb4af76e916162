/** Families that look at the order of what was done. */
@NullMarked
package dev.kindred.engine.session;

import org.jspecify.annotations.NullMarked;
