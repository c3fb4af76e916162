package dev.kindred.activity;

/**
 * What is going on with one product.
 *
 * @param viewingNow users who looked at it in the last minutes
 * @param recentSales how often it was bought within a day
 * @param recentViews how often it was looked at within a day
 * @param addedToCart how often it was put into a cart within a day
 */
public record Activity(int viewingNow, int recentSales, int recentViews, int addedToCart) {

  /** Nothing at all. */
  public static final Activity NONE = new Activity(0, 0, 0, 0);
}
