/** Tests of telling webhooks. */
@NullMarked
package dev.kindred.webhooks;

import org.jspecify.annotations.NullMarked;
