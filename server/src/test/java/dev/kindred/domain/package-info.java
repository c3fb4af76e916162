/** The nouns, by themselves. */
@NullMarked
package dev.kindred.domain;

import org.jspecify.annotations.NullMarked;
