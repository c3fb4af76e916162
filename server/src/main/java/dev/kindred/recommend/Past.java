package dev.kindred.recommend;

import dev.kindred.engine.History;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Taste;
import java.util.Arrays;

/**
 * What a list is made from: what the user did and what is being looked at now, or the entities that
 * it is to be like.
 *
 * @param deeds which of the user's deeds stands behind each entry; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent")
record Past(History history, int[] deeds) {
  /** Looking at something now speaks as much as adding it to a cart. */
  private static final float LOOKED_AT = 3f;

  static Past of(Shelf shelf, Taste taste, Request request) {
    int[] session = found(shelf, request.session());
    int size = taste.size() + session.length;
    int[] items = Arrays.copyOf(taste.items(), size);
    float[] weights = Arrays.copyOf(taste.weights(), size);
    int[] deeds = Arrays.copyOf(taste.latest(), size);
    for (int n = 0; n < session.length; n++) {
      items[taste.size() + n] = session[n];
      weights[taste.size() + n] = LOOKED_AT;
      deeds[taste.size() + n] = -1;
    }
    return new Past(new History(items, weights), deeds);
  }

  /** Of the entities that the list is to be like. */
  static Past like(Shelf shelf, Request request) {
    int[] items = found(shelf, request.like());
    int[] deeds = new int[items.length];
    Arrays.fill(deeds, -1);
    return new Past(History.of(items), deeds);
  }

  private static int[] found(Shelf shelf, Iterable<String> ids) {
    int[] items = new int[8];
    int count = 0;
    for (String id : ids) {
      int item = shelf.find(id);
      if (item < 0) continue;
      if (count == items.length) items = Arrays.copyOf(items, 2 * count);
      items[count++] = item;
    }
    return Arrays.copyOf(items, count);
  }

  int deed(int n) {
    return deeds[n];
  }

  /** How many entries speak for something. */
  int speaking() {
    int speaking = 0;
    for (float weight : history.weights()) if (weight > 0) speaking++;
    return speaking;
  }
}
