package dev.kindred.recommend;

import dev.kindred.domain.AttributeFilter;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody wants to see. Equal requests are equal values, so that it can stand in the key of a
 * cache.
 *
 * @param user who it is for; one that nobody has heard of is as good
 * @param like entities that the list is to be like; they are not in it
 * @param session entities that are being looked at now, the newest last
 * @param attributes what the caller says of the user, over what is stored
 * @param type only entities of this type
 * @param seen whether what the user knows already may be in the list
 * @param exclude ids that are not to be in the list
 */
public record Request(
    Optional<String> user,
    List<String> like,
    List<String> session,
    JsonObject attributes,
    int count,
    Algorithm algorithm,
    Optional<Mix> mix,
    Optional<EntityType> type,
    boolean seen,
    List<String> exclude,
    AttributeFilter filter,
    List<Boost> boosts,
    double minScore,
    double diversity,
    Optional<Double> windowDays,
    boolean explain,
    List<String> explainMissing) {

  /** Ids that one request may name, of each kind. */
  public static final int IDS_MAX = 1_000;

  public static final int BOOSTS_MAX = 20;

  public Request {
    like = List.copyOf(like);
    session = List.copyOf(session);
    exclude = List.copyOf(exclude);
    boosts = List.copyOf(boosts);
    explainMissing = List.copyOf(explainMissing);
    requireWithin("min_score", minScore, 0, 1);
    requireWithin("diversity", diversity, 0, 1);
    windowDays.ifPresent(days -> requireWithin("window_days", days, 1, 90));
  }

  /** Whether there is nobody in it, and only the list itself is asked for. */
  boolean isForAnybody() {
    return user.isEmpty()
        && session.isEmpty()
        && attributes.isEmpty()
        && !explain
        && explainMissing.isEmpty();
  }

  /** The same, with more ids that are not to be in the list. */
  public Request excluding(Collection<String> more) {
    if (more.isEmpty()) return this;
    List<String> all = Stream.concat(exclude.stream(), more.stream()).distinct().toList();
    return toBuilder().exclude(all).build();
  }

  /** The same, without naming what the list is to be like. */
  Request likeNothing() {
    return toBuilder().like(List.of()).build();
  }

  /** How much what users did and what items are like count; together one. */
  public record Mix(double collaborative, double content) {

    private static final double TOLERANCE = 0.001;

    /** Of one or both of the weights. */
    public static Optional<Mix> of(Optional<Double> collaborative, Optional<Double> content) {
      if (collaborative.isEmpty() && content.isEmpty()) return Optional.empty();
      double first = collaborative.orElseGet(() -> 1 - content.orElseThrow());
      double second = content.orElseGet(() -> 1 - collaborative.orElseThrow());
      boolean sound = first >= 0 && second >= 0 && Math.abs(first + second - 1) <= TOLERANCE;
      if (!sound) {
        throw new InvalidRequest(
            "collaborative_weight and content_based_weight must not be negative and sum to 1, got "
                + collaborative.map(Object::toString).orElse("none")
                + " and "
                + content.map(Object::toString).orElse("none"));
      }
      return Optional.of(new Mix(first, second));
    }
  }

  /** Multiplies the scores of items that meet a filter. */
  public record Boost(AttributeFilter filter, double factor) {
    public Boost {
      requireWithin("boost", factor, 0, 100);
    }
  }

  private static void requireWithin(String name, double value, double least, double most) {
    if (value >= least && value <= most) return;
    throw InvalidRequest.at(
        name, name + " must be between " + plain(least) + " and " + plain(most) + ", got " + value);
  }

  private static String plain(double bound) {
    return Long.toString((long) bound);
  }

  /** Begins with the defaults. */
  public static Builder builder(int count) {
    return new Builder(count);
  }

  private Builder toBuilder() {
    var copy = new Builder(count);
    copy.user = user;
    copy.like = like;
    copy.session = session;
    copy.attributes = attributes;
    copy.algorithm = algorithm;
    copy.mix = mix;
    copy.type = type;
    copy.seen = seen;
    copy.exclude = exclude;
    copy.filter = filter;
    copy.boosts = boosts;
    copy.minScore = minScore;
    copy.diversity = diversity;
    copy.windowDays = windowDays;
    copy.explain = explain;
    copy.explainMissing = explainMissing;
    return copy;
  }

  /** Gathers a request bit by bit. */
  public static final class Builder {
    private Optional<String> user = Optional.empty();
    private List<String> like = List.of();
    private List<String> session = List.of();
    private JsonObject attributes = JsonObject.EMPTY;
    private int count;
    private Algorithm algorithm = Algorithm.HYBRID;
    private Optional<Mix> mix = Optional.empty();
    private Optional<EntityType> type = Optional.empty();
    private boolean seen;
    private List<String> exclude = List.of();
    private AttributeFilter filter = AttributeFilter.NONE;
    private List<Boost> boosts = List.of();
    private double minScore;
    private double diversity;
    private Optional<Double> windowDays = Optional.empty();
    private boolean explain;
    private List<String> explainMissing = List.of();

    private Builder(int count) {
      this.count = count;
    }

    public Builder user(String userId) {
      user = Optional.of(userId);
      return this;
    }

    public Builder like(List<String> ids) {
      like = ids;
      return this;
    }

    public Builder session(List<String> ids) {
      session = ids;
      return this;
    }

    public Builder attributes(JsonObject said) {
      attributes = said;
      return this;
    }

    public Builder count(int wanted) {
      count = wanted;
      return this;
    }

    public Builder algorithm(Algorithm wanted) {
      algorithm = wanted;
      return this;
    }

    public Builder mix(Optional<Mix> wanted) {
      mix = wanted;
      return this;
    }

    public Builder type(Optional<EntityType> wanted) {
      type = wanted;
      return this;
    }

    public Builder seen(boolean allowed) {
      seen = allowed;
      return this;
    }

    public Builder exclude(List<String> ids) {
      exclude = ids;
      return this;
    }

    public Builder filter(AttributeFilter wanted) {
      filter = wanted;
      return this;
    }

    public Builder boosts(List<Boost> wanted) {
      boosts = wanted;
      return this;
    }

    public Builder minScore(double least) {
      minScore = least;
      return this;
    }

    public Builder diversity(double wanted) {
      diversity = wanted;
      return this;
    }

    public Builder windowDays(Optional<Double> days) {
      windowDays = days;
      return this;
    }

    public Builder explain(boolean wanted) {
      explain = wanted;
      return this;
    }

    public Builder explainMissing(List<String> ids) {
      explainMissing = ids;
      return this;
    }

    public Request build() {
      return new Request(
          user,
          like,
          session,
          attributes,
          count,
          algorithm,
          mix,
          type,
          seen,
          exclude,
          filter,
          boosts,
          minScore,
          diversity,
          windowDays,
          explain,
          explainMissing);
    }
  }
}
