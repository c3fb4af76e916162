package dev.kindred.engine.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CodesTest {
  @Test
  void products_of_bytes_equal_the_plain_sum() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      int length = Int8.STEP * (1 + random.nextInt(12));
      byte[] a = new byte[length + 7];
      byte[] b = new byte[length + 3];
      boolean extreme = seed % 4 == 0;
      for (int i = 0; i < a.length; i++) a[i] = number(random, extreme);
      for (int i = 0; i < b.length; i++) b[i] = number(random, extreme);
      int expected = 0;
      for (int i = 0; i < length; i++) expected += a[i + 7] * b[i + 3];
      assertThat(Int8.dot(a, 7, b, 3, length)).as("seed %d", seed).isEqualTo(expected);
      try (var arena = Arena.ofConfined()) {
        var outside = arena.allocate(a.length).copyFrom(MemorySegment.ofArray(a));
        assertThat(Int8.dot(outside, 7, b, 3, length)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void signs_have_a_bit_for_each_number_below_zero() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new SplittableRandom(seed);
      byte[] values = new byte[Int8.STEP * (1 + random.nextInt(12))];
      for (int i = 0; i < values.length; i++) values[i] = number(random, seed % 4 == 0);
      long[] expected = new long[values.length / Long.SIZE];
      for (int i = 0; i < values.length; i++) {
        if (values[i] < 0) expected[i / Long.SIZE] |= 1L << i;
      }
      assertThat(Int8.signs(values)).as("seed %d", seed).containsExactly(expected);
    }
  }

  @Test
  void distances_are_those_that_counting_bits_finds() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new SplittableRandom(seed);
      int words = 1 + random.nextInt(9);
      int blocks = 1 + random.nextInt(3);
      long[] codes = random.longs((long) blocks * Hamming.BLOCK * words).toArray();
      long[] wanted = random.longs(words).toArray();
      int block = random.nextInt(blocks);
      int to = random.nextInt(5);
      long[] distances = new long[Hamming.BLOCK + to];
      Hamming.distances(codes, block * Hamming.BLOCK * words, wanted, distances, to);
      long[] code = new long[words];
      for (int n = 0; n < Hamming.BLOCK; n++) {
        Hamming.load(codes, block * Hamming.BLOCK + n, code);
        long expected = 0;
        for (int w = 0; w < words; w++) expected += Long.bitCount(code[w] ^ wanted[w]);
        assertThat(distances[to + n]).as("seed %d, code %d", seed, n).isEqualTo(expected);
      }
    }
  }

  private static byte number(SplittableRandom random, boolean extreme) {
    return (byte) (extreme ? (random.nextBoolean() ? 127 : -127) : random.nextInt(-127, 128));
  }

  @Test
  void codes_within_a_distance_are_those_that_counting_bits_finds() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      int words = 1 + random.nextInt(9);
      int blocks = 1 + random.nextInt(3);
      long[] codes = random.longs((long) blocks * Hamming.BLOCK * words).toArray();
      long[] signs = random.longs(words).toArray();
      long[] heavy = random.longs(words).toArray();
      int limit = random.nextInt(words * 140);
      int block = random.nextInt(blocks);
      long expected = 0;
      long[] code = new long[words];
      for (int n = 0; n < Hamming.BLOCK; n++) {
        Hamming.load(codes, block * Hamming.BLOCK + n, code);
        int distance = 0;
        for (int w = 0; w < words; w++) {
          long differing = code[w] ^ signs[w];
          distance += Long.bitCount(differing) + 2 * Long.bitCount(differing & heavy[w]);
        }
        if (distance <= limit) expected |= 1L << n;
      }
      int at = block * Hamming.BLOCK * words;
      assertThat(Hamming.within(codes, at, signs, heavy, limit))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void a_stored_code_is_loaded_and_its_neighbours_stay() {
    long[] codes = new long[2 * Hamming.BLOCK * 3];
    Hamming.store(new long[] {1, 2, 3}, codes, 70);
    Hamming.store(new long[] {4, 5, 6}, codes, 71);
    long[] code = new long[3];
    Hamming.load(codes, 70, code);
    assertThat(code).containsExactly(1, 2, 3);
    Hamming.load(codes, 69, code);
    assertThat(code).containsExactly(0, 0, 0);
  }
}
