package dev.kindred.recommend;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import dev.kindred.learn.Deeds;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Taste;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What somebody's deeds say of them. Computed from what is in memory, so it is never out of date.
 *
 * @param categories share of what they took, the greatest first
 * @param platforms the same
 * @param prices least, mean and most; empty where nothing has a price
 * @param interactions how many things they did
 * @param lastMicros when they did the last, or 0
 * @param byKind how many things of each kind they did
 * @param weekendShare what share of it at weekends
 */
public record BuyerProfile(
    Map<String, Double> categories,
    Map<String, Double> platforms,
    List<Double> prices,
    int interactions,
    long lastMicros,
    Map<String, Integer> byKind,
    OptionalDouble weekendShare) {

  /** To be asked within the tenant's reading. */
  public static BuyerProfile of(LiveTenant tenant, Shelf shelf, Deeds deeds) {
    Taste taste = Taste.of(tenant, shelf, deeds, Long.MAX_VALUE, 0, new int[shelf.size()]);
    var categories = new HashMap<String, Double>();
    var platforms = new HashMap<String, Double>();
    var prices = new ArrayList<Double>();
    double whole = 0;
    for (int n = 0; n < taste.size(); n++) {
      double weight = Math.max(0, taste.weights()[n]);
      if (weight == 0) continue;
      whole += weight;
      add(shelf.attributes(taste.items()[n]), weight, categories, platforms, prices);
    }
    var byKind = new LinkedHashMap<String, Integer>();
    long last = 0;
    int atWeekends = 0;
    for (int n = 0; n < deeds.size(); n++) {
      byKind.merge(tenant.kinds().name(deeds.type(n)), 1, Integer::sum);
      last = Math.max(last, deeds.atMicros(n));
      DayOfWeek day =
          Instant.EPOCH
              .plus(deeds.atMicros(n), ChronoUnit.MICROS)
              .atZone(ZoneOffset.UTC)
              .getDayOfWeek();
      if (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY) atWeekends++;
    }
    return new BuyerProfile(
        shares(categories, whole),
        shares(platforms, whole),
        span(prices),
        deeds.size(),
        last,
        byKind,
        deeds.size() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) atWeekends / deeds.size()));
  }

  private static void add(
      JsonObject item,
      double weight,
      Map<String, Double> categories,
      Map<String, Double> platforms,
      List<Double> prices) {
    var reader = JsonReader.of(item);
    for (var fields = reader.object(); fields.next(); ) {
      boolean isText = reader.kind() == JsonReader.Kind.STRING;
      if (fields.name().equals("category") && isText) {
        categories.merge(reader.string(), weight, Double::sum);
      } else if (fields.name().equals("platform") && isText) {
        platforms.merge(reader.string(), weight, Double::sum);
      } else if (fields.name().equals("price") && reader.kind() == JsonReader.Kind.NUMBER) {
        prices.add(reader.number());
      } else {
        reader.skip();
      }
    }
  }

  private static Map<String, Double> shares(Map<String, Double> weights, double whole) {
    var shares = new LinkedHashMap<String, Double>();
    weights.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / whole));
    return shares;
  }

  private static List<Double> span(List<Double> prices) {
    if (prices.isEmpty()) return List.of();
    var all = prices.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return List.of(all.getMin(), all.getAverage(), all.getMax());
  }
}
