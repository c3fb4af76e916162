/** The memory in a database keeps the contracts, on real databases. */
@NullMarked
package dev.kindred.store.jdbc;

import org.jspecify.annotations.NullMarked;
