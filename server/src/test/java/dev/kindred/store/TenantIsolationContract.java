package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing of one tenant shows in another's answers. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test.
public abstract class TenantIsolationContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");

  private Shop other;

  protected TenantIsolationContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @BeforeEach
  void openTheOther() {
    other = shop("other");
  }

  @Test
  void a_tenant_exists_from_its_first_write_on() {
    assertThat(store.tenants().exists(shop.tenant())).isFalse();
    assertThat(shop.data().catalog().find(BOOTS)).isEmpty();

    TenantStore opened = shop.data();
    shop.put(BOOTS, "{}");

    assertThat(store.tenants().exists(shop.tenant())).isTrue();
    assertThat(opened.catalog().find(BOOTS)).isPresent();
    assertThat(store.tenants().exists(other.tenant())).isFalse();
  }

  @Test
  void tenants_are_listed_in_the_order_of_their_names() {
    for (String name : List.of("b", "a", "B", "a.b")) shop(name).put(BOOTS, "{}");

    assertThat(store.tenants().all())
        .extracting(TenantId::value)
        .containsExactly("B", "a", "a.b", "b");
  }

  @Test
  void equal_keys_are_different_entities() {
    shop.put(BOOTS, "{\"of\":\"shop\"}");
    assertThat(other.data().catalog().find(BOOTS)).isEmpty();
    assertThat(other.put(Shop.draft(BOOTS, "{\"of\":\"other\"}"), PutMode.CREATE).created())
        .isTrue();

    other.delete(BOOTS);

    assertThat(shop.data().catalog().find(BOOTS).orElseThrow().attributes())
        .isEqualTo(json("{\"of\":\"shop\"}"));
    assertThat(shop.data().catalog().typesOf(BOOTS.id())).hasSize(1);
    assertThat(other.data().catalog().page(Optional.empty(), Optional.empty(), 10)).isEmpty();
    other.data().catalog().scan(0, numbered -> assertThat(numbered.entity()).isEmpty());
  }

  @Test
  void a_number_says_nothing_to_another_tenant() {
    shop.put(BOOTS, "{}");
    other.put(EntityKey.of("product", "coat"), "{}");
    shop.putUser("ann", "{}");

    int boots = shop.numberOf(BOOTS);
    int ann = shop.numberOf("ann");

    assertThat(other.data().catalog().numbered(List.of(boots)))
        .noneMatch(numbered -> numbered.key().equals(BOOTS));
    assertThat(other.data().users().numbered(List.of(ann))).isEmpty();
  }

  @Test
  void an_id_without_a_type_means_the_tenants_own_entity() {
    shop.put(EntityKey.of("film", "dune"), "{}");
    shop.put(EntityKey.of("book", "dune"), "{}");

    assertThat(other.record(Deed.untyped("ann", "view", "dune")).interaction().entity())
        .isEqualTo(EntityKey.of("product", "dune"));
  }

  @Test
  void equal_users_are_different_users() {
    shop.record(Deed.of("ann", "view", BOOTS));
    other.record(Deed.of("ann", "click", BOOTS));
    other.putUser("ann", "{\"of\":\"other\"}");

    assertThat(shop.of("ann")).extracting(row -> row.type()).containsExactly("view");
    assertThat(other.of(BOOTS)).extracting(row -> row.type()).containsExactly("click");
    assertThat(shop.user("ann").orElseThrow().attributes()).isEqualTo(json("{}"));

    shop.erase("ann");

    assertThat(other.user("ann").orElseThrow().interactionCount()).isEqualTo(1);
    assertThat(other.of("ann")).hasSize(1);
    assertThat(shop.refusal(new Change.EraseUser(new UserId("ann"))).code())
        .isEqualTo(ErrorCode.USER_NOT_FOUND);
  }

  @Test
  void event_ids_are_unique_within_a_tenant_only() {
    shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));

    assertThat(other.record(Deed.of("ann", "view", BOOTS).named("e-1")).duplicate()).isFalse();
  }

  @Test
  void types_and_their_weights_are_a_tenants_own() {
    shop.register("wave", 3);
    shop.register("view", 9);
    other.record(Deed.of("ann", "view", BOOTS));
    other.record(Deed.of("ann", "wave", BOOTS));

    assertThat(other.data().types().find("wave")).isEmpty();
    assertThat(other.of("ann")).extracting(row -> row.weight()).containsExactly(1.0, 1.0);
    assertThat(other.refusal(new Change.DeleteInteractionType("wave")).code())
        .isEqualTo(ErrorCode.INTERACTION_TYPE_NOT_FOUND);
  }

  @Test
  void settings_are_a_tenants_own() {
    shop.keep(Outcome.TenantSettingsStored.class, new Change.PutTenantSettings(json("{\"a\":1}")));

    assertThat(other.data().settings().current().version()).isZero();
    assertThat(
            other
                .keep(Outcome.TenantSettingsStored.class, new Change.PutTenantSettings(json("{}")))
                .settings()
                .version())
        .isEqualTo(1);
  }

  @Test
  void idempotency_keys_are_a_tenants_own() {
    shop.submit(once(shop));

    assertThat(other.data().answers().find("key-1")).isEmpty();
    assertThat(other.submit(once(other)).replayed()).isEmpty();
  }

  private static Submission once(Shop of) {
    return new Submission(
        of.tenant(),
        List.of(new Change.PutUser(new UserId("ann"), json("{}"))),
        Optional.of(
            new Once(
                "key-1",
                "hash",
                _ ->
                    new RememberedAnswer(
                        "hash", 200, "text/plain", Optional.empty(), new byte[0]))));
  }
}
