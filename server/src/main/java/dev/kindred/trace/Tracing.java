package dev.kindred.trace;

import java.util.Optional;

/**
 * Starts spans. A span belongs to the thread that started it and is closed by it; spans started in
 * between on that thread are its children. Safe for any number of threads.
 */
public interface Tracing extends AutoCloseable {

  /** Starts nothing and costs nothing. */
  Tracing OFF = new Off();

  /**
   * Starts the span of a request that this server answers.
   *
   * @param name method and route template, for example {@code GET /api/v1/entities/{id}}
   * @param traceparent the caller's W3C header, whose trace goes on here
   */
  Span request(String name, Optional<String> traceparent);

  /** Starts the span of something that this process asks another for: a database, a cache. */
  Span call(String name);

  /** Sends what has not been sent yet, for a few seconds at most. */
  @Override
  void close();

  /** Something that takes time. Attributes never hold ids of users or entities, nor secrets. */
  interface Span extends AutoCloseable {

    Span with(String attribute, String value);

    Span with(String attribute, long value);

    /** Says that it went wrong; the text is ours, not a driver's. */
    void failed(String why);

    /** The trace's id for log lines; empty where nothing is traced. */
    String traceId();

    @Override
    void close();
  }
}
