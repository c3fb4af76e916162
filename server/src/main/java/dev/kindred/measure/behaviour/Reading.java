package dev.kindred.measure.behaviour;

import dev.kindred.domain.Measures;
import dev.kindred.domain.TimeOfDay;
import dev.kindred.measure.behaviour.UserAnalytics.LikedGenre;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers from what is counted of one tenant. Whoever calls holds the tenant's lock. */
final class Reading {

  private static final int FAVOURITES = 5;
  private static final int SLOTS = 3;
  private static final int EMBEDDED_MAX = 1_000;

  private Reading() {}

  static UserAnalytics user(TenantBehaviour tenant, UserHistory user) {
    UserTotals totals = user.totals;
    GenreVector vector = GenreVector.of(user, tenant, true);
    List<LikedGenre> liked = liked(tenant, vector);
    return new UserAnalytics(
        totals.views,
        average(totals.durations, totals.timed),
        liked.stream()
            .filter(one -> one.weight() > 0)
            .limit(FAVOURITES)
            .map(LikedGenre::genre)
            .toList(),
        timeSlots(totals),
        share(totals.completed, totals.started),
        average(totals.ratings, totals.rated),
        moment(totals.last),
        liked);
  }

  static UserAnalytics nothing() {
    return new UserAnalytics(
        0,
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        0,
        OptionalDouble.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * @param title null where nothing was counted of it yet
   */
  static ContentMetrics content(
      TenantBehaviour tenant, @Nullable Title title, Description said, int hour) {
    Title counted = title == null ? new Title(0, 0) : title;
    Optional<Instant> last = moment(counted.last);
    Optional<Instant> described =
        said.isStored() ? Optional.of(said.updatedAt()) : Optional.empty();
    return new ContentMetrics(
        said.key(),
        said.mediaType(),
        said.title(),
        said.genres(),
        average(counted.ratings, counted.rated),
        counted.views,
        share(counted.completed, counted.started),
        share(counted.skipped, counted.started),
        Trend.score(counted.hours, hour),
        percentile(tenant, counted.views),
        Stream.of(last, described).flatMap(Optional::stream).max(Comparator.naturalOrder()));
  }

  private static double percentile(TenantBehaviour tenant, long views) {
    long fewer = 0;
    long equal = 0;
    long all = 0;
    for (int i = 0; i < tenant.titles.count(); i++) {
      Title title = tenant.titles.at(i);
      if (title.isDeleted || title.views == 0) continue;
      all++;
      if (title.views < views) fewer++;
      else if (title.views == views) equal++;
    }
    return all == 0 ? 0 : 100 * (fewer + equal / 2.0) / all;
  }

  private static List<LikedGenre> liked(TenantBehaviour tenant, GenreVector vector) {
    double length = Math.sqrt(vector.square());
    record Weighed(String genre, long weight) {}
    var all = new ArrayList<Weighed>();
    for (int i = 0; i < vector.genres().length; i++) {
      all.add(new Weighed(tenant.genres.name(vector.genres()[i]), vector.weights()[i]));
    }
    all.sort(Comparator.comparingLong(Weighed::weight).reversed().thenComparing(Weighed::genre));
    return all.stream()
        .limit(EMBEDDED_MAX)
        .map(one -> new LikedGenre(one.genre, one.weight / length))
        .toList();
  }

  private static List<String> timeSlots(UserTotals totals) {
    return Stream.of(TimeOfDay.values())
        .filter(part -> totals.atTime(part.code()) > 0)
        .sorted(
            Comparator.comparingLong((TimeOfDay part) -> totals.atTime(part.code()))
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(SLOTS)
        .map(TimeOfDay::word)
        .toList();
  }

  /** The average of what is counted in millionths. */
  private static OptionalDouble average(long micros, long count) {
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(micros / Measures.MICROS / count);
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static Optional<Instant> moment(long millis) {
    return millis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
