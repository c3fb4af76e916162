package dev.kindred.measure.behaviour;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.UserAnalytics.LikedGenre;
import dev.kindred.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what is counted of a tenant against a plain reading of all that is kept. */
public final class Verification {

  private static final int SHOWN_MAX = 20;

  /**
   * What was compared.
   *
   * @param differences a sentence each, the first of them
   */
  public record Result(int users, int titles, long different, List<String> differences) {

    public Result {
      differences = List.copyOf(differences);
    }
  }

  private final List<String> differences = new ArrayList<>();
  private long different;

  private Verification() {}

  /** Compares every user and every title; nobody may write meanwhile. */
  public static Result of(Store store, Behaviours behaviours, TenantId tenant) {
    return of(Recount.of(store, tenant), behaviours, tenant);
  }

  static Result of(Recount plain, Behaviours behaviours, TenantId tenant) {
    var verification = new Verification();
    verification.compare("interactions", behaviours.extent(tenant).raw(), plain.raw());
    for (UserId user : plain.users()) {
      UserAnalytics kept = withoutLengths(behaviours.user(tenant, user));
      verification.compare("user '" + user + "'", kept, plain.user(user));
    }
    for (EntityKey title : plain.titles()) {
      Optional<ContentMetrics> kept =
          behaviours.content(tenant, title).map(Verification::withoutTrend);
      verification.compare("content " + title, kept, Optional.of(plain.content(title)));
    }
    return new Result(
        plain.users().size(),
        plain.titles().size(),
        verification.different,
        verification.differences);
  }

  private void compare(String what, Object kept, Object counted) {
    if (kept.equals(counted)) return;
    different++;
    if (differences.size() < SHOWN_MAX) {
      differences.add(what + " is kept as " + kept + ", and counted as " + counted);
    }
  }

  /** A plain reading tells the order of genres and not their lengths, which are rounded. */
  private static UserAnalytics withoutLengths(UserAnalytics kept) {
    return new UserAnalytics(
        kept.totalViews(),
        kept.averageSessionDuration(),
        kept.favoriteGenres(),
        kept.preferredTimeSlots(),
        kept.completionRate(),
        kept.averageRating(),
        kept.lastActive(),
        kept.genreEmbedding().stream().map(one -> new LikedGenre(one.genre(), 0)).toList());
  }

  /** The trend moves with the time of asking. */
  private static ContentMetrics withoutTrend(ContentMetrics kept) {
    return new ContentMetrics(
        kept.key(),
        kept.mediaType(),
        kept.title(),
        kept.genres(),
        kept.averageRating(),
        kept.totalViews(),
        kept.completionRate(),
        kept.skipRate(),
        0,
        kept.popularityIndex(),
        kept.lastUpdated());
  }
}
