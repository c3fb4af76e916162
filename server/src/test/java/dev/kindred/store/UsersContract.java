package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Users.Numbered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Everybody who did something, or of whom something was said; and how they are forgotten. */
public abstract class UsersContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final EntityKey COAT = EntityKey.of("product", "coat");

  protected UsersContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_user_comes_back_as_said() {
    Outcome.UserStored stored = shop.putUser("ann", "{\"city\":\"Ulm\"}");

    var expected =
        new UserProfile(new UserId("ann"), json("{\"city\":\"Ulm\"}"), clock.now(), clock.now(), 0);
    assertThat(stored).isEqualTo(new Outcome.UserStored(expected, 1, true));
    assertThat(shop.user("ann")).contains(expected);
    assertThat(shop.user("Ann")).isEmpty();
  }

  @Test
  void putting_a_user_again_replaces_the_attributes() {
    Instant noon = clock.now();
    shop.putUser("ann", "{\"city\":\"Ulm\"}");
    clock.advance(Duration.ofHours(1));

    Outcome.UserStored again = shop.putUser("ann", "{\"age\":30}");

    assertThat(again.created()).isFalse();
    assertThat(shop.user("ann"))
        .contains(
            new UserProfile(
                new UserId("ann"), json("{\"age\":30}"), noon, noon.plusSeconds(3600), 0));
  }

  @Test
  void whoever_does_something_is_a_user_and_their_deeds_are_counted() {
    shop.record(Deed.of("ann", "view", BOOTS).at(clock.now().minusSeconds(5)));
    clock.advance(Duration.ofMinutes(1));
    shop.record(Deed.of("ann", "view", BOOTS));

    assertThat(shop.user("ann"))
        .contains(
            new UserProfile(
                new UserId("ann"),
                json("{}"),
                clock.now().minusSeconds(60),
                clock.now().minusSeconds(60),
                2));
    assertThat(shop.putUser("ann", "{}").created()).isFalse();
  }

  @Test
  void pages_are_in_the_order_of_the_ids_by_code_points() {
    List<String> inOrder = List.of("A", "a", "ab", "b", "\uff5e", "\ud83d\ude00");
    for (String id : inOrder.reversed()) shop.putUser(id, "{}");

    assertThat(pageAfter(Optional.empty(), 10)).containsExactlyElementsOf(inOrder);
    assertThat(pageAfter(Optional.empty(), 2)).containsExactly("A", "a");
    assertThat(pageAfter(Optional.of("aa"), 2)).containsExactly("ab", "b");
    assertThat(pageAfter(Optional.of("\uff5e"), 2)).containsExactly("\ud83d\ude00");
  }

  @Test
  void a_page_counts_the_deeds_of_each() {
    shop.record(Deed.of("ann", "view", BOOTS));
    shop.record(Deed.of("ann", "click", BOOTS));
    shop.record(Deed.of("ben", "click", BOOTS));

    assertThat(shop.data().users().page(Optional.empty(), 10))
        .extracting(UserProfile::interactionCount)
        .containsExactly(2L, 1L);
  }

  @Test
  void a_scan_goes_by_the_numbers_and_goes_on_after_one() {
    for (String id : List.of("c", "a", "b")) shop.putUser(id, "{\"is\":\"" + id + "\"}");

    List<Numbered> all = scanAfter(0);
    assertThat(all).extracting(user -> user.id().value()).containsExactly("c", "a", "b");
    assertThat(all).extracting(Numbered::number).isSorted().doesNotHaveDuplicates();
    assertThat(all.get(1).attributes()).isEqualTo(json("{\"is\":\"a\"}"));
    assertThat(scanAfter(all.get(0).number())).isEqualTo(all.subList(1, 3));
    assertThat(shop.data().users().numbered(List.of(all.get(2).number(), all.get(0).number(), 99)))
        .containsExactly(all.get(0), all.get(2));
    assertThat(shop.data().users().numbered(List.of())).isEmpty();
  }

  // Erasing

  @Test
  void erasing_removes_everything_of_theirs_and_nothing_of_others() {
    shop.putUser("ann", "{\"city\":\"Ulm\"}");
    shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));
    shop.record(Deed.of("ben", "view", BOOTS));
    shop.record(Deed.of("ann", "click", BOOTS));
    int number = shop.numberOf("ann");

    assertThat(shop.erase("ann")).isEqualTo(new Outcome.UserErased(new UserId("ann"), 5, 2));

    assertThat(shop.user("ann")).isEmpty();
    assertThat(shop.of("ann")).isEmpty();
    assertThat(shop.of(BOOTS)).extracting(row -> row.user().value()).containsExactly("ben");
    assertThat(pageAfter(Optional.empty(), 10)).containsExactly("ben");
    assertThat(shop.data().users().numbered(List.of(number))).isEmpty();
    assertThat(scanAfter(0)).extracting(user -> user.id().value()).containsExactly("ben");
  }

  @Test
  void erasing_takes_the_users_events_out_of_the_log_and_leaves_the_receipt() {
    Instant at = clock.now().minusSeconds(9);
    shop.putUser("ann", "{}");
    shop.record(Deed.of("ann", "view", BOOTS).at(at));
    shop.record(Deed.of("ben", "view", BOOTS));
    shop.record(Deed.of("ann", "view", BOOTS).weighing(2).at(at));
    int number = shop.numberOf("ann");
    shop.erase("ann");

    List<Event> events = shop.events();

    assertThat(events).extracting(Event::position).containsExactly(3L, 5L);
    assertThat(events.getLast())
        .isEqualTo(new Event.UserErased(5, events.getLast().tenant(), number));
    assertThat(store.log().head()).isEqualTo(5);
  }

  @Test
  void reading_gets_past_a_long_stretch_of_erased_events() {
    for (int i = 0; i < 50; i++) shop.record(Deed.of("ann", "view", BOOTS));
    shop.erase("ann");
    shop.putUser("ben", "{}");

    var seen = new ArrayList<Long>();
    long after = 0;
    for (int i = 0; i < 60 && after < 52; i++) {
      long next = store.log().read(after, 3, event -> seen.add(event.position()));
      assertThat(next).isGreaterThan(after);
      after = next;
    }
    assertThat(seen).containsExactly(51L, 52L);
    assertThat(after).isEqualTo(52);
  }

  @Test
  void an_erased_user_may_come_again_as_somebody_new() {
    shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));
    int first = shop.numberOf("ann");
    shop.erase("ann");
    clock.advance(Duration.ofMinutes(1));

    Outcome.InteractionStored again = shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));

    assertThat(again.duplicate()).isFalse();
    assertThat(shop.numberOf("ann")).isGreaterThan(first);
    assertThat(shop.user("ann").orElseThrow().createdAt()).isEqualTo(clock.now());
    assertThat(shop.of("ann"))
        .extracting(RecordedInteraction::position)
        .containsExactly(again.position());
  }

  @Test
  void a_number_is_never_given_twice_even_if_the_newest_user_was_erased() {
    shop.putUser("ann", "{}");
    int ann = shop.numberOf("ann");
    shop.erase("ann");
    shop.putUser("ben", "{}");

    assertThat(shop.numberOf("ben")).isGreaterThan(ann);
  }

  @Test
  void erasing_forgets_the_answers_about_a_user_but_not_those_about_others() {
    shop.submit(answered("key-1", Deed.of("ann", "view", BOOTS)));
    shop.submit(answered("key-2", Deed.of("ben", "view", BOOTS)));
    shop.erase("ann");

    assertThat(shop.data().answers().find("key-1")).isEmpty();
    assertThat(shop.data().answers().find("key-2")).isPresent();
  }

  @Test
  void erasing_forgets_an_answer_that_was_given_in_the_same_append() {
    List<Submission> together =
        List.of(
            answered("key-1", Deed.of("ann", "view", BOOTS)),
            Submission.of(shop.tenant(), new Change.EraseUser(new UserId("ann"))),
            answered("key-1", Deed.of("ann", "view", BOOTS)));

    List<Receipt> receipts = store.log().append(together);

    assertThat(receipts.getLast().replayed()).isEmpty();
    assertThat(store.log().append(together.subList(0, 2)).getFirst().replayed()).isPresent();
    assertThat(shop.data().answers().find("key-1")).isEmpty();
  }

  @Test
  void an_answer_about_an_event_that_came_before_goes_with_the_user_whose_event_it_was() {
    shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));
    shop.putUser("ben", "{}");
    shop.submit(answered("key-1", Deed.of("ben", "view", BOOTS).named("e-1")));

    shop.erase("ben");
    assertThat(shop.data().answers().find("key-1")).isPresent();
    shop.erase("ann");
    assertThat(shop.data().answers().find("key-1")).isEmpty();
  }

  @Test
  void an_answer_that_only_counts_stays_though_the_id_is_one_of_its_numbers() {
    // Else rows that were sent again under the same key would be kept twice.
    var tally = RememberedAnswer.ofRows("hash", "{\"total\":42}".getBytes(UTF_8), false);
    var named = RememberedAnswer.ofRows("hash", "{\"error\":\"of 42\"}".getBytes(UTF_8), true);
    shop.submit(rows("tally", tally));
    shop.submit(rows("named", named));

    shop.erase("42");

    assertThat(shop.data().answers().find("tally")).isPresent();
    assertThat(shop.data().answers().find("named")).isEmpty();
  }

  private Submission rows(String key, RememberedAnswer answer) {
    return new Submission(
        shop.tenant(),
        List.of(
            shop.recording(Deed.of("42", "view", BOOTS)),
            shop.recording(Deed.of("ann", "view", BOOTS))),
        Optional.of(new Once(key, "hash", _ -> answer)));
  }

  private Submission answered(String key, Deed deed) {
    var answer =
        new RememberedAnswer("hash", 201, "text/plain", Optional.empty(), new byte[] {'o', 'k'});
    return new Submission(
        shop.tenant(),
        List.of(shop.recording(deed)),
        Optional.of(new Once(key, "hash", _ -> answer)));
  }

  @Test
  void nobody_can_be_erased_twice() {
    var erase = new Change.EraseUser(new UserId("ann"));
    assertThat(shop.refusal(erase).code()).isEqualTo(ErrorCode.USER_NOT_FOUND);

    shop.putUser("ann", "{}");
    shop.erase("ann");

    assertThat(shop.refusal(erase).code()).isEqualTo(ErrorCode.USER_NOT_FOUND);
  }

  @Test
  void an_entity_that_only_they_had_named_stays_named() {
    shop.record(Deed.of("ann", "view", BOOTS));
    int number = shop.numberOf(BOOTS);
    shop.erase("ann");

    assertThat(shop.numberOf(BOOTS)).isEqualTo(number);
  }

  private List<String> pageAfter(Optional<String> after, int limit) {
    return shop.data().users().page(after.map(UserId::new), limit).stream()
        .map(user -> user.id().value())
        .toList();
  }

  private List<Numbered> scanAfter(int number) {
    var all = new ArrayList<Numbered>();
    shop.data().users().scan(number, all::add);
    return all;
  }

  @Test
  void what_an_unknown_user_did_becomes_a_known_ones_and_can_go_back() {
    var at = Instant.parse("2026-01-02T03:04:05Z");
    shop.putUser("ann", "{\"city\":\"Ulm\"}");
    shop.putUser("anon", "{\"age\":30,\"city\":\"Rome\"}");
    shop.record(Deed.of("ann", "view", BOOTS).at(at));
    shop.record(Deed.of("anon", "view", BOOTS).at(at).named("e-1").weighing(2));
    shop.record(Deed.of("anon", "purchase", BOOTS).at(at).with(json("{\"price\":9}")));

    var merged = shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));

    assertThat(merged.merge().moved()).isEqualTo(2);
    assertThat(shop.of("anon")).isEmpty();
    assertThat(shop.of("ann"))
        .extracting(RecordedInteraction::type, RecordedInteraction::weight, RecordedInteraction::at)
        .containsExactlyInAnyOrder(
            tuple("view", 1.0, at),
            tuple("view", 2.0, at.plus(1, ChronoUnit.MICROS)),
            tuple("purchase", 5.0, at));
    assertThat(shop.user("ann").orElseThrow().attributes())
        .isEqualTo(json("{\"age\":30,\"city\":\"Ulm\"}"));
    assertThat(shop.data().users().merges(new UserId("ann"), 5)).containsExactly(merged.merge());
    assertThat(shop.newestEvent().position()).isEqualTo(merged.position());

    var undone = shop.keep(Outcome.UsersMerged.class, new Change.UndoMerge("m-1"));

    assertThat(undone.merge().undoneAt()).contains(clock.now());
    assertThat(shop.of("ann")).hasSize(1);
    assertThat(shop.of("anon"))
        .extracting(RecordedInteraction::eventId)
        .containsExactlyInAnyOrder(Optional.of("e-1"), Optional.empty());
    assertThat(shop.user("ann").orElseThrow().attributes()).isEqualTo(json("{\"city\":\"Ulm\"}"));
    assertThat(shop.refusal(new Change.UndoMerge("m-1")).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void whoever_reads_the_log_sees_a_merge_as_interactions_taken_back_and_recorded() {
    shop.record(Deed.of("anon", "view", BOOTS));
    long before = shop.newestEvent().position();
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));
    assertThat(shop.events().stream().filter(event -> event.position() > before))
        .satisfiesExactly(
            event -> assertThat(event).isInstanceOf(Event.InteractionRemoved.class),
            event -> assertThat(event).isInstanceOf(Event.Interacted.class),
            event -> assertThat(event).isInstanceOf(Event.UserPut.class));
  }

  @Test
  void a_merge_that_makes_no_sense_is_refused_and_changes_nothing() {
    shop.putUser("ann", "{}");
    assertThat(shop.refusal(merge("m-1", "nobody", "ann")).code())
        .isEqualTo(ErrorCode.USER_NOT_FOUND);
    assertThat(shop.refusal(new Change.UndoMerge("m-2")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "ann", "bob"));
    assertThat(shop.refusal(merge("m-1", "ann", "bob")).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThatThrownBy(() -> merge("m-3", "ann", "ann")).hasMessageContaining("into themselves");
  }

  @Test
  void an_erased_user_is_in_no_merge_any_more() {
    shop.record(Deed.of("anon", "view", BOOTS));
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));
    shop.erase("anon");
    assertThat(shop.data().users().merges(new UserId("ann"), 5)).isEmpty();
    assertThat(shop.data().users().merge("m-1")).isEmpty();
    assertThat(shop.of("ann")).hasSize(1);
  }

  // Sums of what is no longer kept one by one

  @Test
  void sums_of_old_behaviours_go_with_a_merge_and_exactly_those_come_back() {
    behave("anon", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    behave("ann", BOOTS, "2026-01-01T10:00:00Z", 2_000_000);
    fold();
    behave("anon", COAT, "2026-01-03T10:00:00Z", 5_000_000);

    var merged = shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));

    assertThat(merged.merge().moved()).isEqualTo(2);
    assertThat(merged.position()).isEqualTo(store.log().head());
    assertThat(sums("anon")).isEmpty();
    assertThat(sums("ann")).containsExactly("boots 2 times, rated 10, last 2026-01-02T10:00:00Z");

    // What came with the merge and was summed up since goes back, what ann did herself does not.
    behave("ann", BOOTS, "2026-01-04T10:00:00Z", 1_000_000);
    fold();
    var undone = shop.keep(Outcome.UsersMerged.class, new Change.UndoMerge("m-1"));

    assertThat(undone.merge().moved()).isEqualTo(2);
    assertThat(sums("anon"))
        .containsExactlyInAnyOrder(
            "boots 1 times, rated 8, last 2026-01-02T10:00:00Z",
            "coat 1 times, rated 5, last 2026-01-03T10:00:00Z");
    assertThat(sums("ann")).containsExactly("boots 2 times, rated 3, last 2026-01-04T10:00:00Z");
  }

  @Test
  void the_log_says_of_each_sum_that_it_goes_and_that_it_comes() {
    behave("anon", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    fold();
    long before = store.log().head();
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));

    assertThat(shop.events().stream().filter(event -> event.position() > before))
        .satisfiesExactly(
            event -> assertThat(event).isInstanceOf(Event.UserPut.class),
            event -> {
              BehaviourSum sum = ((Event.SumTaken) event).sum();
              assertThat(sum.user()).isEqualTo(shop.numberOf("anon"));
              assertThat(sum.ratings()).isEqualTo(8_000_000);
            },
            event -> {
              BehaviourSum sum = ((Event.SumGiven) event).sum();
              assertThat(sum.user()).isEqualTo(shop.numberOf("ann"));
              assertThat(sum.ratings()).isEqualTo(8_000_000);
            });
  }

  @Test
  void sums_that_went_on_to_somebody_else_do_not_come_back_from_them() {
    behave("anon", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    fold();
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));
    shop.keep(Outcome.UsersMerged.class, merge("m-2", "ann", "zoe"));

    shop.keep(Outcome.UsersMerged.class, new Change.UndoMerge("m-1"));
    assertThat(sums("anon")).isEmpty();
    assertThat(sums("zoe")).hasSize(1);

    shop.keep(Outcome.UsersMerged.class, new Change.UndoMerge("m-2"));
    assertThat(sums("zoe")).isEmpty();
    assertThat(sums("ann")).hasSize(1);
  }

  @Test
  void sums_with_a_deleted_entity_stay_where_they_are() {
    shop.put(COAT, "{}");
    behave("anon", COAT, "2026-01-02T10:00:00Z", 8_000_000);
    behave("anon", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    fold();
    shop.delete(COAT);
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));

    assertThat(sums("anon")).containsExactly("coat 1 times, rated 8, last 2026-01-02T10:00:00Z");
    assertThat(sums("ann")).containsExactly("boots 1 times, rated 8, last 2026-01-02T10:00:00Z");
  }

  @Test
  void sums_that_were_moved_go_with_whoever_has_them_when_erased() {
    behave("anon", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    fold();
    shop.keep(Outcome.UsersMerged.class, merge("m-1", "anon", "ann"));

    shop.erase("anon");
    assertThat(sums("ann")).hasSize(1);
    assertThat(shop.events()).noneMatch(Event.SumTaken.class::isInstance);

    shop.erase("ann");
    assertThat(shop.events()).noneMatch(Event.SumGiven.class::isInstance);
    store.retention().past(sum -> assertThat(sum).isNull());
  }

  @Test
  void it_is_known_when_users_last_did_something_whether_that_is_in_sums_or_not() {
    behave("ann", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    behave("ben", BOOTS, "2026-01-02T10:00:00Z", 8_000_000);
    fold();
    behave("ben", BOOTS, "2026-01-03T10:00:00Z", 8_000_000);
    shop.putUser("zoe", "{}");
    int ann = shop.numberOf("ann");
    int ben = shop.numberOf("ben");

    assertThat(shop.data().interactions().newestOf(List.of(ann, ben, shop.numberOf("zoe"), 99)))
        .containsOnly(
            Map.entry(ann, Instant.parse("2026-01-02T10:00:00Z")),
            Map.entry(ben, Instant.parse("2026-01-03T10:00:00Z")));
  }

  private void behave(String user, EntityKey entity, String at, int rating) {
    shop.submit(
        new Change.RecordInteraction(
            new Interaction(
                new UserId(user),
                entity.asRef(),
                "view",
                OptionalDouble.empty(),
                JsonObject.EMPTY,
                Instant.parse(at),
                true,
                Optional.empty(),
                Optional.empty(),
                new Measures(rating, Measures.NOT_SAID, Measures.NOT_SAID, 1, false, false))));
  }

  private void fold() {
    long before = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli() * 1_000;
    store.retention().fold(shop.tenant(), before, 0, store.log().head(), 100);
  }

  private List<String> sums(String user) {
    var sums = new ArrayList<String>();
    shop.data()
        .interactions()
        .folded(
            new UserId(user),
            one ->
                sums.add(
                    "%s %d times, rated %d, last %s"
                        .formatted(
                            one.entity().id(),
                            one.sums().count(),
                            one.sums().ratings() / 1_000_000,
                            Instant.ofEpochMilli(one.sums().lastMillis()))));
    return sums;
  }

  private static Change merge(String id, String from, String into) {
    return new Change.MergeUsers(id, new UserId(from), new UserId(into));
  }
}
