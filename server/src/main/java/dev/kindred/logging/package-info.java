/** How log lines look and where they go. */
@NullMarked
package dev.kindred.logging;

import org.jspecify.annotations.NullMarked;
