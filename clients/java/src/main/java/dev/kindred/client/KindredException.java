package dev.kindred.client;

/** Whatever this package throws on purpose. */
public class KindredException extends RuntimeException {

  KindredException(String message) {
    super(message);
  }

  KindredException(String message, Throwable cause) {
    super(message, cause);
  }

  /** No answer came: the server is not there, or the connection broke, after all tries. */
  public static class ConnectionFailed extends KindredException {
    ConnectionFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** No answer came in time, after all tries. */
  public static final class TimedOut extends ConnectionFailed {
    TimedOut(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** More interactions are waiting than the queue may hold; nothing was added. */
  public static final class QueueFull extends KindredException {
    QueueFull(String message) {
      super(message);
    }
  }
}
