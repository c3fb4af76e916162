/** How fast questions about what users did are answered. */
@NullMarked
package dev.kindred.bench.analytics;

import org.jspecify.annotations.NullMarked;
