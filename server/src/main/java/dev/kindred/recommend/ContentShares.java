package dev.kindred.recommend;

import dev.kindred.learn.Column;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Taste;

/**
 * How well an item suits what somebody took, between 0 and 1: what share of it was of the same
 * category, for the same age, suitable for the same, for the same gender, on the same platform, and
 * how near its price is to the usual one; and a little for being new. Each share counts its weight
 * times what it is, so that a history of one category gives all of the weight to that category.
 */
public final class ContentShares {
  private static final String[] ATTRIBUTES = {
    "category", "age", "suitable_for", "gender", "platform"
  };
  private static final double[] WEIGHTS = {.30, .15, .15, .10, .15};
  private static final int GENDER = 3;
  private static final double PRICE = .10;
  private static final double NEWNESS = .05;
  private static final double MICROS_A_YEAR = 365 * 86_400e6;

  private final Shelf shelf;
  private final Column[] columns = new Column[ATTRIBUTES.length];

  /** By attribute and code: which share of the history. */
  private final double[][] shares = new double[ATTRIBUTES.length][];

  private final int anyGender;
  private final Column prices;
  private final double usualPrice;
  private final long nowMicros;

  /** Of a history; what counts against an item is left out. */
  public ContentShares(Shelf shelf, Taste taste, long nowMicros) {
    this.shelf = shelf;
    this.nowMicros = nowMicros;
    double whole = 0;
    for (float weight : taste.weights()) whole += Math.max(0, weight);
    for (int a = 0; a < ATTRIBUTES.length; a++) {
      columns[a] = shelf.column(ATTRIBUTES[a]);
      shares[a] = new double[columns[a].codesEnd()];
      if (whole == 0) continue;
      for (int n = 0; n < taste.size(); n++) {
        double share = Math.max(0, taste.weights()[n]) / whole;
        for (int code : columns[a].codes(taste.items()[n])) shares[a][code] += share;
      }
    }
    anyGender = columns[GENDER].codeOf("any");
    prices = shelf.column("price");
    usualPrice = usualPrice(taste);
  }

  private double usualPrice(Taste taste) {
    double sum = 0;
    double weight = 0;
    for (int n = 0; n < taste.size(); n++) {
      double price = prices.number(taste.items()[n]);
      double counts = Math.max(0, taste.weights()[n]);
      if (Double.isNaN(price)) continue;
      sum += counts * price;
      weight += counts;
    }
    return weight == 0 ? Double.NaN : sum / weight;
  }

  /** Between 0 and 1. */
  public double score(int item) {
    double score = PRICE * nearness(prices.number(item)) + NEWNESS * newness(item);
    for (int a = 0; a < ATTRIBUTES.length; a++) {
      double share = columns[a].worth(item, shares[a]);
      // What is for anybody suits everybody half.
      if (a == GENDER && share < .5 && columns[a].has(item, anyGender)) share = .5;
      score += WEIGHTS[a] * Math.min(1, share);
    }
    return Math.min(1, score);
  }

  /** 1 for the usual price, less for one that is so many times as high or as low. */
  private double nearness(double price) {
    if (Double.isNaN(price) || Double.isNaN(usualPrice) || price <= 0 || usualPrice <= 0) return 0;
    return Math.min(price, usualPrice) / Math.max(price, usualPrice);
  }

  private double newness(int item) {
    long born = shelf.bornMicros(item);
    return born == 0 ? 0 : Math.clamp(1 - (nowMicros - born) / MICROS_A_YEAR, 0, 1);
  }
}
