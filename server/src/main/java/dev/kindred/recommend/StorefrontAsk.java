package dev.kindred.recommend;

import dev.kindred.domain.AttributeFilter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shop's page asks for, all of it, so that it can stand in the key of a cache.
 *
 * @param user who is not to see what they liked, and whose taste counts where it is personal
 * @param isPersonal whether the user's own taste counts
 * @param visitor what is said of the visitor: geo, gender, age
 * @param category of which something is wanted most, though not alone
 * @param filter what every item must meet, the shop's own rule included
 */
public record StorefrontAsk(
    Optional<String> user,
    boolean isPersonal,
    Map<String, String> visitor,
    Optional<String> category,
    AttributeFilter filter) {

  public StorefrontAsk {
    visitor = Map.copyOf(new TreeMap<>(visitor));
  }
}
