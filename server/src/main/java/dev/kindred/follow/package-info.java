/** Keeps in step with a shop's own database, which it only reads. */
@NullMarked
package dev.kindred.follow;

import org.jspecify.annotations.NullMarked;
