/** The product: picks a command, builds everything. */
@NullMarked
package dev.kindred;

import org.jspecify.annotations.NullMarked;
