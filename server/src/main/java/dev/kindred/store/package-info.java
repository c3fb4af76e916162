/**
 * The memory: small roles, each answering one kind of question, and one object that hands them out.
 */
@NullMarked
package dev.kindred.store;

import org.jspecify.annotations.NullMarked;
