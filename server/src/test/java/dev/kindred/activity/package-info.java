/** Tests of the live counters. */
@NullMarked
package dev.kindred.activity;

import org.jspecify.annotations.NullMarked;
