package dev.kindred.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.ShownList.OfExperiment;
import dev.kindred.domain.UserId;
import dev.kindred.store.ShownLists.Tally;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What users were shown. */
public abstract class ShownListsContract extends StoreContract {
  private static final UserId ANN = new UserId("ann");
  private static final UserId NOBODY = new UserId("nobody");
  private static final EntityKey BOOTS = EntityKey.of("product", "boots \"\u00fc\ud83d\ude00\"");

  protected ShownListsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  private ShownList list(String id, UserId user) {
    return new ShownList(
        id,
        Optional.of(user),
        "hybrid",
        7,
        "m1",
        Optional.of(new OfExperiment("colours", "b")),
        List.of(BOOTS, EntityKey.of("guide", "care")),
        clock.instant());
  }

  private List<ShownList> of(UserId user) {
    var lists = new ArrayList<ShownList>();
    shop.data().shown().ofUser(user, lists::add);
    return lists;
  }

  private void keep(ShownList... lists) {
    shop.keep(Outcome.ShownKept.class, new Change.RecordShown(List.of(lists)));
  }

  @Test
  void a_list_is_kept_as_it_was_shown_and_takes_one_line_with_others() {
    shop.keep(Outcome.UserStored.class, new Change.PutUser(ANN, JsonObject.EMPTY));
    long before = store.log().head();
    keep(list("one", ANN), list("two", ANN));

    assertThat(of(ANN)).containsExactly(list("one", ANN), list("two", ANN));
    assertThat(store.log().head()).isEqualTo(before + 1);
    assertThat(shop.newestEvent()).isInstanceOf(Event.ListsShown.class);
    assertThat(shop("other").data().shown().tallies()).isEmpty();
  }

  @Test
  void a_list_of_somebody_unknown_says_nothing_of_them() {
    keep(list("one", NOBODY));
    shop.keep(Outcome.UserStored.class, new Change.PutUser(NOBODY, JsonObject.EMPTY));

    assertThat(of(NOBODY)).isEmpty();
    assertThat(shop.data().shown().tallies()).containsExactly(new Tally("hybrid", 1, 0));
  }

  @Test
  void lists_go_with_their_user() {
    shop.keep(Outcome.UserStored.class, new Change.PutUser(ANN, JsonObject.EMPTY));
    keep(list("one", ANN), list("two", NOBODY));
    shop.keep(Outcome.UserErased.class, new Change.EraseUser(ANN));
    shop.keep(Outcome.UserStored.class, new Change.PutUser(ANN, JsonObject.EMPTY));

    assertThat(of(ANN)).isEmpty();
    assertThat(shop.data().shown().tallies()).containsExactly(new Tally("hybrid", 1, 0));
  }

  @Test
  void an_interaction_that_names_a_list_came_of_it() {
    shop.keep(Outcome.UserStored.class, new Change.PutUser(ANN, JsonObject.EMPTY));
    keep(list("one", ANN), list("two", ANN));
    for (int n = 0; n < 2; n++) {
      clock.advance(Duration.ofSeconds(1));
      shop.submit(
          new Change.RecordInteraction(
              new Interaction(
                  ANN,
                  new EntityRef(new EntityId("boots"), new EntityType("product")),
                  "click",
                  OptionalDouble.empty(),
                  JsonObject.EMPTY,
                  clock.instant(),
                  true,
                  Optional.empty(),
                  Optional.of("one"))));
    }
    assertThat(shop.data().shown().tallies()).containsExactly(new Tally("hybrid", 2, 1));
  }

  @Test
  void what_is_too_old_is_forgotten() {
    shop.keep(Outcome.UserStored.class, new Change.PutUser(ANN, JsonObject.EMPTY));
    keep(list("old", ANN));
    clock.advance(Duration.ofDays(2));
    ShownList fresh = list("fresh", ANN);
    keep(fresh);

    assertThat(shop.data().shown().prune(clock.instant().minus(Duration.ofDays(1)))).isEqualTo(1);
    assertThat(of(ANN)).containsExactly(fresh);
  }
}
