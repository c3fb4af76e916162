/** Takes in what happened: checks it, groups it, and has it kept before it is acknowledged. */
@NullMarked
package dev.kindred.collect;

import org.jspecify.annotations.NullMarked;
