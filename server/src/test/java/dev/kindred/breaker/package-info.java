@NullMarked
package dev.kindred.breaker;

import org.jspecify.annotations.NullMarked;
