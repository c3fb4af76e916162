@NullMarked
package dev.kindred.follow;

import org.jspecify.annotations.NullMarked;
