package dev.kindred.store.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.TestServices;
import dev.kindred.collect.features.VectorIndexUpkeep;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Submission;
import dev.kindred.store.Catalog.Numbered;
import dev.kindred.store.Shop;
import dev.kindred.store.VectorIndex;
import dev.kindred.store.VectorIndex.Neighbour;
import dev.kindred.testing.SettableClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nearest neighbours found by PostgreSQL. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class PgVectorsTest {

  private static final int DIMENSION = 16;
  private static final EntityType PRODUCT = new EntityType("product");

  private final SplittableRandom random = new SplittableRandom(5);
  private final SettableClock clock = SettableClock.atNoon();
  private TestDatabase.Postgres database;
  private JdbcStore store;

  @BeforeEach
  void open() {
    database = TestDatabase.postgresql();
    store = open(true);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  @Test
  void a_small_tenant_beside_a_large_one_gets_all_it_asks_for() {
    Shop large = shop("large");
    Shop small = shop("small");
    for (int i = 0; i < 20; i++) putMany(large, "product", i * 1_000, 1_000);
    putMany(small, "product", 0, 200);
    index().build();

    assertThat(index().isBuilt()).isTrue();
    for (int i = 0; i < 20; i++) {
      float[] query = randomVector();
      assertThat(numbers(index().nearest(small.tenant(), PRODUCT, query, 10)))
          .containsExactlyElementsOf(exactly(small, query, 10));
    }
    for (int i = 0; i < 20; i++) {
      float[] query = randomVector();
      List<Integer> found = numbers(index().nearest(large.tenant(), PRODUCT, query, 10));
      assertThat(found).hasSize(10);
      assertThat(found).filteredOn(exactly(large, query, 10)::contains).hasSizeGreaterThan(5);
    }
    // A type that is rare within the large tenant is as good as a small tenant.
    putMany(large, "film", 0, 20);
    assertThat(index().nearest(large.tenant(), new EntityType("film"), randomVector(), 10))
        .hasSize(10);

    index().drop();

    assertThat(index().isBuilt()).isFalse();
    float[] query = randomVector();
    assertThat(numbers(index().nearest(large.tenant(), PRODUCT, query, 10)))
        .containsExactlyElementsOf(exactly(large, query, 10));
  }

  @Test
  void copies_follow_the_entities() {
    Shop shop = shop("shop");
    var boots = EntityKey.of("product", "boots");
    var coat = EntityKey.of("product", "coat");
    put(shop, boots, axis(0));
    put(shop, coat, axis(1));
    assertThat(nearestTo(shop, axis(0))).containsExactly(shop.numberOf(boots));

    put(shop, boots, axis(2));
    assertThat(nearestTo(shop, axis(2))).containsExactly(shop.numberOf(boots));

    Numbered read = shop.data().catalog().numbered(List.of(shop.numberOf(coat))).getFirst();
    shop.data().catalog().refreshVectors(List.of(with(read, axis(3))));
    assertThat(nearestTo(shop, axis(3))).containsExactly(shop.numberOf(coat));

    shop.delete(coat);
    assertThat(nearestTo(shop, axis(3))).containsExactly(shop.numberOf(boots));
  }

  @Test
  void the_graph_is_there_while_there_are_enough_copies() {
    var upkeep = new VectorIndexUpkeep(index(), 100);
    assertThat(upkeep.isDue()).isTrue();
    Shop shop = shop("shop");
    putMany(shop, "product", 0, 99);

    assertThat(upkeep.run(() -> {})).isEqualTo(new VectorIndexUpkeep.Done(0, 99, false));
    assertThat(upkeep.isDue()).isFalse();

    putMany(shop, "product", 99, 1);
    assertThat(upkeep.run(() -> {})).isEqualTo(new VectorIndexUpkeep.Done(0, 100, true));

    for (int i = 0; i < 51; i++) shop.delete(EntityKey.of("product", "e" + i));
    assertThat(upkeep.run(() -> {})).isEqualTo(new VectorIndexUpkeep.Done(0, 49, false));
  }

  @Test
  void a_look_is_due_after_many_changes_of_entities() {
    var upkeep = new VectorIndexUpkeep(index(), 100);
    upkeep.run(() -> {});

    upkeep.follow(Collections.nCopies(999, new Event.EntityPut(1, 1, 1)));
    assertThat(upkeep.isDue()).isFalse();

    upkeep.follow(List.of(new Event.UserPut(2, 1, 1), new Event.EntityDeleted(3, 1, 1)));
    assertThat(upkeep.isDue()).isTrue();
  }

  @Test
  void what_was_written_while_the_process_searched_is_copied_anew() {
    Shop shop = shop("shop");
    var boots = EntityKey.of("product", "boots");
    put(shop, boots, axis(0));
    putMany(shop, "product", 0, 1_200);
    store.close();
    store = open(false);
    put(shop("shop"), boots, axis(1));
    store.close();
    store = open(true);

    var done = new VectorIndexUpkeep(index(), 10_000).run(() -> {});

    assertThat(done).isEqualTo(new VectorIndexUpkeep.Done(1_201, 1_201, false));
    assertThat(nearestTo(shop("shop"), axis(1))).containsExactly(shop("shop").numberOf(boots));
  }

  @Test
  void a_server_without_the_extension_says_how_to_install_it() {
    // What is asked for by this name is found here first.
    database.execute(
        "create schema bare",
        "create view bare.pg_available_extensions as select 'hstore' as name",
        "alter database " + database.name() + " set search_path = bare, pg_catalog, public");

    assertThatThrownBy(() -> open(true).close())
        .isInstanceOf(MigrationProblem.class)
        .hasMessageContaining("does not offer the extension pgvector")
        .hasMessageContaining("apt install postgresql-")
        .hasMessageContaining("brew install pgvector")
        .hasMessageContaining("pgvector/pgvector:pg")
        .hasMessageContaining("VALIDATE_PGVECTOR=false");
  }

  @Test
  void vectors_too_long_too_large_or_zero_do_no_harm() {
    Shop shop = shop("shop");
    put(shop, EntityKey.of("product", "zero"), new float[DIMENSION]);
    put(shop, EntityKey.of("product", "long"), new float[] {1, 2, 3});
    float[] huge = axis(4);
    huge[4] = Float.MAX_VALUE;
    put(shop, EntityKey.of("product", "huge"), huge);

    List<Neighbour> found = index().nearest(shop.tenant(), PRODUCT, axis(4), 10);

    assertThat(numbers(found)).containsExactly(shop.numberOf(EntityKey.of("product", "huge")));
    assertThat(index().nearest(shop.tenant(), PRODUCT, new float[DIMENSION], 10)).isEmpty();
    assertThat(index().nearest(shop("nobody").tenant(), PRODUCT, axis(4), 10)).isEmpty();
  }

  @Test
  void what_was_stored_before_pgvector_was_asked_for_is_filled_in() {
    store.close();
    store = open(false);
    assertThat(store.vectorIndex()).isEmpty();
    putMany(shop("shop"), "product", 0, 1_200);
    store.close();
    store = open(true);

    assertThat(index().nearest(shop("shop").tenant(), PRODUCT, axis(0), 5)).isEmpty();
    assertThat(index().fill(() -> {})).isEqualTo(1_200);
    assertThat(index().fill(() -> {})).isZero();
    assertThat(index().nearest(shop("shop").tenant(), PRODUCT, axis(0), 5)).hasSize(5);
  }

  private JdbcStore open(boolean inDatabase) {
    JdbcSettings settings =
        database.settings().withVectors(new JdbcSettings.Vectors(DIMENSION, inDatabase, true));
    return JdbcStore.open(settings, clock, new SplittableRandom());
  }

  private VectorIndex index() {
    return store.vectorIndex().orElseThrow();
  }

  private Shop shop(String tenant) {
    return new Shop(store, new dev.kindred.domain.TenantId(tenant), clock);
  }

  private void putMany(Shop shop, String type, int from, int count) {
    var changes = new ArrayList<Change>();
    for (int i = from; i < from + count; i++) {
      changes.add(change(EntityKey.of(type, "e" + i), randomVector()));
    }
    shop.submit(new Submission(shop.tenant(), changes, Optional.empty()));
  }

  private static void put(Shop shop, EntityKey key, float[] vector) {
    shop.submit(change(key, vector));
  }

  private static Change change(EntityKey key, float[] vector) {
    var draft =
        new EntityDraft(key, Shop.json("{}"), new FeatureVector(vector, 0), Availability.ALWAYS);
    return new Change.PutEntity(draft, PutMode.UPSERT);
  }

  private static Numbered with(Numbered read, float[] vector) {
    var entity = read.entity().orElseThrow();
    return new Numbered(
        read.number(),
        read.key(),
        Optional.of(
            new dev.kindred.domain.Entity(
                entity.key(),
                entity.attributes(),
                new FeatureVector(vector, 1),
                entity.availability(),
                entity.createdAt(),
                entity.updatedAt())));
  }

  private List<Integer> nearestTo(Shop shop, float[] query) {
    return numbers(index().nearest(shop.tenant(), PRODUCT, query, 1));
  }

  private static List<Integer> numbers(List<Neighbour> neighbours) {
    return neighbours.stream().map(Neighbour::entity).toList();
  }

  /** The slow twin. */
  private static List<Integer> exactly(Shop shop, float[] query, int count) {
    record Scored(int entity, double similarity) {}
    var all = new ArrayList<Scored>();
    shop.data()
        .catalog()
        .scan(
            0,
            numbered ->
                numbered
                    .entity()
                    .filter(entity -> entity.key().type().equals(PRODUCT))
                    .ifPresent(entity ->
                        all.add(
                            new Scored(
                                numbered.number(), cosine(entity.vector().values(), query)))));
    return all.stream()
        .sorted(Comparator.comparingDouble(Scored::similarity).reversed())
        .limit(count)
        .map(Scored::entity)
        .map(number -> requireNonNull(number))
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      ofA += a[i] * a[i];
      ofB += b[i] * b[i];
    }
    return dot / Math.sqrt(ofA * ofB);
  }

  private static float[] axis(int direction) {
    var vector = new float[DIMENSION];
    vector[direction] = 1;
    return vector;
  }

  private float[] randomVector() {
    var vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) vector[i] = (float) random.nextGaussian();
    return vector;
  }
}
