/** What the command line does, a class a command. */
@NullMarked
package dev.kindred.command;

import org.jspecify.annotations.NullMarked;
