/** How fast a shop's own pages are answered, and how fast a shop is read. */
@NullMarked
package dev.kindred.bench.storefront;

import org.jspecify.annotations.NullMarked;
