/** How fast files are taken in. */
@NullMarked
package dev.kindred.bench.transfer;

import org.jspecify.annotations.NullMarked;
