package dev.kindred.bench.analytics;

import dev.kindred.bench.write.BenchDatabase;
import dev.kindred.bench.write.Folder;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.Tail;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.Cleanup;
import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * What counting behaviour costs, in this process: a million behaviours of 20 000 users with 5 000
 * titles, one of the users having a twentieth of them. Each figure stands beside the same one for
 * somebody who has done hardly anything, which is the floor of it.
 */
public final class AnalyticsBench {

  private static final TenantId TENANT = new TenantId("bench");
  private static final int WRITES = 1_000;
  private static final int QUESTIONS = 5_000;
  private static final int SIMILAR_QUESTIONS = 50;

  private final Store store;
  private final Traffic traffic;
  private final RandomGenerator random = new SplittableRandom(7);

  private AnalyticsBench(Store store, Traffic traffic) {
    this.store = store;
    this.traffic = traffic;
  }

  public static int run(List<String> arguments) throws Exception {
    var left = new ArrayList<>(arguments);
    boolean sqlite = !left.remove("--postgresql");
    boolean postgresql = !left.remove("--sqlite");
    if (left.size() > 1 || (!sqlite && !postgresql)) {
      System.err.println("usage: analytics [EVENTS] [--sqlite | --postgresql]");
      return 2;
    }
    int events = left.isEmpty() ? 1_000_000 : Integer.parseInt(left.getFirst());
    System.out.printf("%,d behaviours, seed %d%n", events, Traffic.SEED);
    if (sqlite) onSqlite(events);
    if (postgresql) onPostgresql(events);
    return 0;
  }

  private static void onSqlite(int events) throws Exception {
    try (Folder folder = Folder.create()) {
      measure("SQLite", "sqlite:" + folder.path().resolve("kindred.db"), events);
    }
  }

  private static void onPostgresql(int events) throws Exception {
    try (BenchDatabase database = BenchDatabase.create("kindred_bench_analytics")) {
      measure("PostgreSQL", database.url(), events);
    }
  }

  private static void measure(String name, String url, int events) throws Exception {
    Clock clock = Clock.systemUTC();
    try (Store store = JdbcStore.open(JdbcSettings.of(url), clock, new SplittableRandom())) {
      var bench = new AnalyticsBench(store, new Traffic(events, clock.instant()));
      System.out.println(name);
      bench.traffic.fill(store, TENANT);
      bench.run(clock);
    }
  }

  private void run(Clock clock) throws Exception {
    var tail = new Tail(store.log());
    long used = usedBytes();
    long start = System.nanoTime();
    var behaviours = new Behaviours(store, clock);
    tail.tell(behaviours::follow, behaviours.load());
    print("start: the whole log counted", "%,.0f ms", (System.nanoTime() - start) / 1e6);
    behaviours.user(TENANT, Traffic.HEAVY);
    print("memory of what is counted", "%,.0f MB", (usedBytes() - used) / 1e6);
    try (GroupCommit commit =
        GroupCommit.start(
            store.log(), tail, GroupCommit.Limits.DEFAULT, Thread.ofPlatform().factory())) {
      writes(commit);
      questions(behaviours);
      similar(behaviours, commit);
      cleanup(commit, clock);
    }
  }

  /** Each durable before it is answered; alternately, so that both meet the same machine. */
  private void writes(GroupCommit commit) {
    var heavy = new Times(WRITES);
    var fresh = new Times(WRITES);
    for (int i = 0; i < 2 * WRITES; i++) {
      UserId user = i % 2 == 0 ? Traffic.HEAVY : new UserId("fresh-" + i);
      var submission = traffic.one(TENANT, user, random);
      (i % 2 == 0 ? heavy : fresh).time(() -> commit.keep(submission));
    }
    heavy.print("one write, heaviest user", fresh, "a user without a history");
  }

  private void questions(Behaviours behaviours) {
    var heavy = new Times(QUESTIONS);
    var others = new Times(QUESTIONS);
    var content = new Times(QUESTIONS);
    for (int i = 0; i < QUESTIONS; i++) {
      UserId user = traffic.user(random);
      EntityKey title = traffic.title(random);
      heavy.time(() -> behaviours.user(TENANT, Traffic.HEAVY));
      others.time(() -> behaviours.user(TENANT, user));
      content.time(() -> behaviours.content(TENANT, title));
    }
    heavy.print("user analytics, heaviest user", others, "any user");
    content.print("content metrics");
  }

  /** A write before each, so that nothing is answered from the cache. */
  private void similar(Behaviours behaviours, GroupCommit commit) {
    var heavy = new Times(SIMILAR_QUESTIONS);
    var others = new Times(SIMILAR_QUESTIONS);
    for (int i = 0; i < SIMILAR_QUESTIONS; i++) {
      var _ = commit.keep(traffic.one(TENANT, traffic.user(random), random));
      UserId user = traffic.user(random);
      heavy.time(() -> behaviours.similar(TENANT, Traffic.HEAVY, GenreTerm.COSINE, 10));
      others.time(() -> behaviours.similar(TENANT, user, GenreTerm.COSINE, 10));
    }
    heavy.print("similar users, heaviest user", others, "any user");
  }

  /** Half of the rows go while somebody writes all the time. */
  private void cleanup(GroupCommit commit, Clock clock) throws InterruptedException {
    var before = new Times(WRITES);
    for (int i = 0; i < WRITES; i++) time(commit, before);
    var during = new Times(1_000_000);
    var isDone = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              while (!isDone.get()) time(commit, during);
            });
    long start = System.nanoTime();
    var steps = new Steps();
    var cleanup =
        new Cleanup(
            store, commit::keep, clock, _ -> Traffic.DAYS / 2, System::nanoTime, steps::pause);
    long folded = cleanup.run(TENANT, (_, _, _) -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    isDone.set(true);
    writer.join();
    print("clean-up", "%,.1f s", seconds);
    print("rows that it took out", "%,.0f", (double) folded);
    steps.print();
    during.print("writes during the clean-up", before, "before it");
  }

  /** The clean-up rests for as long as a step took. */
  private static final class Steps {
    private final List<Duration> all = new ArrayList<>();

    void pause(Duration time) throws InterruptedException {
      if (time.isPositive()) all.add(time);
      Thread.sleep(time);
    }

    void print() {
      all.sort(null);
      System.out.printf(
          "  %-30s p50 %8.3f  p99 %8.3f  max %8.3f ms of %,d%n",
          "its steps, up to 100 ms", at(0.5), at(0.99), at(1), all.size());
    }

    private double at(double share) {
      return all.isEmpty() ? 0 : all.get((int) ((all.size() - 1) * share)).toNanos() / 1e6;
    }
  }

  private void time(GroupCommit commit, Times times) {
    var submission = traffic.one(TENANT, traffic.user(random), random);
    times.time(() -> commit.keep(submission));
  }

  private static void print(String what, String format, double value) {
    System.out.printf("  %-32s " + format + "%n", what, value);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
