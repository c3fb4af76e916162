package dev.kindred.transfer;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;

/** A file that is known, and that holds nothing for Kindred: other files may still be taken in. */
public final class NothingToTakeIn extends KindredException {

  private static final long serialVersionUID = 1L;

  NothingToTakeIn(String why) {
    super(ErrorCode.VALIDATION_ERROR, why);
  }
}
