package dev.kindred.embedded;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.ContentMetrics;
import dev.kindred.measure.behaviour.Overview;
import dev.kindred.measure.behaviour.SimilarUser;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.measure.behaviour.UserAnalytics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What users did, counted as it happens. */
public final class Analytics {

  private static final int BUCKETS_MAX = 1_000;

  private final Behaviours behaviours;
  private final TenantId tenant;

  public Analytics(Behaviours behaviours, TenantId tenant) {
    this.behaviours = behaviours;
    this.tenant = tenant;
  }

  /** What a user did, summed up; zeros for somebody who did nothing. */
  public UserAnalytics user(String userId) {
    return behaviours.user(tenant, new UserId(userId));
  }

  /** Who is like a user, the most similar first. */
  public List<SimilarUser> similar(String userId, int limit) {
    if (limit < 1 || limit > Behaviours.SIMILAR_MAX) {
      throw InvalidRequest.at(
          "limit", "limit must be between 1 and " + Behaviours.SIMILAR_MAX + ", got " + limit);
    }
    return behaviours.similar(tenant, new UserId(userId), GenreTerm.COSINE, limit);
  }

  /** What users made of content; empty where nobody has ever named it. */
  public Optional<ContentMetrics> content(String type, String id) {
    return behaviours.content(tenant, new EntityKey(new EntityType(type), new EntityId(id)));
  }

  /** The course of events, from the hour of {@code from} on, in stretches of whole hours. */
  public Overview overview(Instant from, Instant until, Duration bucket) {
    Instant first = from.truncatedTo(ChronoUnit.HOURS);
    if (!first.isBefore(until)) {
      throw InvalidRequest.at("from", "from must be before until, got " + from + " and " + until);
    }
    if (bucket.toHours() < 1 || bucket.compareTo(Duration.ofHours(bucket.toHours())) != 0) {
      throw InvalidRequest.at("bucket", "bucket must be in whole hours, got " + bucket);
    }
    long buckets = Math.ceilDiv(Duration.between(first, until).toHours() + 1, bucket.toHours());
    if (buckets > BUCKETS_MAX) {
      throw InvalidRequest.at(
          "bucket", "at most " + BUCKETS_MAX + " buckets are shown, got " + buckets);
    }
    Instant end = until.truncatedTo(ChronoUnit.HOURS);
    if (end.isBefore(until)) end = end.plus(Duration.ofHours(1));
    return behaviours.overview(tenant, first, end, bucket);
  }
}
