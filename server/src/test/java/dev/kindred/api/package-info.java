/** The whole program, asked over HTTP as its users ask it. */
@NullMarked
package dev.kindred.api;

import org.jspecify.annotations.NullMarked;
