/** The product without a server: what a Java program calls, and nothing that knows of HTTP. */
@NullMarked
package dev.kindred.embedded;

import org.jspecify.annotations.NullMarked;
