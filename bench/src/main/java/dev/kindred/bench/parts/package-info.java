/** How long single parts take, without a server around them. */
@NullMarked
package dev.kindred.bench.parts;

import org.jspecify.annotations.NullMarked;
