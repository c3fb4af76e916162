package dev.kindred.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Change;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Outcome.KeyStored;
import dev.kindred.domain.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The keys that open the API. */
public abstract class KeysContract extends StoreContract {

  protected KeysContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_key_comes_back_as_it_was_created() {
    ApiKey admin = key("k-1", Optional.empty());
    var browser =
        new ApiKey(
            "k-2",
            "the shop's page",
            "cafe",
            ApiKey.Kind.PUBLISHABLE,
            Optional.of(shop.tenant()),
            List.of("https://shop.example", "https://www.shop.example"),
            OptionalInt.of(60),
            clock.now(),
            Optional.empty());

    assertThat(create(admin)).isEqualTo(new KeyStored(admin, 1));
    assertThat(create(browser)).isEqualTo(new KeyStored(browser, 2));

    assertThat(store.keys().all()).containsExactly(admin, browser);
  }

  @Test
  void keys_are_listed_in_the_order_of_their_creation() {
    for (String id : List.of("c", "a", "b")) create(key(id, Optional.empty()));

    assertThat(store.keys().all()).extracting(ApiKey::id).containsExactly("c", "a", "b");
  }

  @Test
  void an_id_is_given_once() {
    create(key("k-1", Optional.empty()));

    assertThat(shop.refusal(new Change.CreateKey(key("k-1", Optional.of(shop.tenant())))).code())
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(store.keys().all()).hasSize(1);
  }

  @Test
  void a_secret_is_given_once() {
    create(key("k-1", Optional.empty()));
    ApiKey first = store.keys().all().getFirst();
    var same =
        new ApiKey(
            "k-2",
            "the same secret",
            first.hash(),
            ApiKey.Kind.ADMIN,
            Optional.empty(),
            List.of(),
            OptionalInt.empty(),
            clock.now(),
            Optional.empty());

    assertThat(shop.refusal(new Change.CreateKey(same)).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void a_revoked_key_stays_in_the_list_and_says_since_when() {
    create(key("k-1", Optional.empty()));
    clock.advance(Duration.ofHours(1));
    Instant then = clock.now();

    KeyStored revoked = shop.keep(KeyStored.class, new Change.RevokeKey("k-1"));

    assertThat(revoked.key().revokedAt()).contains(then);
    assertThat(store.keys().all()).containsExactly(revoked.key());

    clock.advance(Duration.ofHours(1));
    shop.keep(KeyStored.class, new Change.RevokeKey("k-1"));
    assertThat(store.keys().all().getFirst().revokedAt()).contains(then);
  }

  @Test
  void an_unknown_key_cannot_be_revoked() {
    assertThat(shop.refusal(new Change.RevokeKey("k-9")).code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void a_key_may_come_before_its_tenant() {
    ApiKey early = key("k-1", Optional.of(new TenantId("later")));
    create(early);

    assertThat(store.keys().all()).containsExactly(early);
    assertThat(store.tenants().named(shop.newestEvent().tenant())).isEqualTo(new TenantId("later"));
  }

  private KeyStored create(ApiKey key) {
    return shop.keep(KeyStored.class, new Change.CreateKey(key));
  }

  private ApiKey key(String id, Optional<TenantId> tenant) {
    return new ApiKey(
        id,
        "for tests",
        "hash of " + id,
        ApiKey.Kind.SERVER,
        tenant,
        List.of(),
        OptionalInt.empty(),
        clock.now(),
        Optional.empty());
  }
}
