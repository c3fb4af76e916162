package dev.kindred.measure.behaviour;

import dev.kindred.domain.EntityKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The course of events over a time, from what is still kept raw.
 *
 * @param from the beginning, on the hour
 * @param until the end, on the hour, which is not part of it
 * @param buckets every stretch of that time, in order
 * @param activeUsers how many did something
 * @param top the titles on which most fell, first the foremost
 */
public record Overview(
    Instant from,
    Instant until,
    List<Bucket> buckets,
    int activeUsers,
    List<Top> top,
    Recommended recommended) {

  /** What happened in one stretch of time; types by name. */
  public record Bucket(Instant start, Map<String, Long> events, int activeUsers) {}

  /** A title, and how often users did something with it. */
  public record Top(EntityKey key, String title, long events) {}

  /**
   * What became of recommendations, as far as interactions name one.
   *
   * @param shown how often an item was shown
   * @param acted how often a user went on from there
   * @param coverage the share of the tenant's content that was shown or gone on to
   */
  public record Recommended(long shown, long acted, double clickThrough, double coverage) {}

  public Overview {
    buckets = List.copyOf(buckets);
    top = List.copyOf(top);
  }
}
