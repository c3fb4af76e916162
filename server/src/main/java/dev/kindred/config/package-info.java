/** What the operator has chosen: every key, where its value comes from, and what is in force. */
@NullMarked
package dev.kindred.config;

import org.jspecify.annotations.NullMarked;
