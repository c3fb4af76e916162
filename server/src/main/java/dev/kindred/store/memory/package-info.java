/** The reference store: everything in maps, for tests and for embedding. */
@NullMarked
package dev.kindred.store.memory;

import org.jspecify.annotations.NullMarked;
