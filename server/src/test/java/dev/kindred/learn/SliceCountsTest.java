package dev.kindred.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SliceCountsTest {

  @Test
  void few_of_many_items_and_nearly_all_of_them_are_counted_alike() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      var counts = new SliceCounts();
      var expected = new HashMap<Integer, Double>();
      int items = 1 << (1 + random.nextInt(14));
      for (int n = random.nextInt(3_000); n > 0; n--) {
        int item = random.nextInt(items);
        double weight = random.nextInt(6) - 2;
        counts.add(item, weight);
        expected.merge(item, weight, (before, more) -> Math.max(0, before + more));
        expected.computeIfPresent(item, (same, count) -> Math.max(0, count));
      }
      String what = "seed %d, round %d, %d items".formatted(seed, round, items);

      assertThat(counts.used()).as(what).isEqualTo(expected.size());
      assertThat(counts.total())
          .as(what)
          .isEqualTo(expected.values().stream().mapToDouble(Double::doubleValue).sum());
      for (int item = 0; item < items + 100; item++) {
        assertThat(counts.count(item)).as(what).isEqualTo(expected.getOrDefault(item, 0.0));
      }
      assertThat(bySlot(counts)).as(what).isEqualTo(expected);
    }
  }

  private static Map<Integer, Double> bySlot(SliceCounts counts) {
    var found = new HashMap<Integer, Double>();
    for (int slot = 0; slot < counts.slots(); slot++) {
      if (counts.item(slot) >= 0) found.put(counts.item(slot), counts.countAt(slot));
    }
    return found;
  }
}
