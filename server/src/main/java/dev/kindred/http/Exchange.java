package dev.kindred.http;

import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One request, as a handler sees it. Belongs to the thread that handles it. */
public interface Exchange {

  Route route();

  /** The value of a parameter of the route's template, decoded. */
  String path(String parameter);

  Query query();

  /** The first value of a header of the request; the name in any case. */
  Optional<String> header(String name);

  /** The media type of the body, in lower case and without its parameters; empty where none. */
  String mediaType();

  /** Whose data this is about, as far as key, header and query tell it. */
  TenantId tenant();

  /**
   * Whose data this is about, where the body may name it too. A handler whose body may hold {@code
   * tenant_id} asks this, and only this, once it has read the body.
   */
  TenantId tenant(Optional<String> inBody);

  Caller caller();

  /** The id that stands in the answer, the log and the trace of this request. */
  String requestId();

  /** The whole body, unpacked; never more than the limit for bodies. Not a copy. */
  byte[] body();

  /**
   * The body bit by bit, unpacked, of any length. Only on routes that have the {@link
   * Route.Trait#STREAMED_BODY}.
   */
  InputStream bodyStream();

  /**
   * What to put into the {@link Submission}, so that it takes effect once: present where the caller
   * sent an {@code Idempotency-Key}.
   *
   * @param answer what to answer to the outcomes; called inside the transaction, so pure and quick
   */
  Optional<Submission.Once> once(Function<List<Outcome>, Answer> answer);

  /** The answer to a submission: the first one again, or this one at the receipt's position. */
  Answer answer(Submission.Receipt receipt, Function<List<Outcome>, Answer> answer);

  /** Adds a step to {@code Server-Timing}; the name is one word. */
  void timed(String step, long nanos);
}
