/** What is known in memory, tested on the real store of memory. */
@NullMarked
package dev.kindred.learn;

import org.jspecify.annotations.NullMarked;
