package dev.kindred.engine.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionTest {
  private static final int LENGTH = 256;

  @Test
  void with_few_cells_the_closest_is_exactly_that() {
    for (long seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      var centres = directions(1 + random.nextInt(64), random);
      var partition = of(centres);
      for (int query = 0; query < 20; query++) {
        var direction = Quantised.of(Directions.gaussian(LENGTH, random));
        int start = random.nextInt(centres.size());
        assertThat(partition.closest(direction, direction.code(), start))
            .as("seed %d", seed)
            .isEqualTo(closest(centres, direction, start));
      }
    }
  }

  @Test
  void among_many_cells_the_closest_is_nearly_always_found_and_else_one_about_as_close() {
    for (long seed = 0; seed < 5; seed++) {
      var random = new SplittableRandom(seed);
      var points = new ArrayList<float[]>();
      for (int n = 0; n < 900; n++) points.add(Directions.gaussian(LENGTH, random));
      var centres = points.stream().map(Quantised::of).toList();
      var partition = of(centres);
      int missed = 0;
      for (int query = 0; query < 500; query++) {
        var direction = Quantised.of(Directions.near(points.get(random.nextInt(900)), random));
        int found = partition.closest(direction, direction.code(), 0);
        int closest = closest(centres, direction, 0);
        if (found != closest) missed++;
        assertThat(centres.get(found).cosine(direction))
            .as("seed %d", seed)
            .isGreaterThan(centres.get(closest).cosine(direction) - 0.15f);
      }
      assertThat(missed).as("seed %d", seed).isLessThan(15);
    }
  }

  @Test
  void a_partition_made_of_what_another_told_finds_the_same() {
    var random = new SplittableRandom(3);
    var partition = of(directions(300, random)).without(7).without(298).without(0);
    var again =
        Partition.of(
            partition.centres(),
            partition.factors(),
            partition.cohesions(),
            LENGTH,
            partition.reach());
    for (int query = 0; query < 500; query++) {
      var direction = Quantised.of(Directions.gaussian(LENGTH, random));
      assertThat(again.closest(direction, direction.code(), 0))
          .isEqualTo(partition.closest(direction, direction.code(), 0));
    }
  }

  private static List<Quantised> directions(int many, SplittableRandom random) {
    var directions = new ArrayList<Quantised>();
    for (int n = 0; n < many; n++)
      directions.add(Quantised.of(Directions.gaussian(LENGTH, random)));
    return directions;
  }

  private static Partition of(List<Quantised> centres) {
    var partition = Partition.empty(LENGTH);
    for (int cell = 0; cell < centres.size(); cell++) {
      partition = partition.with(cell, new Centre(centres.get(cell), 0.5f));
    }
    return partition;
  }

  private static int closest(List<Quantised> centres, Quantised direction, int start) {
    int closest = start;
    for (int cell = 0; cell < centres.size(); cell++) {
      if (centres.get(cell).cosine(direction) > centres.get(closest).cosine(direction)) {
        closest = cell;
      }
    }
    return closest;
  }
}
