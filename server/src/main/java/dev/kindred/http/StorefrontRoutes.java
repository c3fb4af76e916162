package dev.kindred.http;

import dev.kindred.collect.GroupCommit;
import dev.kindred.domain.EligibilityRule;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.recommend.BuyerProfiles;
import dev.kindred.recommend.Storefront;
import dev.kindred.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every route of a shop's own recommendation service, as its earlier system had them.
 *
 * @param profiles those of visitors that were asked for lately
 * @param choices what the operator has chosen
 * @param redis whether Redis answers
 * @param following writes how far the main database is followed, where there is one
 * @param start begins a job of a kind by hand
 */
public record StorefrontRoutes(
    Store store,
    GroupCommit commit,
    Learning learning,
    Storefront storefront,
    BuyerProfiles profiles,
    Choices choices,
    BooleanSupplier redis,
    Consumer<JsonWriter> following,
    BiFunction<String, TenantId, Outcome> start,
    InstantSource clock) {

  /**
   * What the operator has chosen.
   *
   * @param items the type of what is shown; absent: the type of which there is most
   * @param rule what may be shown to whom
   * @param popularEvery how often popular lists are made anew
   */
  public record Choices(
      String version,
      Optional<EntityType> items,
      EligibilityRule rule,
      int usualPage,
      int mostPage,
      int similarUsers,
      Duration popularEvery) {}

  public List<Route> routes() {
    var sizes = new StorefrontBody.Sizes(choices.usualPage(), choices.mostPage());
    var settings = new StorefrontApi.Settings(choices.items(), choices.rule(), sizes);
    var setup =
        new StorefrontAdminApi.Setup(
            choices.version(),
            choices.similarUsers(),
            sizes,
            choices.popularEvery(),
            redis,
            following);
    return Stream.of(
            new StorefrontApi(learning, storefront, settings, clock).routes(),
            new ProfilesApi(store, new Writes(commit), learning, choices.items(), profiles, clock)
                .routes(),
            new StorefrontAdminApi(store.jobs(), learning, storefront, setup).routes(),
            new StorefrontRefresh(new JobWait(store.jobs(), clock), start).routes())
        .flatMap(List::stream)
        .toList();
  }
}
