package dev.kindred.webhooks;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** Sends letters: one try each, that ends in time whatever the receiver does. Any thread. */
public final class Sender {

  /**
   * What came of a try.
   *
   * @param status what the receiver answered
   * @param problem why it was in vain; empty where it was not
   */
  public record Result(OptionalInt status, Duration took, String problem) {
    public boolean succeeded() {
      return problem.isEmpty();
    }
  }

  private final Addresses addresses;
  private final SSLSocketFactory tls;
  private final Duration timeout;
  private final ScheduledExecutorService alarms;
  private final InstantSource clock;

  /**
   * Makes a sender.
   *
   * @param timeout for a whole try, from looking up the name to the last byte of the answer
   * @param alarms ends what takes longer
   */
  public Sender(
      Addresses addresses,
      SSLSocketFactory tls,
      Duration timeout,
      ScheduledExecutorService alarms,
      InstantSource clock) {
    this.addresses = addresses;
    this.tls = tls;
    this.timeout = timeout;
    this.alarms = alarms;
    this.clock = clock;
  }

  Duration timeout() {
    return timeout;
  }

  /** Tries once, over a connection of its own. */
  public Result send(String url, List<String> secrets, Letter letter) {
    try (var line = open(url)) {
      return line.send(secrets, letter);
    }
  }

  /** For several letters to one receiver, which share connections as far as it lets them. */
  Line open(String url) {
    return new Line(Target.of(url));
  }

  /** The way to one receiver. For one thread. */
  final class Line implements AutoCloseable {
    private final Target target;
    private volatile Wire wire;
    private boolean isOpen;

    private Line(Target target) {
      this.target = target;
      this.wire = Wire.to(target);
    }

    Result send(List<String> secrets, Letter letter) {
      long began = System.nanoTime();
      var late = new AtomicBoolean();
      try {
        int status = withinTime(secrets, letter, late);
        boolean succeeded = status >= 200 && status < 300;
        String problem = succeeded ? "" : "answered with status " + status;
        return new Result(OptionalInt.of(status), since(began), problem);
      } catch (IOException | RuntimeException failure) {
        close();
        String problem =
            late.get() ? "no answer within " + timeout.toMillis() + " ms" : Problems.of(failure);
        return new Result(OptionalInt.empty(), since(began), problem);
      }
    }

    private int withinTime(List<String> secrets, Letter letter, AtomicBoolean late)
        throws IOException {
      Future<?> alarm =
          alarms.schedule(
              () -> {
                late.set(true);
                wire.close();
              },
              timeout.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        return post(secrets, letter, late);
      } finally {
        alarm.cancel(false);
      }
    }

    private int post(List<String> secrets, Letter letter, AtomicBoolean late) throws IOException {
      var headers = letter.headers(secrets, clock.instant());
      boolean wasOpen = isOpen;
      try {
        if (!isOpen) connect(late);
        return posted(wire.post(letter, headers));
      } catch (EOFException | SocketException closed) {
        // It may have closed a connection that it had promised to keep.
        if (!wasOpen || late.get()) throw closed;
        close();
        connect(late);
        return posted(wire.post(letter, headers));
      }
    }

    private int posted(int status) {
      if (!wire.isReusable()) close();
      return status;
    }

    private void connect(AtomicBoolean late) throws IOException {
      IOException last = new UnknownHostException(target.host());
      for (InetAddress address : addresses.of(target)) {
        wire = Wire.to(target);
        if (late.get()) throw last;
        try {
          wire.connect(address, Math.toIntExact(timeout.toMillis()), tls);
          isOpen = true;
          return;
        } catch (IOException failure) {
          wire.close();
          last = failure;
        }
      }
      throw last;
    }

    @Override
    public void close() {
      isOpen = false;
      wire.close();
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What went wrong, in words that tell nothing about our network. */
  private static final class Problems {
    static String of(Exception failure) {
      return switch (failure) {
        case ForbiddenAddress forbidden -> String.valueOf(forbidden.getMessage());
        case UnknownHostException _ -> "the host is not known";
        case ConnectException _ -> "the host refuses connections";
        case SSLException _ -> "no secure connection: is the certificate good for this host?";
        case EOFException _ -> "the receiver closed without an answer";
        case SocketException _ -> "the connection broke off";
        case IOException e when e.getMessage() != null && e.getMessage().startsWith("the answer") ->
            e.getMessage();
        default -> "the try failed: " + failure.getClass().getSimpleName();
      };
    }
  }
}
