/** What a server that is killed in the middle of writing has kept. */
@NullMarked
package dev.kindred.bench.crash;

import org.jspecify.annotations.NullMarked;
