/** The nouns: records and sealed types that refuse bad values. They depend on nothing of ours. */
@NullMarked
package dev.kindred.domain;

import org.jspecify.annotations.NullMarked;
