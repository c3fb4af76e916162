package dev.kindred.recommend;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.engine.Ranking;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.ItemVectors;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.VectorsAtHand;
import dev.kindred.recommend.Offers.Offer;
import dev.kindred.recommend.Picks.Pick;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Recommendation.Missing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes lists: gathers candidates from several sources under the request's rules, scores them,
 * fills up from below, and explains. Asks nobody: all it needs is in the {@link LiveTenant}. Safe
 * for any number of threads.
 */
public final class Recommender {
  private final Scratch.Pool scratches;
  private final Alikes alikes = new Alikes();

  /**
   * @param atOnce how many pieces of working memory are kept
   */
  public Recommender(int atOnce) {
    scratches = new Scratch.Pool(atOnce);
  }

  /**
   * The list that a request asks for, seen from one moment.
   *
   * @param nowMicros what is available then may be in it
   */
  public Recommendation recommend(
      LiveTenant tenant, Request request, Preferences preferences, long nowMicros) {
    return tenant.readWithVectors(at -> make(tenant, request, preferences, nowMicros, at));
  }

  /**
   * What is bought together with the entities that a request names, and where purchases say too
   * little, what is like them.
   */
  public Recommendation complement(
      LiveTenant tenant, Request request, Preferences preferences, long nowMicros) {
    return tenant.readWithVectors(at -> {
      var items = new ArrayList<Item>();
      for (Shelf shelf : tenant.shelves()) {
        if (!shelf.isOf(request.type())) continue;
        int[] named = request.like().stream().mapToInt(shelf::find).filter(n -> n >= 0).toArray();
        if (named.length > 0) items.addAll(together(tenant, shelf, named, request, nowMicros));
      }
      items.sort(Offers.IN_ORDER);
      if (items.size() >= request.count()) {
        items.subList(request.count(), items.size()).clear();
      }
      Recommendation alike =
          make(
              tenant,
              request.excluding(items.stream().map(Item::id).toList()),
              preferences,
              nowMicros,
              at);
      return alike.after(items, request.count());
    });
  }

  private List<Item> together(
      LiveTenant tenant, Shelf shelf, int[] named, Request request, long nowMicros) {
    Scratch scratch = scratches.lend(shelf.size());
    var eligibility = new Eligibility(tenant, shelf, request, Deeds.NONE, scratch, nowMicros);
    Ranking best = shelf.boughtWith(tenant, named, request.count(), eligibility::test);
    scratches.giveBack(scratch);
    var items = new ArrayList<Item>();
    for (int n = 0; n < best.size(); n++) {
      int item = best.items()[n];
      items.add(
          new Item(
              shelf.id(item),
              shelf.type(),
              best.scores()[n],
              Reason.SIMILAR_ITEMS,
              shelf.attributes(item),
              Optional.empty()));
    }
    return items;
  }

  /** An entity itself. */
  public record Named(String id, EntityType type, JsonObject attributes) {}

  /**
   * The entities themselves, in the order in which they are named; those that may not be shown now
   * are left out.
   *
   * @param first the type that is meant where several have an id
   */
  public List<Named> named(LiveTenant tenant, List<String> ids, EntityType first, long nowMicros) {
    return tenant.read(() -> {
      List<Shelf> shelves =
          tenant.shelves().stream()
              .sorted(
                  Comparator.comparing((Shelf shelf) -> !shelf.type().equals(first))
                      .thenComparing(shelf -> shelf.type().value()))
              .toList();
      var named = new ArrayList<Named>();
      for (String id : new LinkedHashSet<>(ids)) {
        for (Shelf shelf : shelves) {
          int item = shelf.find(id);
          if (item < 0 || !shelf.isLive(item) || !shelf.isAvailable(item, nowMicros)) continue;
          named.add(new Named(id, shelf.type(), shelf.attributes(item)));
          break;
        }
      }
      return named;
    });
  }

  /**
   * Entities in the order of what they are to a user.
   *
   * @param items all of those given, the best first; those that are not there last
   * @param isWhole see {@link Recommendation#isWhole}
   */
  public record Ranked(long position, String model, List<RankedItem> items, boolean isWhole) {}

  /** One of them; without a type it is not there. */
  public record RankedItem(String id, Optional<EntityType> type, float score) {}

  /** Puts entities into a user's order, whatever rule would keep them out of a list. */
  public Ranked rank(
      LiveTenant tenant,
      Request request,
      List<String> ids,
      Preferences preferences,
      long nowMicros) {
    return tenant.readWithVectors(at -> {
      var ranked = new ArrayList<RankedItem>();
      for (Shelf shelf : tenant.shelves()) {
        if (!shelf.isOf(request.type())) continue;
        Scratch scratch = scratches.lend(shelf.size());
        var listing =
            new Listing(tenant, shelf, at.of(shelf), request, preferences, scratch, nowMicros);
        for (String id : ids) {
          int item = shelf.find(id);
          if (item < 0 || ranked.stream().anyMatch(one -> one.id().equals(id))) continue;
          ranked.add(new RankedItem(id, Optional.of(shelf.type()), listing.score(item)));
        }
        scratches.giveBack(scratch);
      }
      ranked.sort(
          Comparator.comparingDouble((RankedItem one) -> -one.score())
              .thenComparing(RankedItem::id));
      for (String id : ids) {
        if (ranked.stream().noneMatch(one -> one.id().equals(id))) {
          ranked.add(new RankedItem(id, Optional.empty(), 0f));
        }
      }
      return new Ranked(tenant.position(), model(tenant.shelves()), ranked, at.isWhole());
    });
  }

