/**
 * Families that weigh items by items or users by users: walks, neighbourhoods, local regressions.
 */
@NullMarked
package dev.kindred.engine.neighbours;

import org.jspecify.annotations.NullMarked;
