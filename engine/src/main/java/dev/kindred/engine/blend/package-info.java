/** One score from several models. */
@NullMarked
package dev.kindred.engine.blend;

import org.jspecify.annotations.NullMarked;
