/** Tells whoever collects traces where the time of a request went; nothing at all when off. */
@NullMarked
package dev.kindred.trace;

import org.jspecify.annotations.NullMarked;
