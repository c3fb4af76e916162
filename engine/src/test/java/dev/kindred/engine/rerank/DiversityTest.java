package dev.kindred.engine.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.engine.Chance;
import dev.kindred.engine.Ranking;
import dev.kindred.engine.TopK;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {
  private static final Ranking SHOES_AND_A_HAT =
      new Ranking(new int[] {0, 1, 2, 3}, new float[] {9, 8, 7, 5});

  private static final Diversity.Similarity BY_KIND = (a, b) -> (a == 3) == (b == 3) ? 1 : 0;

  @Test
  void without_diversity_the_order_stays() {
    var list = Diversity.spread(SHOES_AND_A_HAT, 4, 0, BY_KIND);
    assertThat(list.items()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void something_else_comes_forward_and_keeps_its_score() {
    var list = Diversity.spread(SHOES_AND_A_HAT, 2, 0.7f, BY_KIND);
    assertThat(list.items()).containsExactly(0, 3);
    assertThat(list.scores()).containsExactly(9, 5);
  }

  @Test
  void equal_candidates_come_in_the_order_of_their_index() {
    var equal = new Ranking(new int[] {5, 2, 9}, new float[] {1, 1, 1});
    assertThat(Diversity.spread(equal, 3, 0.5f, (_, _) -> 0).items()).containsExactly(2, 5, 9);
  }

  @Test
  void nothing_comes_of_nothing() {
    assertThat(Diversity.spread(Ranking.EMPTY, 5, 0.5f, BY_KIND).size()).isZero();
    assertThat(Diversity.spread(SHOES_AND_A_HAT, 0, 0.5f, BY_KIND).size()).isZero();
    assertThatThrownBy(() -> Diversity.spread(SHOES_AND_A_HAT, 1, 1.5f, BY_KIND))
        .hasMessageContaining("1.5");
  }

  @Test
  void it_picks_what_the_definition_picks() {
    for (long seed = 0; seed < 500; seed++) {
      var chance = new Chance(seed);
      int size = chance.between(1, 25);
      float[] similarities = chance.gaussians(30 * 30);
      Diversity.Similarity similarity =
          (a, b) -> similarities[Math.min(a, b) * 30 + Math.max(a, b)] / 4;
      var candidates = new TopK(size);
      for (int item = 0; item < size; item++) candidates.offer(item, chance.coarse());
      float diversity = chance.uniform();
      int count = chance.below(30);
      var list = Diversity.spread(candidates.ranking(), count, diversity, similarity);
      assertThat(list.items())
          .as("seed %d", seed)
          .containsExactly(twin(candidates.ranking(), count, diversity, similarity));
    }
  }

  /** The definition, word for word. */
  private static int[] twin(
      Ranking candidates, int count, float diversity, Diversity.Similarity similarity) {
    float most = candidates.scores()[0];
    float least = candidates.scores()[candidates.size() - 1];
    List<Integer> picked = new ArrayList<>();
    while (picked.size() < Math.min(count, candidates.size())) {
      var next = new TopK(1);
      for (int c = 0; c < candidates.size(); c++) {
        int item = candidates.items()[c];
        if (picked.contains(item)) continue;
        float relevance = most == least ? 1 : (candidates.scores()[c] - least) / (most - least);
        float alike =
            (float) picked.stream().mapToDouble(p -> similarity.between(item, p)).max().orElse(0);
        next.offer(item, (1 - diversity) * relevance - diversity * alike);
      }
      picked.add(next.ranking().items()[0]);
    }
    return picked.stream().mapToInt(Integer::intValue).toArray();
  }
}
