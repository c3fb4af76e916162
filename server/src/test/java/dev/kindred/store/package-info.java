/** What every store must do, written once: contracts with one hole, "give me an empty store". */
@NullMarked
package dev.kindred.store;

import org.jspecify.annotations.NullMarked;
