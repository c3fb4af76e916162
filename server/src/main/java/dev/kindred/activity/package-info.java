/** What is going on right now with each product: counted as it happens, and forgotten in a day. */
@NullMarked
package dev.kindred.activity;

import org.jspecify.annotations.NullMarked;
