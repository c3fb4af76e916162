package dev.kindred.checkpoint;

import java.io.IOException;
import java.util.Optional;

/** Somebody who keeps in memory what was made from the log. */
public interface Part {

  /** Names its file. */
  String name();

  /**
   * Everything beside the log that its state depends on, settings and the shape of the state: with
   * another word for it, another state would come of the same log.
   */
  String madeBy();

  /** Up to where it knows the log. */
  long position();

  /**
   * Its state as of now, quickly: writers wait for this. Absent where the log alone would give
   * another state, because something was counted by what does not hold any more.
   */
  Optional<Captured> capture();

  /**
   * Takes over a state that was captured, in place of reading the log up to there. To be called
   * once and at the start.
   *
   * @throws Stale where it does not fit what is stored now; then nothing was taken over
   */
  void restore(Input in, long position) throws IOException;

  /**
   * A state.
   *
   * @param position of the log
   */
  record Captured(long position, Piece piece) {}

  /** A state that does not fit what is stored now. */
  final class Stale extends IOException {
    private static final long serialVersionUID = 1;

    public Stale(String why) {
      super(why);
    }
  }
}
