/** Tests of what is counted of users. */
@NullMarked
package dev.kindred.measure.behaviour;

import org.jspecify.annotations.NullMarked;
