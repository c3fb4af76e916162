/**
 * The memory in a database: the same SQL for SQLite and for PostgreSQL, and a narrow dialect for
 * the rest.
 */
@NullMarked
package dev.kindred.store.jdbc;

import org.jspecify.annotations.NullMarked;
