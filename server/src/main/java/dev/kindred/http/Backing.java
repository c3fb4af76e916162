package dev.kindred.http;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.store.TenantStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the rim asks of those behind it.
 *
 * @param keys all keys that were ever created
 * @param answers the remembered answers of a tenant
 * @param submit has something kept, and returns once it is
 * @param freshness how far the answers are
 */
public record Backing(
    Supplier<List<ApiKey>> keys,
    Function<TenantId, TenantStore.Answers> answers,
    Function<Submission, Submission.Receipt> submit,
    Freshness freshness) {

  /** Behind a server that is still starting. */
  static final Backing NOTHING_YET =
      new Backing(
          List::of,
          _ -> {
            throw Unavailable.starting();
          },
          _ -> {
            throw Unavailable.starting();
          },
          new Freshness() {
            @Override
            public long seen() {
              return 0;
            }

            @Override
            public boolean await(long position, Duration atMost) {
              return false;
            }
          });
}
