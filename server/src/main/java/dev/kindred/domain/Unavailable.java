package dev.kindred.domain;

/** Not now: nothing was done, and the same request may succeed a little later. */
public final class Unavailable extends KindredException {

  private static final long serialVersionUID = 1L;

  private Unavailable(ErrorCode code, String message) {
    super(code, message);
  }

  public static Unavailable database() {
    return new Unavailable(
        ErrorCode.DATABASE_UNAVAILABLE, "the database is out of reach; try again shortly");
  }

  public static Unavailable starting() {
    return new Unavailable(
        ErrorCode.NOT_INITIALIZED, "this server is still starting; try again shortly");
  }

  public static Unavailable overloaded(String what) {
    return new Unavailable(ErrorCode.OVERLOADED, what + " is full; try again shortly");
  }

  public static Unavailable shuttingDown() {
    return new Unavailable(
        ErrorCode.SHUTTING_DOWN, "this server is shutting down; try again shortly");
  }

  public static Unavailable notYetVisible(long wanted, long seen) {
    return new Unavailable(
        ErrorCode.NOT_YET_VISIBLE,
        "position " + wanted + " is not visible here yet; this replica has seen " + seen);
  }
}
