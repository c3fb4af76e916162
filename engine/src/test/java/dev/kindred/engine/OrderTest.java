package dev.kindred.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void keys_are_in_the_order_that_a_stable_sort_of_boxes_gives() {
    for (long seed = 0; seed < 300; seed++) {
      var chance = new Chance(seed);
      long[] keys = new long[chance.below(400)];
      for (int n = 0; n < keys.length; n++) keys[n] = extreme(chance);
      var byKey = Comparator.<Integer>comparingLong(n -> keys[n]);
      assertThat(Order.ascending(keys)).as("seed %d", seed).isEqualTo(boxed(keys.length, byKey));
      assertThat(Order.descending(keys))
          .as("seed %d", seed)
          .isEqualTo(boxed(keys.length, byKey.reversed()));
    }
  }

  private static long extreme(Chance chance) {
    return switch (chance.below(20)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      default -> chance.below(50) - 25L;
    };
  }

  private static int[] boxed(int length, Comparator<Integer> order) {
    return IntStream.range(0, length).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
  }
}
