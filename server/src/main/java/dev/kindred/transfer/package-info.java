/**
 * Data in and out in large: files of any common shape become changes, and all that is kept becomes
 * files.
 */
@NullMarked
package dev.kindred.transfer;

import org.jspecify.annotations.NullMarked;
