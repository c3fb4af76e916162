package dev.kindred.collect.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.collect.VectorMaker;
import dev.kindred.collect.features.VectorUpkeep.Done;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorUpkeepTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final EntityKey GIVEN = EntityKey.of("product", "given");

  private final Store store =
      new MemoryStore(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  private final VectorMaker vectors = new PresentVectors(store);
  private final VectorUpkeep upkeep = new VectorUpkeep(store, this::keep, vectors);
  private final RandomCatalogue catalogue = new RandomCatalogue(new Random(1));
  private long followed;
  private int products;

  private void keep(Submission submission) {
    List<Receipt> receipts = store.log().append(List.of(submission));
    assertThat(receipts).hasSize(1);
  }

  private void put(int count) {
    var changes = new ArrayList<Change>();
    for (var product : catalogue.products(count)) {
      EntityKey key = EntityKey.of("product", "p" + products++);
      changes.add(putting(key, product.attributes(), vectors.make(SHOP, product.attributes())));
    }
    keep(new Submission(SHOP, changes, Optional.empty()));
    follow();
  }

  private static Change putting(EntityKey key, JsonObject attributes, FeatureVector vector) {
    return new Change.PutEntity(
        new EntityDraft(key, attributes, vector, Availability.ALWAYS), PutMode.UPSERT);
  }

  private void follow() {
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, 100_000, events::add);
    upkeep.follow(events);
  }

  @Test
  void a_catalogue_that_has_grown_gets_its_statistics_and_new_vectors() {
    put(1_200);
    assertThat(upkeep.run(SHOP, () -> {})).isEqualTo(new Done(1, 1_200, 1_200));

    var statistics = FeatureStatistics.of(store.tenant(SHOP).featureStatistics());
    assertThat(statistics.version()).isEqualTo(1);
    store
        .tenant(SHOP)
        .catalog()
        .scan(
            0,
            numbered -> {
              Entity entity = numbered.entity().orElseThrow();
              assertThat(entity.vector().madeWith()).isEqualTo(1);
              assertThat(entity.vector().values())
                  .isEqualTo(new FeatureVectors(64).of(entity.attributes(), statistics));
            });
  }

  @Test
  void a_small_catalogue_is_left_as_it_is() {
    put(999);
    assertThat(upkeep.run(SHOP, () -> {})).isEqualTo(new Done(0, 999, 0));
    assertThat(store.tenant(SHOP).featureStatistics()).isEmpty();
  }

  @Test
  void vectors_that_the_client_gave_stay() {
    var given = FeatureVector.given(new float[64]);
    put(1_200);
    keep(Submission.of(SHOP, putting(GIVEN, JsonObject.EMPTY, given)));
    assertThat(upkeep.run(SHOP, () -> {}).refreshed()).isEqualTo(1_200);
    assertThat(store.tenant(SHOP).catalog().find(GIVEN).orElseThrow().vector()).isEqualTo(given);
  }

  @Test
  void a_tenant_is_due_at_first_and_then_when_enough_has_come() {
    put(600);
    assertThat(upkeep.due()).containsExactly(SHOP);
    upkeep.run(SHOP, () -> {});
    assertThat(upkeep.due()).isEmpty();
    put(399);
    assertThat(upkeep.due()).isEmpty();
    put(1);
    assertThat(upkeep.due()).containsExactly(SHOP);
    assertThat(upkeep.run(SHOP, () -> {}).version()).isEqualTo(1);
    assertThat(upkeep.due()).isEmpty();
    put(1_000);
    assertThat(upkeep.due()).containsExactly(SHOP);
    assertThat(upkeep.run(SHOP, () -> {})).isEqualTo(new Done(2, 2_000, 2_000));
  }

  @Test
  void a_run_that_is_ended_can_be_taken_up_again() {
    put(1_200);
    int[] patience = {2_000};
    assertThatThrownBy(() ->
            upkeep.run(
                SHOP,
                () -> {
                  if (patience[0]-- == 0) throw new IllegalStateException("enough");
                }))
        .hasMessage("enough");
    Done rest = upkeep.run(SHOP, () -> {});
    assertThat(rest.version()).isEqualTo(1);
    assertThat(rest.refreshed()).isBetween(1L, 1_199L);
    assertThat(upkeep.run(SHOP, () -> {}).refreshed()).isZero();
  }

  /** Looks up the statistics each time. */
  private record PresentVectors(Store store) implements VectorMaker {

    private static final FeatureVectors VECTORS = new FeatureVectors(64);

    @Override
    public int dimension() {
      return VECTORS.dimension();
    }

    @Override
    public FeatureVector make(TenantId tenant, JsonObject attributes) {
      var statistics = FeatureStatistics.of(store.tenant(tenant).featureStatistics());
      return new FeatureVector(VECTORS.of(attributes, statistics), statistics.version());
    }

    @Override
    public Entity upToDate(TenantId tenant, Entity entity) {
      FeatureVector vector = entity.vector();
      if (vector.isGiven()) return entity;
      return new Entity(
          entity.key(),
          entity.attributes(),
          make(tenant, entity.attributes()),
          entity.availability(),
          entity.createdAt(),
          entity.updatedAt());
    }
  }
}
