/** What experiments say, and whether it is true. */
@NullMarked
package dev.kindred.measure.experiments;

import org.jspecify.annotations.NullMarked;
