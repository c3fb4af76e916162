package dev.kindred.bench.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.bench.write.BenchDatabase;
import dev.kindred.bench.write.Folder;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Fills a database with a hundredth of what the largest installation is to hold, 100 000 entities
 * and a million interactions of 100 000 users, and says how large it is and how fast it was.
 */
public final class StorageBench {

  private static final TenantId TENANT = new TenantId("default");
  private static final EntityType PRODUCT = new EntityType("product");
  private static final int ENTITIES = 100_000;
  private static final int USERS = 100_000;
  private static final int INTERACTIONS = 1_000_000;
  private static final int AT_ONCE = 1_000;
  private static final int DIMENSION = 512;

  /** How many numbers of a made vector are not zero. */
  private static final int NOT_ZERO = 32;

  /** One interaction in so many has a weight of its own. */
  private static final int WEIGHED = 10;

  private static final Page PAGE = new Page(50, 0, Optional.empty());

  private StorageBench() {}

  public static int run(List<String> arguments) throws Exception {
    if (!arguments.isEmpty()) {
      System.err.println("usage: storage");
      return 2;
    }
    sqlite();
    postgresql();
    return 0;
  }

  private static void sqlite() throws IOException, SQLException {
    System.out.println("SQLite");
    try (Folder folder = Folder.create()) {
      Path file = folder.path().resolve("kindred.db");
      fill("sqlite:" + file);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        report(
            connection,
            """
            select name, sum(pgsize) from dbstat group by name having sum(pgsize) > 1000000
            order by 2 desc
            """);
        report(
            connection,
            "select 'database', page_count * page_size from pragma_page_count, pragma_page_size");
      }
    }
  }

  private static void postgresql() throws SQLException {
    System.out.println("PostgreSQL");
    try (BenchDatabase database = BenchDatabase.create("kindred_bench_storage")) {
      fill(database.url());
      try (Connection connection = database.connect()) {
        report(
            connection,
            """
            select relname, pg_relation_size(oid) from pg_class
            where relkind in ('r', 'i', 't') and pg_relation_size(oid) > 1000000
            order by 2 desc
            """);
        report(connection, "select 'database', pg_database_size(current_database())");
      }
    }
  }

  private static void fill(String url) {
    var random = new SplittableRandom(7);
    try (var store =
        JdbcStore.open(JdbcSettings.of(url), InstantSource.system(), new SplittableRandom())) {
      long start = System.nanoTime();
      var changes = new ArrayList<Change>(AT_ONCE);
      for (int i = 0; i < ENTITIES; i++) {
        changes.add(new Change.PutEntity(entity(i, random), PutMode.UPSERT));
        if (changes.size() == AT_ONCE) append(store, changes);
      }
      rate("entities", ENTITIES, start);
      start = System.nanoTime();
      long at = 1_767_225_600_000_000L;
      for (int i = 0; i < INTERACTIONS; i++) {
        at += random.nextInt(30_000_000);
        changes.add(new Change.RecordInteraction(interaction(at, random)));
        if (changes.size() == AT_ONCE) append(store, changes);
      }
      rate("interactions", INTERACTIONS, start);
      read(store, random);
    }
  }

  private static void read(JdbcStore store, SplittableRandom random) {
    long head = store.log().head();
    long start = System.nanoTime();
    long after = 0;
    long[] events = new long[1];
    for (long next = -1; next != after; ) {
      if (next >= 0) after = next;
      next = store.log().read(after, 10_000, event -> events[0]++);
    }
    rate("log read", (int) events[0], start);
    start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) store.log().read(head - 20, 1_000, event -> {});
    rate("tail reads", 1_000, start);
    start = System.nanoTime();
    var tenant = store.tenant(TENANT);
    for (int i = 0; i < 2_000; i++) {
      tenant.interactions().ofUser(new UserId("user-" + skewed(USERS, random)), PAGE);
    }
    rate("histories", 2_000, start);
    start = System.nanoTime();
    for (int i = 0; i < 2_000; i++) {
      tenant.catalog().find(new EntityKey(PRODUCT, entityId(random.nextInt(ENTITIES))));
    }
    rate("entities got", 2_000, start);
  }

  private static void append(JdbcStore store, List<Change> changes) {
    store.log().append(List.of(new Submission(TENANT, changes, Optional.empty())));
    changes.clear();
  }

  private static EntityDraft entity(int number, SplittableRandom random) {
    String attributes =
        """
        {"name":"Product number %d of the range","tags":["tag-%d","tag-%d"],"brand":"brand-%d",\
        "price":%d.99,"colour":"colour-%d","rating":4.%d,"category":"category-%d",\
        "in_stock":true}\
        """
            .formatted(
                number,
                random.nextInt(500),
                random.nextInt(500),
                random.nextInt(300),
                random.nextInt(500),
                random.nextInt(20),
                random.nextInt(10),
                random.nextInt(100));
    var values = new float[DIMENSION];
    for (int i = 0; i < NOT_ZERO; i++) {
      values[random.nextInt(DIMENSION)] = (float) random.nextDouble(-0.5, 0.5);
    }
    return new EntityDraft(
        new EntityKey(PRODUCT, entityId(number)),
        JsonObject.ofCanonical(attributes.getBytes(UTF_8)),
        new FeatureVector(values, 1),
        Availability.ALWAYS);
  }

  private static EntityId entityId(int number) {
    return new EntityId("product-" + number);
  }

  private static Interaction interaction(long atMicros, SplittableRandom random) {
    return new Interaction(
        new UserId("user-" + skewed(USERS, random)),
        new EntityRef(entityId(skewed(ENTITIES, random)), PRODUCT),
        random.nextInt(10) < 8 ? "view" : "purchase",
        random.nextInt(WEIGHED) == 0 ? OptionalDouble.of(4.5) : OptionalDouble.empty(),
        JsonObject.EMPTY,
        Instant.EPOCH.plusNanos(atMicros * 1_000),
        true,
        Optional.empty(),
        Optional.empty());
  }

  /** Small numbers more often than large ones, as with the popularity of things. */
  private static int skewed(int below, SplittableRandom random) {
    double uniform = random.nextDouble();
    return (int) (below * uniform * uniform);
  }

  private static void rate(String what, int count, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-12s %,10d in %6.1f s: %,10.0f a second%n", what, count, seconds, count / seconds);
  }

  private static void report(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        System.out.printf("%-34s %,15d bytes%n", rows.getString(1), rows.getLong(2));
      }
    }
  }
}