  private static String model(Collection<Shelf> shelves) {
    return shelves.stream()
        .map(shelf -> shelf.learned().name())
        .distinct()
        .collect(Collectors.joining("+"));
  }

  /** The same, to be asked within the tenant's reading. */
  Recommendation make(
      LiveTenant tenant,
      Request request,
      Preferences preferences,
      long nowMicros,
      VectorsAtHand at) {
    var parts = new ArrayList<Part>();
    for (Shelf shelf : shelves(tenant, request)) {
      parts.add(part(tenant, shelf, at.of(shelf), request, preferences, nowMicros));
    }
    return together(tenant, request, parts, at.isWhole());
  }

  /**
   * The same list without making it, if all of it is remembered from the last time; where vectors
   * are at hand. To be asked within the tenant's reading.
   */
  Optional<Recommendation> remembered(LiveTenant tenant, Request request, Preferences preferences) {
    if (!Alikes.areFor(request)) return Optional.empty();
    var parts = new ArrayList<Part>(1);
    for (Shelf shelf : shelves(tenant, request)) {
      Optional<List<Pick>> picks = alikes.of(shelf, request, preferences);
      if (picks.isEmpty()) return Optional.empty();
      List<Item> items = picks.get().stream().map(pick -> Listing.item(shelf, pick)).toList();
      var offer = new Offer(items, items.size());
      parts.add(new Part(shelf, offer, false, Map.of(), List.of(), true));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(together(tenant, request, parts, true));
  }

  private static List<Shelf> shelves(LiveTenant tenant, Request request) {
    var shelves = new ArrayList<Shelf>(1);
    for (Shelf shelf : tenant.shelves()) {
      if (shelf.isOf(request.type()) && shelf.liveItems() > 0) shelves.add(shelf);
    }
    return shelves;
  }

  /** What one shelf has to offer. */
  private record Part(
      Shelf shelf,
      Offer offer,
      boolean isCold,
      Map<String, Integer> shortfall,
      List<Missing> missing,
      boolean isOfUserOnly) {}

  private Part part(
      LiveTenant tenant,
      Shelf shelf,
      ItemVectors vectors,
      Request request,
      Preferences preferences,
      long nowMicros) {
    Scratch scratch = scratches.lend(shelf.size());
    var listing = new Listing(tenant, shelf, vectors, request, preferences, scratch, nowMicros);
    List<Pick> picks = listing.make();
    var part =
        new Part(
            shelf,
            new Offer(picks.stream().map(listing::item).toList(), listing.scored()),
            listing.isCold(),
            picks.size() < request.count() ? listing.shortfall() : Map.of(),
            request.explainMissing().stream()
                .map(id -> listing.missing(id, picks))
                .flatMap(Optional::stream)
                .toList(),
            listing.isOfUserOnly());
    scratches.giveBack(scratch);
    boolean isLasting = part.isOfUserOnly() && tenant.hasVectorsAtHand();
    if (isLasting) alikes.remember(shelf, request, preferences, picks);
    return part;
  }

  private static Recommendation together(
      LiveTenant tenant, Request request, List<Part> parts, boolean isWhole) {
    List<Item> merged = Offers.merged(parts.stream().map(Part::offer).toList(), request.count());
    List<Item> items =
        merged.stream().takeWhile(item -> item.score() >= request.minScore()).toList();
    var shortfall = new LinkedHashMap<String, Integer>();
    if (items.size() < request.count()) {
      for (Part part : parts) {
        part.shortfall().forEach((rule, count) -> shortfall.merge(rule, count, Integer::sum));
      }
      int tooLow = merged.size() - items.size();
      if (tooLow > 0) shortfall.merge(Eligibility.MIN_SCORE, tooLow, Integer::sum);
    }
    return new Recommendation(
        tenant.position(),
        model(parts.stream().map(Part::shelf).toList()),
        parts.stream().allMatch(Part::isCold),
        items,
        shortfall,
        missing(request, parts),
        parts.stream().allMatch(Part::isOfUserOnly),
        isWhole);
  }

  /** Ids that no shelf knows are told, too. */
  private static List<Missing> missing(Request request, List<Part> parts) {
    var missing = new ArrayList<Missing>();
    for (Part part : parts) missing.addAll(part.missing());
    for (String id : request.explainMissing()) {
      boolean isKnown = parts.stream().anyMatch(part -> part.shelf().find(id) >= 0);
      if (!isKnown) missing.add(new Missing(id, Eligibility.DELETED, 0, 0, 0));
    }
    return missing;
  }
}
