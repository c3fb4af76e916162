/** How many submissions a second go through the group commit itself. */
@NullMarked
package dev.kindred.bench.commit;

import org.jspecify.annotations.NullMarked;
