/** What tests of several packages share. */
@NullMarked
package dev.kindred.testing;

import org.jspecify.annotations.NullMarked;
