/** The one place for JSON: reading with bounds, the canonical form, merging, writing. */
@NullMarked
package dev.kindred.json;

import org.jspecify.annotations.NullMarked;
