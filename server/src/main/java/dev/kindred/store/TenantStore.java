package dev.kindred.store;

import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be asked about one tenant's data. */
public interface TenantStore {

  Catalog catalog();

  Interactions interactions();

  Users users();

  InteractionTypes types();

  Experiments experiments();

  ShownLists shown();

  Answers answers();

  Settings settings();

  Bookmarks bookmarks();

  /** The statistics in force, with which vectors are made; absent as long as there are none. */
  Optional<FeatureStatisticsBytes> featureStatistics();

  /** Answers that were given to submissions with an idempotency key, kept for a day. */
  interface Answers {

    /** For how long an answer is kept. */
    Duration KEPT_FOR = Duration.ofDays(1);

    Optional<RememberedAnswer> find(String idempotencyKey);
  }

  /** What a tenant has set for itself. */
  interface Settings {

    /** The settings in force; version 0 and empty where nothing was set. */
    TenantSettings current();

    /** All versions, newest first, at most {@code limit}. */
    List<TenantSettings> history(int limit);
  }
}
