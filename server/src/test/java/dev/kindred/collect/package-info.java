/** Tests of the intake. */
@NullMarked
package dev.kindred.collect;

import org.jspecify.annotations.NullMarked;
