/** Dense kernels on the Vector API behind plain methods, and the decompositions built on them. */
@NullMarked
package dev.kindred.engine.math;

import org.jspecify.annotations.NullMarked;
