package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Deed;
import dev.kindred.store.Shop;
import dev.kindred.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one replica remembers of names gives way to what another has done. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class RememberedNamesTest {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");

  private final SettableClock clock = SettableClock.atNoon();
  private TestDatabase database;
  private final List<JdbcStore> replicas = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.postgresql();
    for (int i = 0; i < 3; i++) replicas.add(database.open(clock));
  }

  @AfterEach
  void close() {
    replicas.forEach(JdbcStore::close);
    database.close();
  }

  @Test
  void who_was_erased_elsewhere_is_somebody_new_here() {
    shop(0).record(Deed.of("ann", "view", BOOTS));
    int before = shop(0).numberOf("ann");
    shop(1).erase("ann");

    shop(0).record(Deed.of("ann", "view", BOOTS));

    assertThat(shop(2).numberOf("ann")).isGreaterThan(before);
    assertThat(shop(2).of("ann")).hasSize(1);
  }

  @Test
  void what_was_deleted_elsewhere_is_another_entity_here() {
    shop(0).put(BOOTS, "{}");
    shop(0).record(Deed.of("ann", "view", BOOTS));
    int before = shop(0).numberOf(BOOTS);
    shop(1).delete(BOOTS);

    shop(0).record(Deed.of("ben", "view", BOOTS));

    var event = (Event.Interacted) shop(2).newestEvent();
    assertThat(event.entity()).isNotEqualTo(before);
    assertThat(shop(2).of(BOOTS)).hasSize(2);
  }

  @Test
  void what_came_elsewhere_decides_what_an_id_means_here() {
    var stored = shop(0).record(Deed.untyped("ann", "view", "dune"));
    assertThat(stored.interaction().entity()).isEqualTo(EntityKey.of("product", "dune"));
    shop(1).put(EntityKey.of("film", "dune"), "{}");

    stored = shop(0).record(Deed.untyped("ann", "view", "dune"));

    assertThat(stored.interaction().entity()).isEqualTo(EntityKey.of("film", "dune"));
  }

  @Test
  void what_a_type_weighs_elsewhere_it_weighs_here() {
    shop(0).record(Deed.of("ann", "wave", BOOTS));
    shop(1).register("wave", 7);

    Outcome.InteractionStored stored = shop(0).record(Deed.of("ann", "wave", BOOTS));

    assertThat(stored.interaction().weight()).isEqualTo(7);
    assertThat(stored.typeIsRegistered()).isTrue();
  }

  private Shop shop(int replica) {
    return new Shop(replicas.get(replica), new TenantId("shop"), clock);
  }
}
