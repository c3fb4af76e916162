package dev.kindred.bench.nearest;

import dev.kindred.engine.TopK;
import dev.kindred.engine.math.Vectors;
import dev.kindred.engine.nearest.VectorIndex;
import dev.kindred.engine.nearest.VectorView;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How fast and how exact the search for nearest neighbours is, against a scan of all vectors as
 * floats in the same minute, per second of one thread's CPU time.
 *
 * <p>Three kinds of data: gaussian clusters, the sparse hashed features of a generated catalogue,
 * and gaussian noise, in which nothing is near anything. Two kinds of queries: a new item, and the
 * sum of five items that one user may have liked.
 */
public final class NearestBench {
  private static final int K = 10;
  private static final int QUERIES = 200;
  private static final int ROUNDS = 8;

  private final int items;
  private final int dimensions;
  private final SplittableRandom random;

  private NearestBench(int items, int dimensions, long seed) {
    this.items = items;
    this.dimensions = dimensions;
    this.random = new SplittableRandom(seed);
  }

  /** {@code [items [dimensions [seed]]]}: 100 000, 512 and 1 unless told. */
  public static int run(List<String> arguments) {
    int items = arguments.size() > 0 ? Integer.parseInt(arguments.get(0)) : 100_000;
    int dimensions = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 512;
    long seed = arguments.size() > 2 ? Long.parseLong(arguments.get(2)) : 1;
    System.out.printf("nearest: %,d items x %d, k %d, seed %d%n", items, dimensions, K, seed);
    for (var kind : Kind.values()) new NearestBench(items, dimensions, seed).run(kind);
    return 0;
  }

  private enum Kind {
    CLUSTERS,
    CATALOGUE,
    NOISE
  }

  private void run(Kind kind) {
    VectorSource source =
        switch (kind) {
          case CLUSTERS -> VectorSource.clusters(dimensions, items / 100, 1.0, random.split());
          case CATALOGUE -> VectorSource.catalogue(dimensions, random.split());
          case NOISE -> VectorSource.clusters(dimensions, 1, 1e6, random.split());
        };
    float[] vectors = new float[items * dimensions];
    for (int item = 0; item < items; item++) {
      System.arraycopy(source.next(), 0, vectors, item * dimensions, dimensions);
    }

    var index = new VectorIndex(dimensions, 7);
    long slowest = 0;
    long began = cpuNanos();
    for (int item = 0; item < items; item++) {
      long start = cpuNanos();
      index.put(item, vector(vectors, item));
      slowest = Math.max(slowest, cpuNanos() - start);
    }
    double seconds = (cpuNanos() - began) / 1e9;
    System.out.printf(
        "%n%s: %.1f us an insert, slowest %.1f ms%n",
        kind.name().toLowerCase(Locale.ROOT), seconds * 1e6 / items, slowest / 1e6);
    image(index);

    float[][] fresh = new float[QUERIES][];
    Arrays.setAll(fresh, _ -> source.next());
    float[][] tastes = new float[QUERIES][];
    Arrays.setAll(tastes, _ -> taste(vectors));
    System.out.printf("%-34s %9s %9s %9s %8s%n", "", "recall@10", "scan q/s", "q/s", "ratio");
    compare("new items", vectors, index.view(), fresh, 1);
    compare("tastes of five items", vectors, index.view(), tastes, 1);
    compare("new items, 1 in 10 eligible", vectors, index.view(), fresh, 10);
    compare("new items, 1 in 1000 eligible", vectors, index.view(), fresh, 1000);
  }

  private static void image(VectorIndex index) {
    try (var arena = Arena.ofConfined()) {
      var image = arena.allocate(index.view().imageBytes(), Long.BYTES);
      index.view().writeTo(image);
      double millis = Double.POSITIVE_INFINITY;
      for (int round = 0; round < 5; round++) {
        long start = cpuNanos();
        var opened = VectorIndex.open(image);
        millis = Math.min(millis, (cpuNanos() - start) / 1e6);
        if (opened.view().size() != index.view().size()) throw new IllegalStateException("lost");
      }
      System.out.printf("image of %.1f MB, opened in %.1f ms%n", image.byteSize() / 1e6, millis);
    }
  }

  private void compare(
      String what, float[] vectors, VectorView view, float[][] queries, int oneIn) {
    var eligible = new BitSet(items);
    for (int item = oneIn / 2; item < items; item += oneIn) eligible.set(item);
    var exact = new long[queries.length][];
    var found = new int[queries.length][];
    double scan = 0;
    double search = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int from = queries.length * round / ROUNDS;
      int to = queries.length * (round + 1) / ROUNDS;
      scan =
          Math.max(scan, perSecond(from, to, n -> exact[n] = scan(vectors, queries[n], eligible)));
      for (int again = 0; again < 3; again++) {
        search =
            Math.max(
                search,
                perSecond(
                    0, queries.length, n -> found[n] = search(view, queries[n], eligible, oneIn)));
      }
    }
    int hits = 0;
    for (int n = 0; n < queries.length; n++) {
      if (found[n].length != K) throw new IllegalStateException("found only " + found[n].length);
      float last = TopK.score(exact[n][K - 1]) - 1e-6f;
      for (int item : found[n]) {
        if (Vectors.dot(vectors, item * dimensions, queries[n], 0, dimensions) >= last) hits++;
      }
    }
    System.out.printf(
        "%-34s %9.3f %9.0f %9.0f %8.0f%n",
        what, hits / (double) (queries.length * K), scan, search, search / scan);
  }

  private static int[] search(VectorView view, float[] query, BitSet eligible, int oneIn) {
    var found = oneIn == 1 ? view.search(query, K, _ -> true) : view.search(query, K, eligible);
    return found.items();
  }

  private interface Query {
    void run(int number);
  }

  private static double perSecond(int from, int to, Query query) {
    long start = cpuNanos();
    for (int n = from; n < to; n++) query.run(n);
    return (to - from) * 1e9 / (cpuNanos() - start);
  }

  /** Of this thread: what else the machine does must not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The vectors are of length one, so the dot product orders as the cosine does. */
  private long[] scan(float[] vectors, float[] query, BitSet eligible) {
    var best = new TopK(K);
    for (int item = eligible.nextSetBit(0); item >= 0; item = eligible.nextSetBit(item + 1)) {
      best.offer(item, Vectors.dot(vectors, item * dimensions, query, 0, dimensions));
    }
    return best.packed();
  }

  private float[] taste(float[] vectors) {
    float[] sum = new float[dimensions];
    for (int liked = 0; liked < 5; liked++) {
      float[] vector = vector(vectors, random.nextInt(items));
      for (int d = 0; d < dimensions; d++) sum[d] += vector[d];
    }
    return sum;
  }

  private float[] vector(float[] vectors, int item) {
    return Arrays.copyOfRange(vectors, item * dimensions, (item + 1) * dimensions);
  }
}
