/**
 * How good the lists are: reads public data sets, trains as the server does, judges what was held
 * out.
 */
@NullMarked
package dev.kindred.bench.quality;

import org.jspecify.annotations.NullMarked;
