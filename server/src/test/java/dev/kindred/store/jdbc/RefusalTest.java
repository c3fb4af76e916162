package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Deed;
import dev.kindred.store.Shop;
import dev.kindred.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What PostgreSQL does not take fails alone. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class RefusalTest {

  /** SQLite holds it, {@code jsonb} does not. */
  private static final JsonObject WITH_NUL = Shop.json("{\"a\":\"\\u0000\"}");

  private final SettableClock clock = SettableClock.atNoon();
  private TestDatabase database;
  private JdbcStore store;
  private Shop shop;

  @BeforeEach
  void open() {
    database = TestDatabase.postgresql();
    store = database.open(clock);
    shop = new Shop(store, new TenantId("shop"), clock);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  @Test
  void the_guilty_one_is_refused_and_the_others_are_kept_without_gaps() {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 50; i++) {
      Deed deed = Deed.of("user-" + i, "view", EntityKey.of("product", "p" + i));
      changes.add(shop.recording(i == 17 || i == 33 ? deed.with(WITH_NUL) : deed));
    }

    var receipt = shop.submit(new Submission(shop.tenant(), changes, Optional.empty()));

    for (int i = 0; i < 50; i++) {
      Outcome outcome = receipt.outcomes().get(i);
      if (i == 17 || i == 33) {
        assertThat(((Outcome.Refused) outcome).reason().code()).isEqualTo(ErrorCode.UNPROCESSABLE);
      } else {
        assertThat(outcome).isInstanceOf(Outcome.InteractionStored.class);
      }
    }
    assertThat(store.log().head()).isEqualTo(48);
    assertThat(shop.events()).hasSize(48);
    assertThat(shop.user("user-17")).isEmpty();
    assertThat(shop.of("user-18")).hasSize(1);
    // What is remembered of names is still right.
    shop.record(Deed.of("user-17", "view", EntityKey.of("product", "p17")));
    assertThat(shop.of("user-17")).hasSize(1);
  }

  @Test
  void whatever_json_goes_in_comes_out_in_the_same_bytes() {
    List<String> objects =
        List.of(
            "{}",
            "{\"a\":[],\"b\":{}}",
            "{\"a\":\" , : \\\" \\\\ { } \"}",
            "{\"a\":\"\\b\\f\\n\\r\\t\\u0001\\u001f\",\"bb\":\"/\",\"é\":\"ü😀\"}",
            "{\"a\":-0.10,\"b\":1.000,\"c\":123456789012345678901234567890.5,\"d\":0}",
            "{\"a\":[1,[2,[3,null]],true,false],\"zz\":{\"y\":\"x y\"}}");
    for (String text : objects) {
      var object = Shop.json(text);
      var key = EntityKey.of("product", "e" + text.hashCode());
      shop.put(key, text);
      assertThat(shop.data().catalog().find(key).orElseThrow().attributes()).isEqualTo(object);
    }
  }
}
