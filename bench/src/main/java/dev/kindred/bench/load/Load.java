package dev.kindred.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much to send, and for how long.
 *
 * @param ratePerSecond when requests are due, whether or not earlier ones were answered; absent:
 *     each connection sends its next request as soon as it has an answer
 * @param answersMax ends the measured time early
 */
public record Load(
    InetSocketAddress target,
    int connections,
    OptionalDouble ratePerSecond,
    Duration warmup,
    Duration measured,
    long answersMax,
    Requests requests) {

  public static final int CONNECTIONS_MAX = 1_024;

  /** Makes the requests. Called from the one thread that sends. */
  @FunctionalInterface
  public interface Requests {

    /** A whole HTTP/1.1 request, head and body. */
    byte[] next();
  }

  public Load {
    if (!target.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("load goes to this machine only, not to " + target);
    }
    if (connections < 1 || connections > CONNECTIONS_MAX) {
      throw new IllegalArgumentException(
          "connections must be between 1 and " + CONNECTIONS_MAX + ", got " + connections);
    }
  }

  /** As fast as the answers come. */
  public static Load closed(
      InetSocketAddress target,
      int connections,
      Duration warmup,
      Duration measured,
      Requests requests) {
    return new Load(
        target, connections, OptionalDouble.empty(), warmup, measured, Long.MAX_VALUE, requests);
  }

  /** At a fixed rate; latency counts from when a request was due, so that a stall is seen. */
  public static Load open(
      InetSocketAddress target,
      int connections,
      double ratePerSecond,
      Duration warmup,
      Duration measured,
      Requests requests) {
    return new Load(
        target,
        connections,
        OptionalDouble.of(ratePerSecond),
        warmup,
        measured,
        Long.MAX_VALUE,
        requests);
  }

  /** The same, but over as soon as so many answers were counted. */
  public Load until(long answers) {
    return new Load(target, connections, ratePerSecond, warmup, measured, answers, requests);
  }
}
