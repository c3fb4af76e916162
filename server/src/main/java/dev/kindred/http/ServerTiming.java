package dev.kindred.http;

/** Writes {@code Server-Timing}: steps and their milliseconds, to the microsecond. */
final class ServerTiming {

  private ServerTiming() {}

  static void append(StringBuilder to, String step, long nanos) {
    if (!to.isEmpty()) to.append(", ");
    long micros = nanos / 1_000;
    long fraction = micros % 1_000;
    to.append(step).append(";dur=").append(micros / 1_000).append('.');
    if (fraction < 100) to.append('0');
    if (fraction < 10) to.append('0');
    to.append(fraction);
  }
}
