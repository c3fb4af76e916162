/** How much room entities and interactions take in a database, and how fast they get there. */
@NullMarked
package dev.kindred.bench.storage;

import org.jspecify.annotations.NullMarked;
