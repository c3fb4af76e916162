package dev.kindred.http;

/** What a route does: reads the exchange, calls one stage, says the answer. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers one request. A {@link dev.kindred.domain.KindredException} becomes the error that it
   * names, anything else a 500.
   */
  Answer handle(Exchange exchange) throws Exception;
}
