package dev.kindred.recommend;

import java.util.List;

/**
 * A page of a storefront's list.
 *
 * @param total how many items the whole list has
 * @param first how the list begins
 * @param toppedUpWith what the page goes on with where that was too little
 */
public record StorefrontPage(
    List<String> items, int total, Tier first, List<Tier> toppedUpWith, boolean isHit) {

  public StorefrontPage {
    items = List.copyOf(items);
    toppedUpWith = List.copyOf(toppedUpWith);
  }
}
