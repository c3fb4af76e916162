/** How fast lists are answered. */
@NullMarked
package dev.kindred.bench.serve;

import org.jspecify.annotations.NullMarked;
