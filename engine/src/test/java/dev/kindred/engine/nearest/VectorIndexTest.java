package dev.kindred.engine.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.kindred.engine.Ranking;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class VectorIndexTest {
  /** Two vectors of a byte a coordinate, a quarter of a percent off each. */
  private static final double BYTE_PRECISION = 0.01;

  @Test
  void what_is_turned_can_be_turned_back() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new SplittableRandom(seed);
      int dimensions = 1 + random.nextInt(600);
      float[] vector = Directions.gaussian(dimensions, random);
      var view = new VectorIndex(dimensions, seed).view();
      float[] back = view.turnedBack(view.turned(vector));
      assertThat(back).as("seed %d", seed).hasSize(dimensions);
      for (int i = 0; i < dimensions; i++) {
        assertThat(back[i]).as("seed %d", seed).isEqualTo(vector[i], offset(1e-4f));
      }
    }
  }

  @Test
  void answers_follow_any_mixture_of_changes() {
    for (long seed = 0; seed < 40; seed++) {
      var random = new SplittableRandom(seed);
      int dimensions = List.of(1, 3, 16, 64, 100, 200).get((int) (seed % 6));
      var index = new VectorIndex(dimensions, seed);
      var twin = new HashMap<Integer, float[]>();
      for (int change = 0; change < 1500; change++) {
        int item = random.nextInt(700);
        if (random.nextInt(3) == 0) {
          assertThat(index.remove(item)).isEqualTo(twin.remove(item) != null);
        } else {
          float[] vector = Directions.gaussian(dimensions, random);
          index.put(item, vector);
          twin.put(item, vector);
        }
        if (change % 50 == 0) check(index.view(), twin, dimensions, random, seed);
      }
    }
  }

  private static void check(
      VectorView view,
      Map<Integer, float[]> twin,
      int dimensions,
      SplittableRandom random,
      long seed) {
    assertThat(view.size()).as("seed %d", seed).isEqualTo(twin.size());
    float[] query = Directions.gaussian(dimensions, random);
    int oneIn = 1 + random.nextInt(40);
    IntPredicate eligible = item -> item % oneIn == 0;
    int k = random.nextInt(30);
    var found = view.search(query, k, eligible);

    var cosines = new HashMap<Integer, Double>();
    twin.forEach((item, vector) -> cosines.put(item, Directions.cosine(query, vector)));
    cosines.keySet().removeIf(item -> !eligible.test(item));
    assertThat(found.size()).as("seed %d", seed).isEqualTo(Math.min(k, cosines.size()));
    assertOrdered(found, seed);
    for (int n = 0; n < found.size(); n++) {
      int item = found.items()[n];
      assertThat(cosines).as("seed %d", seed).containsKey(item);
      assertThat((double) found.scores()[n])
          .as("seed %d", seed)
          .isCloseTo(cosines.getOrDefault(item, Double.NaN), offset(BYTE_PRECISION));
    }
  }

  @Test
  void a_search_of_bounded_effort_still_fills_its_result() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new SplittableRandom(seed);
      var index = new VectorIndex(64, seed);
      for (int item = 0; item < 3_000; item++) index.put(item, Directions.gaussian(64, random));
      VectorView view = index.view();
      int oneIn = 1 + random.nextInt(300);
      int k = 1 + random.nextInt(30);
      var aim = view.aim(Directions.gaussian(64, random));
      var found = view.search(aim, k, 1 + random.nextInt(200), item -> item % oneIn == 0);
      assertThat(found.size())
          .as("seed %d", seed)
          .isEqualTo(Math.min(k, Math.ceilDiv(3_000, oneIn)));
      assertOrdered(found, seed);
      for (int n = 0; n < found.size(); n++) {
        int item = found.items()[n];
        assertThat(item % oneIn).as("seed %d", seed).isZero();
        assertThat(found.scores()[n]).as("seed %d", seed).isEqualTo(view.cosine(item, aim));
      }
      var unbounded = view.search(aim, k, Integer.MAX_VALUE, item -> item % oneIn == 0);
      assertThat(unbounded.items())
          .as("seed %d", seed)
          .isEqualTo(view.search(aim, k, item -> item % oneIn == 0).items());
    }
  }

  private static void assertOrdered(Ranking found, long seed) {
    for (int n = 1; n < found.size(); n++) {
      boolean ordered =
          found.scores()[n - 1] > found.scores()[n]
              || (found.scores()[n - 1] == found.scores()[n]
                  && found.items()[n - 1] < found.items()[n]);
      assertThat(ordered).as("seed %d, place %d", seed, n).isTrue();
    }
  }

  @Test
  void nearly_all_true_neighbours_are_found_in_clusters() {
    for (long seed = 0; seed < 3; seed++) {
      var random = new SplittableRandom(seed);
      var centres = new ArrayList<float[]>();
      for (int c = 0; c < 150; c++) centres.add(Directions.gaussian(128, random));
      var vectors = new ArrayList<float[]>();
      for (int item = 0; item < 12_000; item++) {
        vectors.add(Directions.near(centres.get(random.nextInt(150)), random));
      }
      var queries = new ArrayList<float[]>();
      for (int q = 0; q < 60; q++) {
        queries.add(Directions.near(centres.get(random.nextInt(150)), random));
      }
      assertThat(recall(vectors, queries, _ -> true)).as("seed %d", seed).isGreaterThan(0.95);
      assertThat(recall(vectors, queries, i -> i % 7 == 0)).as("seed %d", seed).isGreaterThan(0.95);
    }
  }

  @Test
  void nearly_all_true_neighbours_are_found_among_sparse_features() {
    for (long seed = 0; seed < 3; seed++) {
      var random = new SplittableRandom(seed);
      var vectors = new ArrayList<float[]>();
      for (int item = 0; item < 12_000; item++) vectors.add(Directions.sparse(256, random));
      var queries = new ArrayList<float[]>();
      for (int q = 0; q < 60; q++) queries.add(Directions.sparse(256, random));
      assertThat(recall(vectors, queries, _ -> true)).as("seed %d", seed).isGreaterThan(0.95);
      assertThat(recall(vectors, queries, i -> i % 50 == 0))
          .as("seed %d", seed)
          .isGreaterThan(0.95);
    }
  }

  /** The share of the ten found whose cosine is not below that of the true tenth. */
  private static double recall(
      List<float[]> vectors, List<float[]> queries, IntPredicate eligible) {
    var index = indexOf(vectors, 5);
    int found = 0;
    for (float[] query : queries) {
      double[] cosines = new double[vectors.size()];
      double[] sorted = new double[vectors.size()];
      for (int item = 0; item < cosines.length; item++) {
        cosines[item] = Directions.cosine(query, vectors.get(item));
        sorted[item] = eligible.test(item) ? -cosines[item] : 2;
      }
      Arrays.sort(sorted);
      for (int item : index.view().search(query, 10, eligible).items()) {
        if (cosines[item] >= -sorted[9] - 1e-6) found++;
      }
    }
    return found / (10.0 * queries.size());
  }

  private static VectorIndex indexOf(List<float[]> vectors, long seed) {
    var index = new VectorIndex(vectors.getFirst().length, seed);
    for (int item = 0; item < vectors.size(); item++) index.put(item, vectors.get(item));
    return index;
  }

  private static List<float[]> gaussians(int many, int dimensions, SplittableRandom random) {
    var vectors = new ArrayList<float[]>();
    for (int item = 0; item < many; item++) vectors.add(Directions.gaussian(dimensions, random));
    return vectors;
  }

  @Test
  void a_filter_never_leaves_the_answer_short() {
    var random = new SplittableRandom(11);
    var index = indexOf(gaussians(5000, 32, random), 1);
    for (int eligible : new int[] {1, 2, 9, 10, 11, 500}) {
      var chosen = new BitSet();
      while (chosen.cardinality() < eligible) chosen.set(random.nextInt(5000));
      float[] query = Directions.gaussian(32, random);
      var bySet = index.view().search(query, 10, chosen);
      var byTest = index.view().search(query, 10, chosen::get);
      assertThat(bySet.size()).isEqualTo(Math.min(10, eligible));
      assertThat(byTest.size()).isEqualTo(Math.min(10, eligible));
      for (int item : bySet.items()) assertThat(chosen.get(item)).isTrue();
    }
  }

  @Test
  void equal_vectors_come_in_the_order_of_their_index() {
    var index = new VectorIndex(8, 1);
    float[] vector = Directions.gaussian(8, new SplittableRandom(1));
    for (int item = 199; item >= 0; item--) index.put(item, vector);
    assertThat(index.view().search(vector, 5, _ -> true).items()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void thousands_of_equal_vectors_are_no_trouble() {
    var index = new VectorIndex(64, 1);
    float[] vector = Directions.gaussian(64, new SplittableRandom(1));
    for (int item = 0; item < 3000; item++) index.put(item, vector);
    assertThat(index.view().search(vector, 3000, _ -> true).size()).isEqualTo(3000);
  }

  @Test
  void the_vector_of_zeros_is_like_nothing_and_still_fills_the_answer() {
    var index = new VectorIndex(4, 1);
    index.put(0, new float[4]);
    index.put(1, new float[] {1, 0, 0, 0});
    var found = index.view().search(new float[] {1, 1, 0, 0}, 5, _ -> true);
    assertThat(found.items()).containsExactly(1, 0);
    assertThat(found.scores()[1]).isZero();
    assertThat(index.view().search(new float[4], 5, _ -> true).items()).containsExactly(0, 1);
  }

  @Test
  void only_the_direction_counts() {
    var index = new VectorIndex(3, 1);
    index.put(0, new float[] {1e30f, 2e30f, -1e30f});
    index.put(1, new float[] {1e-30f, 2e-30f, -1e-30f});
    assertThat(index.view().similarity(0, 1)).isCloseTo(1f, offset(1e-6f));
    assertThat(index.view().search(new float[] {1, 2, -1}, 2, _ -> true).items())
        .containsExactly(0, 1);
  }

  @Test
  void what_is_no_vector_is_refused_and_changes_nothing() {
    var index = new VectorIndex(2, 1);
    index.put(0, new float[] {1, 0});
    assertThatThrownBy(() -> index.put(0, new float[] {1})).hasMessageContaining("2 numbers");
    assertThatThrownBy(() -> index.put(0, new float[] {1, Float.NaN}))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> index.put(0, new float[] {Float.POSITIVE_INFINITY, 1}))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> index.put(-1, new float[] {1, 0})).hasMessageContaining("-1");
    assertThatThrownBy(() -> index.view().similar(3, 1, _ -> true)).hasMessageContaining("item 3");
    assertThat(index.view().size()).isEqualTo(1);
    assertThat(index.view().search(new float[] {1, 0}, 1, _ -> true).scores()[0])
        .isCloseTo(1f, offset(1e-6f));
  }

  @Test
  void an_item_is_not_similar_to_itself() {
    var random = new SplittableRandom(3);
    var index = indexOf(gaussians(300, 32, random), 1);
    var found = index.view().similar(17, 300, _ -> true);
    assertThat(found.items()).hasSize(299).doesNotContain(17);
    assertThat(found.scores()[0]).isEqualTo(index.view().similarity(17, found.items()[0]));
  }

  @Test
  void scores_of_the_callers_own_decide_when_given() {
    var random = new SplittableRandom(4);
    var vectors = gaussians(2000, 64, random);
    var view = indexOf(vectors, 1).view();
    float[] query = Directions.gaussian(64, random);
    var found =
        view.search(
            query, 10, _ -> true, item -> (float) Directions.cosine(query, vectors.get(item)));
    assertThat(found.size()).isEqualTo(10);
    for (int n = 0; n < 10; n++) {
      assertThat(found.scores()[n])
          .isEqualTo((float) Directions.cosine(query, vectors.get(found.items()[n])));
    }
  }

  @Test
  void a_view_stays_as_it_was() {
    var random = new SplittableRandom(5);
    var index = indexOf(gaussians(3000, 32, random), 1);
    float[] query = Directions.gaussian(32, random);
    var view = index.view();
    var before = view.search(query, 50, _ -> true);
    for (int item = 0; item < 3000; item++) {
      if (item % 3 == 0) index.remove(item);
      else index.put(item, Directions.gaussian(32, random));
    }
    for (int item = 3000; item < 5000; item++) index.put(item, Directions.gaussian(32, random));
    var after = view.search(query, 50, _ -> true);
    assertThat(after.items()).containsExactly(before.items());
    assertThat(after.scores()).containsExactly(before.scores());
  }

  @Test
  void after_nearly_all_items_left_the_rest_is_found() {
    var random = new SplittableRandom(6);
    var index = indexOf(gaussians(6000, 32, random), 1);
    int cells = index.view().cells().length;
    for (int item = 0; item < 6000; item++) if (item % 200 != 0) index.remove(item);
    assertThat(index.view().size()).isEqualTo(30);
    assertThat(index.view().search(Directions.gaussian(32, random), 100, _ -> true).size())
        .isEqualTo(30);
    assertThat(index.view().cells().length).isLessThan(cells / 4);
    for (int item = 0; item < 6000; item += 200) index.remove(item);
    assertThat(index.view().search(Directions.gaussian(32, random), 100, _ -> true).size())
        .isZero();
    index.put(5, Directions.gaussian(32, random));
    assertThat(index.view().search(Directions.gaussian(32, random), 1, _ -> true).items())
        .containsExactly(5);
  }

  @Test
  void readers_see_whole_changes_while_a_writer_works() {
    var random = new SplittableRandom(7);
    var vectors = gaussians(600, 16, random);
    var index = indexOf(vectors, 1);
    float[] query = Directions.gaussian(16, random);
    var done = new AtomicBoolean();
    var reader =
        CompletableFuture.supplyAsync(() -> {
          int searches = 0;
          while (!done.get() || searches == 0) {
            var found = index.view().search(query, 2000, _ -> true);
            var distinct = new HashSet<Integer>();
            for (int item : found.items()) distinct.add(item);
            // Every second change removes an item and the other puts it back.
            assertThat(distinct).hasSize(found.size()).hasSizeBetween(599, 600);
            searches++;
          }
          return searches;
        });
    for (int change = 0; change < 20_000; change++) {
      int item = random.nextInt(600);
      if (change % 4 == 0) index.remove(item);
      index.put(item, vectors.get(random.nextInt(600)));
    }
    done.set(true);
    assertThat(reader.join()).isPositive();
  }

  @Test
  void the_same_changes_give_the_same_image() {
    var random = new SplittableRandom(8);
    var vectors = gaussians(3000, 48, random);
    var one = indexOf(vectors, 1);
    var two = indexOf(vectors, 1);
    for (int item = 0; item < 3000; item += 5) {
      one.remove(item);
      two.remove(item);
    }
    assertThat(image(one.view()).mismatch(image(two.view()))).isEqualTo(-1);
  }

  @Test
  void an_opened_image_answers_as_before_and_goes_on_from_there() {
    for (long seed = 0; seed < 5; seed++) {
      var random = new SplittableRandom(seed);
      var vectors = gaussians(4000, 80, random);
      var index = indexOf(vectors, seed);
      var image = image(index.view());
      byte[] bytes = image.toArray(ValueLayout.JAVA_BYTE);
      var opened = VectorIndex.open(image.asReadOnly());
      assertThat(image(opened.view()).mismatch(image)).isEqualTo(-1);
      for (int change = 0; change < 2000; change++) {
        int item = random.nextInt(5000);
        if (random.nextBoolean()) {
          assertThat(opened.remove(item)).isEqualTo(index.remove(item));
        } else {
          float[] vector = Directions.gaussian(80, random);
          index.put(item, vector);
          opened.put(item, vector);
        }
      }
      float[] query = Directions.gaussian(80, random);
      var expected = index.view().search(query, 20, _ -> true);
      var found = opened.view().search(query, 20, _ -> true);
      assertThat(found.items()).as("seed %d", seed).containsExactly(expected.items());
      assertThat(found.scores()).as("seed %d", seed).containsExactly(expected.scores());
      assertThat(image.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
    }
  }

  @Test
  void what_is_no_image_is_refused() {
    var image = image(indexOf(gaussians(100, 16, new SplittableRandom(9)), 1).view());
    assertThatThrownBy(() -> VectorIndex.open(image.asSlice(0, image.byteSize() - 1)))
        .hasMessageContaining("cut off");
    assertThatThrownBy(() -> VectorIndex.open(Arena.ofAuto().allocate(64)))
        .hasMessageContaining("not an image");
    assertThatThrownBy(() -> VectorIndex.open(MemorySegment.NULL))
        .hasMessageContaining("not an image");
  }

  private static MemorySegment image(VectorView view) {
    var image = Arena.ofAuto().allocate(view.imageBytes(), Long.BYTES);
    view.writeTo(image.fill((byte) 0x55));
    return image;
  }
}
