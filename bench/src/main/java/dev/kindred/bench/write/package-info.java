/** How fast writes are taken in, against the floor of what they stand on. */
@NullMarked
package dev.kindred.bench.write;

import org.jspecify.annotations.NullMarked;
