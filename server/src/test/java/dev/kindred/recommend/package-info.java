/** Lists, tested on the real live state over the memory store. */
@NullMarked
package dev.kindred.recommend;

import org.jspecify.annotations.NullMarked;
