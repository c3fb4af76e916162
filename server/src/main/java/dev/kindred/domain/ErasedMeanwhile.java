package dev.kindred.domain;

/** A job that was started before a user was erased says something of them. Names nobody. */
public final class ErasedMeanwhile extends KindredException {

  private static final long serialVersionUID = 1L;

  public ErasedMeanwhile() {
    super(ErrorCode.CONFLICT, "the user of this row was erased while the job waited");
  }
}
