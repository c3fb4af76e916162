package dev.kindred.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.TenantId;
import java.time.Clock;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How far work has come that goes on for ever. */
public abstract class BookmarksContract extends StoreContract {

  protected BookmarksContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_bookmark_is_where_it_was_put_last() {
    Bookmarks bookmarks = shop.data().bookmarks();
    assertThat(bookmarks.find("likes")).isEmpty();

    bookmarks.put("likes", "{\"at\":1}");
    bookmarks.put("clicks", "{\"at\":7}");
    bookmarks.put("likes", "{\"at\":2}");

    assertThat(shop.data().bookmarks().find("likes")).contains("{\"at\":2}");
    assertThat(bookmarks.find("clicks")).contains("{\"at\":7}");
  }

  @Test
  void bookmarks_are_each_tenants_own_and_take_no_position() {
    shop.data().bookmarks().put("likes", "mine");

    var other = shop.store().tenant(new TenantId("another-shop"));

    assertThat(other.bookmarks().find("likes")).isEmpty();
    assertThat(shop.store().log().head()).isZero();
    assertThat(shop.store().tenants().all()).isEmpty();
  }
}
