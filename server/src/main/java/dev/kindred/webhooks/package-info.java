/**
 * Tells other programs what happens: takes it from the log, signs it, and tries until it arrives.
 */
@NullMarked
package dev.kindred.webhooks;

import org.jspecify.annotations.NullMarked;
