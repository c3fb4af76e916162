package dev.kindred.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  @Test
  void a_pair_stands_once_with_its_weights_added_and_its_latest_instant() {
    var interactions =
        Interactions.builder()
            .add(1, 2, 1f, 30)
            .add(0, 1, 5f, 10)
            .add(1, 2, 2f, 20)
            .atLeast(3, 4)
            .build();
    assertThat(interactions.users()).isEqualTo(3);
    assertThat(interactions.items()).isEqualTo(4);
    assertThat(interactions.size()).isEqualTo(2);
    assertThat(interactions.history(1).items()).containsExactly(2);
    assertThat(interactions.history(1).weights()).containsExactly(3f);
    assertThat(interactions.instant(1)).isEqualTo(30);
    assertThat(interactions.history(2).size()).isZero();
  }

  @Test
  void both_ways_hold_what_a_map_of_maps_holds() {
    for (long seed = 0; seed < 200; seed++) {
      var chance = new Chance(seed);
      int users = chance.between(1, 12);
      int items = chance.between(1, 12);
      var builder = Interactions.builder().atLeast(users, items);
      Map<Integer, TreeMap<Integer, Float>> expected = new HashMap<>();
      for (int n = chance.below(60); n > 0; n--) {
        int user = chance.below(users);
        int item = chance.below(items);
        float weight = chance.between(-2, 4);
        builder.add(user, item, weight);
        expected.computeIfAbsent(user, u -> new TreeMap<>()).merge(item, weight, Float::sum);
      }
      var interactions = builder.build();
      for (int user = 0; user < users; user++) {
        var row = expected.getOrDefault(user, new TreeMap<>());
        assertThat(interactions.history(user).items())
            .as("seed %d", seed)
            .containsExactly(row.keySet().stream().mapToInt(Integer::intValue).toArray());
        var byItem = interactions.byItem();
        for (var entry : row.entrySet()) {
          var column = byItem.row(entry.getKey());
          int at = java.util.Arrays.binarySearch(column.items(), user);
          assertThat(column.scores()[at]).as("seed %d", seed).isEqualTo(entry.getValue());
        }
      }
      assertThat(interactions.byItem().size()).isEqualTo(interactions.size());
    }
  }

  @Test
  void a_part_keeps_users_items_and_instants() {
    var part =
        Interactions.builder()
            .add(0, 0, 1f, 5)
            .add(0, 1, 2f, 6)
            .add(1, 1, 3f, 7)
            .build()
            .only((user, n) -> n != 0);
    assertThat(part.users()).isEqualTo(2);
    assertThat(part.items()).isEqualTo(2);
    assertThat(part.history(0).items()).containsExactly(1);
    assertThat(part.instant(0)).isEqualTo(6);
    assertThat(part.instant(1)).isEqualTo(7);
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> Interactions.builder().add(-1, 0, 1f)).hasMessageContaining("-1");
    assertThatThrownBy(() -> Interactions.builder().add(0, 0, Float.NaN))
        .hasMessageContaining("NaN");
  }
}
