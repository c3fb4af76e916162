/** From what is known to a list: gather, score, filter, rerank, explain. */
@NullMarked
package dev.kindred.recommend;

import org.jspecify.annotations.NullMarked;
