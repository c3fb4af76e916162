/**
 * What was made from the log and is in memory, as files: so that a start reads arrays instead of
 * the whole log. A gift, never a need: a file that does not fit is left alone.
 */
@NullMarked
package dev.kindred.checkpoint;

import org.jspecify.annotations.NullMarked;
