/** Tests of import and export. */
@NullMarked
package dev.kindred.transfer;

import org.jspecify.annotations.NullMarked;
