@NullMarked
package dev.kindred.cache;

import org.jspecify.annotations.NullMarked;
