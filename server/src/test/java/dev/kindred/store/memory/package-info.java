/** The memory store under the contracts of all roles. */
@NullMarked
package dev.kindred.store.memory;

import org.jspecify.annotations.NullMarked;
