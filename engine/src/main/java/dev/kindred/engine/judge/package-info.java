/** Holds out a part of what happened, measures models on it, and chooses among them. */
@NullMarked
package dev.kindred.engine.judge;

import org.jspecify.annotations.NullMarked;
