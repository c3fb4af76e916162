/** Who gets which variant, and what came of it. */
@NullMarked
package dev.kindred.measure.experiments;

import org.jspecify.annotations.NullMarked;
