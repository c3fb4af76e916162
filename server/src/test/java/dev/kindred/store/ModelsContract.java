package dev.kindred.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Models.InForce;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Learned models, in force and tried. */
public abstract class ModelsContract extends StoreContract {
  private static final TenantId ANOTHER = new TenantId("another-shop");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

  protected ModelsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  private static ModelRecord model(String name, String type, boolean isInForce) {
    return new ModelRecord(
        name, type, 7, AT, AT.plusSeconds(1), isInForce, Shop.json("{\"why\":\"best\"}"));
  }

  private List<String> pieces(TenantId tenant, String name) {
    var pieces = new ArrayList<String>();
    shop.store().models().read(tenant, name, bytes -> pieces.add(new String(bytes, UTF_8)));
    return pieces;
  }

  private void keep(String name, String... pieces) {
    for (int n = 0; n < pieces.length; n++) {
      shop.store().models().keepPiece(shop.tenant(), name, n, pieces[n].getBytes(UTF_8));
    }
  }

  @Test
  void a_model_comes_back_as_it_was_kept() {
    Models models = shop.store().models();
    keep("m1", "one", "two");
    models.record(shop.tenant(), model("m1", "product", true));

    assertThat(pieces(shop.tenant(), "m1")).containsExactly("one", "two");
    assertThat(models.find(shop.tenant(), "m1")).contains(model("m1", "product", true));
    assertThat(models.inForce()).containsExactly(new InForce(shop.tenant(), "product", "m1"));
  }

  @Test
  void the_next_model_of_a_type_replaces_the_one_before() {
    Models models = shop.store().models();
    keep("m1", "one");
    models.record(shop.tenant(), model("m1", "product", true));
    keep("m2", "two");
    models.record(shop.tenant(), model("m2", "film", true));
    keep("m3", "three");
    models.record(shop.tenant(), model("m3", "product", true));

    assertThat(models.inForce()).extracting(InForce::name).containsExactly("m2", "m3");
    assertThat(pieces(shop.tenant(), "m1")).isEmpty();
    assertThat(pieces(shop.tenant(), "m2")).containsExactly("two");
    assertThat(models.newest(shop.tenant(), 2))
        .extracting(ModelRecord::name)
        .containsExactly("m3", "m2");
  }

  @Test
  void what_was_not_good_enough_is_written_down_and_changes_nothing() {
    Models models = shop.store().models();
    keep("m1", "one");
    models.record(shop.tenant(), model("m1", "product", true));
    models.record(shop.tenant(), model("m2", "product", false));

    assertThat(models.inForce()).extracting(InForce::name).containsExactly("m1");
    assertThat(pieces(shop.tenant(), "m1")).containsExactly("one");
    assertThat(models.find(shop.tenant(), "m2").orElseThrow().isInForce()).isFalse();
  }

  @Test
  void only_so_many_records_are_kept_but_always_the_one_in_force() {
    Models models = shop.store().models();
    keep("m", "one");
    models.record(shop.tenant(), model("m", "product", true));
    for (int n = 0; n < Models.RECORDS_KEPT + 3; n++) {
      models.record(shop.tenant(), model("loser" + n, "product", false));
    }

    assertThat(models.newest(shop.tenant(), 1_000)).hasSize(Models.RECORDS_KEPT + 1);
    assertThat(models.find(shop.tenant(), "m")).isPresent();
    assertThat(models.find(shop.tenant(), "loser0")).isEmpty();
  }

  @Test
  void of_models_that_end_at_the_same_time_all_are_written_down_and_one_is_in_force()
      throws Exception {
    List<Future<Integer>> written;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      written = threads.invokeAll(IntStream.range(0, 4).mapToObj(this::recordingSome).toList());
    }

    for (Future<Integer> one : written) assertThat(one.get()).isEqualTo(10);
    Models models = shop.store().models();
    List<ModelRecord> newest = models.newest(shop.tenant(), 1_000);
    assertThat(newest).extracting(ModelRecord::name).doesNotHaveDuplicates().hasSize(40);
    assertThat(models.inForce())
        .extracting(InForce::name)
        .containsExactly(newest.getFirst().name());
  }

  private Callable<Integer> recordingSome(int trainer) {
    return () -> {
      int n = 0;
      for (; n < 10; n++) {
        shop.store().models().record(shop.tenant(), model(trainer + "-" + n, "product", true));
      }
      return n;
    };
  }

  @Test
  void pieces_that_another_model_swept_away_are_missed_and_stay_when_kept_again() {
    Models models = shop.store().models();
    keep("m1", "one", "two");
    assertThat(models.pieces(shop.tenant(), "m1")).isEqualTo(2);
    models.record(shop.tenant(), model("m2", "film", false));
    models.record(shop.tenant(), model("m1", "product", true));
    assertThat(models.pieces(shop.tenant(), "m1")).isZero();

    keep("m1", "one", "two");
    models.record(shop.tenant(), model("m3", "film", false));

    assertThat(pieces(shop.tenant(), "m1")).containsExactly("one", "two");
    assertThat(models.pieces(ANOTHER, "m1")).isZero();
  }

  @Test
  void models_are_each_tenants_own_and_take_no_position() {
    keep("m1", "one");
    shop.store().models().record(shop.tenant(), model("m1", "product", true));

    assertThat(shop.store().models().find(ANOTHER, "m1")).isEmpty();
    assertThat(pieces(ANOTHER, "m1")).isEmpty();
    assertThat(shop.store().models().newest(ANOTHER, 9)).isEmpty();
    assertThat(shop.store().log().head()).isZero();
  }
}
