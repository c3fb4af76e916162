package dev.kindred.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void the_best_come_first_and_ties_go_to_the_smaller_index() {
    var top = new TopK(3);
    top.offer(7, 1f);
    top.offer(2, -5f);
    top.offer(4, 1f);
    top.offer(9, 3f);
    assertThat(top.ranking().items()).containsExactly(9, 4, 7);
    assertThat(top.ranking().scores()).containsExactly(3f, 1f, 1f);
  }

  @Test
  void minus_zero_ties_with_zero() {
    var top = new TopK(2);
    top.offer(1, 0f);
    top.offer(0, -0f);
    assertThat(top.ranking().items()).containsExactly(0, 1);
  }

  @Test
  void packing_keeps_score_and_index() {
    for (float score : new float[] {0f, -1.5f, 1e30f, -1e-30f, Float.MAX_VALUE, -Float.MAX_VALUE}) {
      long packed = TopK.pack(score, 123_456_789);
      assertThat(TopK.score(packed)).isEqualTo(score);
      assertThat(TopK.index(packed)).isEqualTo(123_456_789);
    }
  }

  @Test
  void it_keeps_what_a_full_sort_keeps() {
    for (long seed = 0; seed < 1000; seed++) {
      var chance = new Chance(seed);
      int n = chance.below(40);
      int k = chance.below(12);
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) scores[i] = chance.coarse();
      var top = new TopK(k);
      for (int i = 0; i < n; i++) top.offer(i, scores[i]);
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(
                  (a, b) -> scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : a - b)
              .limit(k)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(top.ranking().items()).as("seed %d", seed).containsExactly(expected);
    }
  }
}
