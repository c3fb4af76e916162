package dev.kindred.checkpoint;

import java.io.IOException;

/**
 * Something as it was at one moment, to be written later and without any lock: whoever made it sees
 * to it that what it refers to does not change any more.
 */
@FunctionalInterface
public interface Piece {

  void write(Output out) throws IOException;
}
