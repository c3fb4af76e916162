package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Measures;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Outcome.InteractionRemoved;
import dev.kindred.domain.Outcome.InteractionStored;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Between;
import dev.kindred.store.Interactions.Folded;
import dev.kindred.store.Interactions.Kept;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Interactions.Scanned;
import dev.kindred.store.Retention.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the users of a tenant did. */
public abstract class InteractionsContract extends StoreContract {

  /** So many go to a database in another way than few. */
  private static final int MANY = 1_200;

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final EntityKey COAT = EntityKey.of("product", "coat");

  protected InteractionsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void very_many_at_once_come_back_as_they_were_given() {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < MANY; i++) {
      EntityKey product = EntityKey.of("product", "p ü" + i);
      changes.add(new Change.PutEntity(Shop.draft(product, "{\"n\":" + i + "}"), PutMode.CREATE));
      changes.add(new Change.PutUser(new UserId("user" + i), json("{\"ö\":\"" + i + "\"}")));
      Deed deed = Deed.of("user" + i, "view", product).at(clock.now().minusSeconds(MANY - i));
      if (i % 2 == 0) deed = deed.weighing(i / 16.0);
      if (i % 3 == 0) deed = deed.with(json("{\"x\":[" + i + "]}"));
      changes.add(shop.recording(deed));
    }
    List<Outcome> outcomes = shop.submit(changes.toArray(Change[]::new)).outcomes();

    for (int i = 0; i < MANY; i++) {
      var stored = (InteractionStored) outcomes.get(3 * i + 2);
      assertThat(stored.duplicate()).isFalse();
      assertThat(stored.position()).isEqualTo(3 * i + 3);
      assertThat(shop.of("user" + i)).containsExactly(stored.interaction());
      assertThat(stored.interaction().weight()).isEqualTo(i % 2 == 0 ? i / 16.0 : 1.0);
      assertThat(shop.user("user" + i).orElseThrow().attributes())
          .isEqualTo(json("{\"ö\":\"" + i + "\"}"));
      assertThat(shop.data().catalog().find(EntityKey.of("product", "p ü" + i)).orElseThrow())
          .isEqualTo(((Outcome.EntityStored) outcomes.get(3 * i)).entity());
    }
  }

  @Test
  void very_many_that_are_there_already_are_found() {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < MANY; i++) {
      changes.add(shop.recording(Deed.of("ann", "view", BOOTS).at(clock.now().minusSeconds(i))));
    }
    Change[] twice = changes.toArray(Change[]::new);
    List<Outcome> first = shop.submit(twice).outcomes();
    List<Outcome> again = shop.submit(twice).outcomes();

    assertThat(again)
        .extracting(InteractionsContract::storedAt)
        .containsExactlyElementsOf(first.stream().map(InteractionsContract::storedAt).toList());
    assertThat(store.log().head()).isEqualTo(2 * MANY);
  }

  private static long storedAt(Outcome outcome) {
    return ((InteractionStored) outcome).interaction().position();
  }

  @Test
  void an_interaction_comes_back_as_it_was_given() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    Deed deed =
        Deed.of("ann", "purchase", BOOTS)
            .weighing(4.1)
            .with(json("{\"order_id\":\"7\"}"))
            .at(at)
            .named("e-1")
            .from("r-1");

    InteractionStored stored = shop.record(deed);

    var expected =
        new RecordedInteraction(
            1,
            new UserId("ann"),
            BOOTS,
            "purchase",
            4.1,
            json("{\"order_id\":\"7\"}"),
            at,
            Optional.of("e-1"),
            Optional.of("r-1"));
    assertThat(stored).isEqualTo(new InteractionStored(expected, 1, false, true));
    assertThat(shop.of("ann")).containsExactly(expected);
    assertThat(shop.of(BOOTS)).containsExactly(expected);
  }

  @Test
  void times_are_kept_to_the_microsecond_also_those_before_1970() {
    shop.record(Deed.of("ann", "view", BOOTS).at(Instant.parse("1969-12-31T23:59:59.9999995Z")));

    assertThat(shop.of("ann").getFirst().at()).isEqualTo("1969-12-31T23:59:59.999999Z");
  }

  @Test
  void what_is_no_longer_kept_one_by_one_stands_in_its_users_sums_until_they_are_erased() {
    Instant at = clock.now();
    var rated = new Measures(8_500_000, Measures.COMPLETE, 90_000_000, 2, false, true);
    var plain = new Measures(-1, -1, 30_000_000, 0, false, true);
    behave("ann", COAT, "like", at, plain);
    behave("ann", BOOTS, "view", at, rated);
    behave("ann", BOOTS, "view", at.plusSeconds(5), plain);
    behave("bob", BOOTS, "view", at, plain);
    shop("other").submit(behaviour("ann", BOOTS, "view", at, plain));
    long end = shop.store().log().head();
    long before = at.plusSeconds(60).toEpochMilli() * 1_000;
    Retention retention = shop.store().retention();
    assertThat(retention.fold(shop.tenant(), before, 0, end, 3)).isEqualTo(new Step(3, end - 2));
    assertThat(retention.fold(shop.tenant(), before, end - 2, end, 3)).isEqualTo(new Step(1, end));
    assertThat(retention.fold(shop.tenant(), before, 0, end, 3)).isEqualTo(new Step(0, end));

    assertThat(folded("ann"))
        .extracting(Folded::entity, Folded::type, one -> one.sums().count())
        .containsExactlyInAnyOrder(tuple(COAT, "like", 1L), tuple(BOOTS, "view", 2L));
    BehaviourSum sums =
        folded("ann").stream()
            .filter(one -> one.entity().equals(BOOTS))
            .map(Folded::sums)
            .findFirst()
            .orElseThrow();
    assertThat(sums.ratings()).isEqualTo(8_500_000);
    assertThat(sums.durations()).isEqualTo(120_000_000);
    assertThat(sums.takenIn()).isEqualTo(1);
    assertThat(sums.ofRecommendation()).isTrue();
    assertThat(sums.lastMillis()).isEqualTo(at.plusSeconds(5).toEpochMilli());
    assertThat(folded("nobody")).isEmpty();
    shop.erase("ann");
    assertThat(folded("ann")).isEmpty();
    assertThat(folded("bob")).hasSize(1);
  }

  @Test
  void the_log_ends_where_it_did_when_the_newest_is_no_longer_kept_one_by_one() {
    behave("ann", BOOTS, "view", clock.now(), new Measures(-1, -1, 30_000_000, 0, false, true));
    long end = shop.store().log().head();
    long before = clock.now().plusSeconds(60).toEpochMilli() * 1_000;

    Retention.Step step = shop.store().retention().fold(shop.tenant(), before, 0, end, 3);

    assertThat(step).isEqualTo(new Step(1, end));
    assertThat(shop.store().log().head()).isEqualTo(end);
  }

  private void behave(String user, EntityKey entity, String type, Instant at, Measures measures) {
    shop.submit(behaviour(user, entity, type, at, measures));
  }

  private static Change behaviour(
      String user, EntityKey entity, String type, Instant at, Measures measures) {
    return new Change.RecordInteraction(
        new Interaction(
            new UserId(user),
            entity.asRef(),
            type,
            OptionalDouble.empty(),
            JsonObject.EMPTY,
            at,
            true,
            Optional.empty(),
            Optional.empty(),
            measures));
  }

  private List<Folded> folded(String user) {
    var found = new ArrayList<Folded>();
    shop.data().interactions().folded(new UserId(user), found::add);
    return found;
  }

  // Which entity is meant

  @Test
  void an_unknown_entity_without_a_type_is_a_product() {
    assertThat(shop.record(Deed.untyped("ann", "view", "boots")).interaction().entity())
        .isEqualTo(BOOTS);
  }

  @Test
  void an_id_that_one_entity_has_needs_no_type() {
    var film = EntityKey.of("film", "dune");
    shop.put(film, "{}");

    assertThat(shop.record(Deed.untyped("ann", "view", "dune")).interaction().entity())
        .isEqualTo(film);
  }

  @Test
  void an_id_that_several_entities_have_is_ambiguous() {
    shop.put(EntityKey.of("film", "dune"), "{}");
    shop.put(EntityKey.of("book", "dune"), "{}");

    var refusal = shop.refusal(shop.recording(Deed.untyped("ann", "view", "dune")));

    assertThat(refusal.code()).isEqualTo(ErrorCode.AMBIGUOUS_ENTITY);
    assertThat(refusal.sentence()).contains("book, film");
    assertThat(shop.user("ann")).isEmpty();
  }

  @Test
  void only_stored_entities_say_which_type_an_id_has() {
    shop.record(Deed.of("ann", "view", EntityKey.of("film", "dune")));
    shop.put(EntityKey.of("book", "dune"), "{}");
    shop.delete(EntityKey.of("book", "dune"));

    assertThat(shop.record(Deed.untyped("ann", "view", "dune")).interaction().entity())
        .isEqualTo(EntityKey.of("product", "dune"));
  }

  @Test
  void an_unknown_entity_joins_its_interactions_when_it_comes() {
    shop.record(Deed.of("ann", "view", BOOTS));
    shop.put(BOOTS, "{}");
    shop.record(Deed.of("ben", "view", BOOTS));

    List<Integer> entities = new ArrayList<>();
    for (Event event : shop.events()) {
      if (event instanceof Event.Interacted interacted) entities.add(interacted.entity());
    }
    assertThat(entities).containsExactly(shop.numberOf(BOOTS), shop.numberOf(BOOTS));
  }

  @Test
  void interactions_with_a_deleted_entity_stay_for_the_record_apart_from_those_that_follow() {
    shop.put(BOOTS, "{}");
    int first = shop.numberOf(BOOTS);
    shop.record(Deed.of("ann", "view", BOOTS));
    shop.delete(BOOTS);
    shop.record(Deed.of("ann", "click", BOOTS));
    int second = shop.numberOf(BOOTS);
    shop.put(BOOTS, "{}");

    assertThat(second).isGreaterThan(first).isEqualTo(shop.numberOf(BOOTS));
    assertThat(shop.of(BOOTS))
        .extracting(RecordedInteraction::type)
        .containsExactly("click", "view");
    assertThat(shop.of("ann")).isEqualTo(shop.of(BOOTS));
    assertThat(shop.user("ann").orElseThrow().interactionCount()).isEqualTo(2);
  }

  // What it counts

  @Test
  void an_own_weight_counts_else_what_the_type_counts_now() {
    shop.record(Deed.of("ann", "view", BOOTS));
    shop.record(Deed.of("ann", "wave", BOOTS));
    shop.record(Deed.of("ann", "view", BOOTS).weighing(0.5));
    assertThat(weightsOf("ann")).containsExactly(0.5, 1.0, 1.0);

    shop.register("view", 7);
    shop.register("wave", -0.25);

    assertThat(weightsOf("ann")).containsExactly(0.5, -0.25, 7.0);
  }

  @Test
  void built_in_types_count_what_they_are_known_to_count() {
    shop.record(Deed.of("ann", "purchase", BOOTS));
    shop.record(Deed.of("ann", "dislike", BOOTS));
    shop.record(Deed.of("ann", "impression", BOOTS));

    assertThat(weightsOf("ann")).containsExactly(0.0, -2.0, 5.0);
  }

  @Test
  void an_unregistered_type_is_taken_and_reported() {
    assertThat(shop.record(Deed.of("ann", "wave", BOOTS)).typeIsRegistered()).isFalse();
    assertThat(shop.record(Deed.of("ann", "view", BOOTS)).typeIsRegistered()).isTrue();
    shop.register("wave", 2);
    assertThat(shop.record(Deed.of("ann", "wave", BOOTS)).typeIsRegistered()).isTrue();
  }

  // Once

  @Test
  void an_event_id_that_came_before_stores_nothing_and_tells_what_was_stored() {
    InteractionStored first = shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));
    shop.put(COAT, "{}");

    InteractionStored second =
        shop.record(Deed.of("ben", "purchase", COAT).weighing(9).named("e-1"));

    assertThat(second.duplicate()).isTrue();
    assertThat(second.interaction()).isEqualTo(first.interaction());
    assertThat(second.position()).isEqualTo(first.position());
    assertThat(store.log().head()).isEqualTo(2);
    assertThat(shop.user("ben")).isEmpty();
  }

  @Test
  void an_event_id_is_stored_once_within_one_submission_and_one_append() {
    Deed deed = Deed.of("ann", "view", BOOTS).named("e-1");

    Receipt receipt = shop.submit(shop.recording(deed), shop.recording(deed));

    assertThat(receipt.outcomes())
        .extracting(outcome -> ((InteractionStored) outcome).duplicate())
        .containsExactly(false, true);
    assertThat(receipt.position()).isEqualTo(1);
    assertThat(shop.of("ann")).hasSize(1);
  }

  @Test
  void a_duplicate_is_told_what_its_type_counts_now() {
    shop.record(Deed.of("ann", "view", BOOTS).named("e-1"));
    shop.register("view", 4);

    assertThat(shop.record(Deed.of("ann", "view", BOOTS).named("e-1")).interaction().weight())
        .isEqualTo(4);
  }

  @Test
  void a_duplicate_is_recognized_although_its_entity_became_ambiguous() {
    shop.record(Deed.untyped("ann", "view", "dune").named("e-1"));
    shop.put(EntityKey.of("film", "dune"), "{}");
    shop.put(EntityKey.of("book", "dune"), "{}");

    assertThat(shop.record(Deed.untyped("ann", "view", "dune").named("e-1")).duplicate()).isTrue();
  }

  @Test
  void the_same_at_the_same_given_time_is_one_and_gets_the_newer_weight_and_metadata() {
    Instant at = clock.now().minusSeconds(60);
    shop.record(Deed.of("ann", "rating", BOOTS).weighing(3).at(at).named("e-1").from("r-1"));

    InteractionStored again =
        shop.record(
            Deed.of("ann", "rating", BOOTS)
                .weighing(4.5)
                .with(json("{\"a\":1}"))
                .at(at)
                .named("e-2")
                .from("r-2"));

    assertThat(again.duplicate()).isFalse();
    assertThat(again.position()).isEqualTo(2);
    var kept = shop.of("ann");
    assertThat(kept).containsExactly(again.interaction());
    assertThat(kept.getFirst().position()).isEqualTo(1);
    assertThat(kept.getFirst().weight()).isEqualTo(4.5);
    assertThat(kept.getFirst().metadata()).isEqualTo(json("{\"a\":1}"));
    assertThat(kept.getFirst().eventId()).contains("e-1");
    assertThat(kept.getFirst().recommendationId()).contains("r-1");
    assertThat(shop.user("ann").orElseThrow().interactionCount()).isEqualTo(1);
    Event.Interacted first = (Event.Interacted) shop.events().getFirst();
    assertThat(shop.newestEvent())
        .isEqualTo(
            new Event.Reweighed(
                2,
                first.tenant(),
                1,
                first.user(),
                first.entity(),
                first.type(),
                4.5f,
                Measures.NONE,
                new Event.Counted(3f, Measures.NONE)));
    assertThat(first.weight()).isEqualTo(3f);
  }

  @Test
  void the_same_again_without_an_own_weight_counts_what_its_type_does() {
    Instant at = clock.now().minusSeconds(60);
    shop.record(Deed.of("ann", "view", BOOTS).weighing(3).at(at));
    shop.record(Deed.of("ann", "view", BOOTS).at(at));

    assertThat(weightsOf("ann")).containsExactly(1.0);
    assertThat(((Event.Reweighed) shop.newestEvent()).weight()).isNaN();
  }

  @Test
  void whoever_reads_to_the_end_knows_the_newest_weight() {
    Instant at = clock.now().minusSeconds(60);
    for (int weight = 1; weight <= 3; weight++) {
      shop.record(Deed.of("ann", "view", BOOTS).weighing(weight).at(at));
    }

    assertThat(((Event.Reweighed) shop.newestEvent()).weight()).isEqualTo(3f);
    assertThat(shop.events()).hasSize(3);
  }

  @Test
  void other_users_entities_types_and_times_are_not_the_same() {
    Instant at = clock.now().minusSeconds(60);
    shop.record(Deed.of("ann", "view", BOOTS).at(at));
    shop.record(Deed.of("ben", "view", BOOTS).at(at));
    shop.record(Deed.of("ann", "click", BOOTS).at(at));
    shop.record(Deed.of("ann", "view", COAT).at(at));
    shop.record(Deed.of("ann", "view", BOOTS).at(at.plusNanos(1_000)));

    assertThat(shop.of("ann")).hasSize(4);
    assertThat(shop.of("ben")).hasSize(1);
  }

  @Test
  void without_a_given_time_nothing_is_the_same_because_the_next_free_microsecond_counts() {
    for (int i = 0; i < 3; i++) shop.record(Deed.of("ann", "view", BOOTS));
    shop.record(Deed.of("ann", "view", COAT));

    Instant noon = clock.now();
    assertThat(shop.of("ann"))
        .extracting(RecordedInteraction::position, RecordedInteraction::at)
        .containsExactly(
            tuple(3L, noon.plusNanos(2_000)),
            tuple(2L, noon.plusNanos(1_000)),
            tuple(4L, noon),
            tuple(1L, noon));
    assertThat(shop.events().stream().map(event -> ((Event.Interacted) event).atMicros()))
        .containsExactlyElementsOf(
            Stream.of(0, 1, 2, 0).map(late -> noon.toEpochMilli() * 1_000 + late).toList());
  }

  @Test
  void what_was_read_and_is_sent_again_is_the_same() {
    shop.record(Deed.of("ann", "view", BOOTS).weighing(2));
    RecordedInteraction read = shop.of("ann").getFirst();

    shop.record(Deed.of("ann", "view", BOOTS).weighing(2).at(read.at()));

    assertThat(shop.of("ann")).containsExactly(read);
  }

  @Test
  void an_entity_that_comes_again_has_interactions_of_its_own() {
    Instant at = clock.now().minusSeconds(60);
    shop.put(BOOTS, "{}");
    shop.record(Deed.of("ann", "view", BOOTS).at(at));
    shop.delete(BOOTS);
    shop.put(BOOTS, "{}");
    shop.record(Deed.of("ann", "view", BOOTS).at(at));

    assertThat(shop.of("ann")).hasSize(2);
  }

  // Lists

  @Test
  void lists_are_newest_first_by_time_and_then_by_position() {
    Instant noon = clock.now();
    shop.record(Deed.of("ann", "view", EntityKey.of("product", "1")).at(noon.minusSeconds(2)));
    shop.record(Deed.of("ann", "view", EntityKey.of("product", "2")).at(noon));
    shop.record(Deed.of("ann", "view", EntityKey.of("product", "3")).at(noon));
    shop.record(Deed.of("ann", "view", EntityKey.of("product", "4")).at(noon.minusSeconds(1)));
    shop.record(Deed.of("ben", "view", EntityKey.of("product", "1")).at(noon));

    assertThat(shop.of("ann"))
        .extracting(row -> row.entity().id().value())
        .containsExactly("3", "2", "4", "1");
    assertThat(shop.of(EntityKey.of("product", "1")))
        .extracting(row -> row.user().value())
        .containsExactly("ben", "ann");
    assertThat(shop.of("nobody")).isEmpty();
    assertThat(shop.of(EntityKey.of("film", "1"))).isEmpty();
  }

  @Test
  void a_page_skips_rows_or_goes_on_after_one() {
    for (int i = 0; i < 10; i++) {
      shop.record(Deed.of("ann", "view", BOOTS).at(clock.now().minus(Duration.ofMinutes(i / 2))));
      shop.record(Deed.of("ben", "view", COAT));
    }
    // Two views in a minute are the same, so five are kept.
    List<RecordedInteraction> all = shop.of("ann");
    assertThat(all).hasSize(5);

    assertThat(page("ann", new Page(2, 0, Optional.empty()))).isEqualTo(all.subList(0, 2));
    assertThat(page("ann", new Page(2, 3, Optional.empty()))).isEqualTo(all.subList(3, 5));
    assertThat(page("ann", new Page(10, 5, Optional.empty()))).isEmpty();
    assertThat(page("ann", new Page(2, 0, Optional.of(place(all.get(1))))))
        .isEqualTo(all.subList(2, 4));
    assertThat(page("ann", new Page(2, 1, Optional.of(place(all.get(1))))))
        .isEqualTo(all.subList(3, 5));
    assertThat(
            shop.data()
                .interactions()
                .ofEntity(BOOTS, new Page(3, 0, Optional.of(place(all.get(0))))))
        .isEqualTo(all.subList(1, 4));
  }

  @Test
  void pages_by_place_do_not_lose_rows_of_the_same_time() {
    for (int i = 0; i < 9; i++) {
      shop.record(Deed.of("ann", "view", EntityKey.of("product", "p" + i)));
    }
    List<RecordedInteraction> all = shop.of("ann");

    var collected = new ArrayList<RecordedInteraction>();
    Optional<After> after = Optional.empty();
    for (int i = 0; i < 5; i++) {
      List<RecordedInteraction> next = page("ann", new Page(2, 0, after));
      collected.addAll(next);
      after = Optional.of(place(next.getLast()));
    }

    assertThat(collected).isEqualTo(all);
  }

  // Taking back

  @Test
  void an_interaction_that_is_taken_back_is_shown_no_more() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    shop.record(Deed.of("ann", "like", BOOTS).at(at).with(json("{\"a\":1}")).named("e-1"));
    shop.record(Deed.of("ann", "view", BOOTS).at(at));

    var removed = shop.keep(InteractionRemoved.class, takingBack("ann", "like", BOOTS, at));

    assertThat(removed).isEqualTo(new InteractionRemoved(1, 3));
    assertThat(shop.of("ann")).extracting(RecordedInteraction::type).containsExactly("view");
    assertThat(shop.of(BOOTS)).extracting(RecordedInteraction::type).containsExactly("view");
    assertThat(shop.user("ann").orElseThrow().interactionCount()).isEqualTo(1);
  }

  @Test
  void the_log_tells_of_an_interaction_before_it_tells_that_it_was_taken_back() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    shop.record(Deed.of("ann", "like", BOOTS).at(at).weighing(2.5));
    Event before = shop.newestEvent();

    shop.keep(InteractionRemoved.class, takingBack("ann", "like", BOOTS, at));

    var liked = (Event.Interacted) before;
    assertThat(shop.events())
        .containsExactly(
            liked,
            new Event.InteractionRemoved(
                2,
                liked.tenant(),
                liked.user(),
                liked.entity(),
                liked.type(),
                2.5f,
                liked.atMicros()));
  }

  @Test
  void what_was_taken_back_can_happen_again_under_the_same_name() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    shop.record(Deed.of("ann", "like", BOOTS).at(at).named("e-1"));
    shop.keep(InteractionRemoved.class, takingBack("ann", "like", BOOTS, at));

    InteractionStored again = shop.record(Deed.of("ann", "like", BOOTS).at(at).named("e-1"));

    assertThat(again.duplicate()).isFalse();
    assertThat(again.position()).isEqualTo(3);
    assertThat(shop.of("ann")).hasSize(1);
  }

  @Test
  void taking_back_what_never_happened_is_refused_and_changes_nothing() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    shop.record(Deed.of("ann", "like", BOOTS).at(at));

    assertThat(shop.refusal(takingBack("ann", "like", BOOTS, at.plusMillis(1))).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(shop.refusal(takingBack("ben", "like", BOOTS, at)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(shop.refusal(takingBack("ann", "like", COAT, at)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(shop.refusal(takingBack("ann", "view", BOOTS, at)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(shop.of("ann")).hasSize(1);
    assertThat(shop.store().log().head()).isEqualTo(1);
  }

  @Test
  void nothing_of_an_erased_user_is_left_in_the_log_not_even_what_they_took_back() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    shop.record(Deed.of("ann", "like", BOOTS).at(at));
    shop.keep(InteractionRemoved.class, takingBack("ann", "like", BOOTS, at));
    shop.record(Deed.of("ann", "view", BOOTS).at(at));

    shop.erase("ann");

    assertThat(shop.events()).hasSize(1).first().isInstanceOf(Event.UserErased.class);
  }

  // All of a type

  @Test
  void all_interactions_come_in_the_order_of_the_log_with_what_is_their_own() {
    shop.put(BOOTS, "{}");
    shop.record(Deed.of("ann", "view", BOOTS).weighing(2));
    clock.advance(Duration.ofHours(1));
    shop.record(Deed.of("bob", "view", BOOTS));
    shop.delete(BOOTS);
    clock.advance(Duration.ofHours(1));
    shop.record(Deed.of("ann", "view", BOOTS));
    var ever = new Between(Optional.empty(), Optional.empty());
    var all = shop.data().interactions().inOrder(ever, 0, 10);
    assertThat(all)
        .extracting(kept -> kept.interaction().user().value())
        .containsExactly("ann", "bob", "ann");
    assertThat(all).extracting(Kept::hasOwnWeight).containsExactly(true, false, false);
    assertThat(all).extracting(Kept::isOfDeleted).containsExactly(true, true, false);
    long second = all.get(1).interaction().position();
    assertThat(shop.data().interactions().inOrder(ever, second, 10)).containsExactly(all.get(2));
    assertThat(shop.data().interactions().inOrder(ever, 0, 1)).containsExactly(all.get(0));
    var hour =
        new Between(
            Optional.of(all.get(1).interaction().at()), Optional.of(all.get(2).interaction().at()));
    assertThat(shop.data().interactions().inOrder(hour, 0, 10)).containsExactly(all.get(1));
    assertThat(shop("other").data().interactions().inOrder(ever, 0, 10)).isEmpty();
  }

  @Test
  void the_interactions_of_a_type_are_scanned_in_the_order_of_their_positions() {
    var at = Instant.parse("2026-01-02T03:04:05.678901Z");
    shop.record(Deed.of("ben", "like", COAT).at(at));
    shop.record(Deed.of("ann", "view", BOOTS).at(at));
    shop.record(Deed.of("ann", "like", BOOTS).at(at.minusSeconds(9)));
    var all = new ArrayList<Scanned>();
    var rest = new ArrayList<Scanned>();

    shop.data().interactions().scan("like", 0, all::add);
    shop.data().interactions().scan("like", 1, rest::add);

    assertThat(all)
        .containsExactly(
            new Scanned(1, new UserId("ben"), COAT, at),
            new Scanned(3, new UserId("ann"), BOOTS, at.minusSeconds(9)));
    assertThat(rest).containsExactly(all.getLast());
  }

  private static Change takingBack(String user, String type, EntityKey entity, Instant at) {
    return new Change.RemoveInteraction(new UserId(user), entity, type, at);
  }

  private List<RecordedInteraction> page(String user, Page page) {
    return shop.data().interactions().ofUser(new UserId(user), page);
  }

  private static After place(RecordedInteraction row) {
    return new After(Duration.between(Instant.EPOCH, row.at()).toNanos() / 1_000, row.position());
  }

  private List<Double> weightsOf(String user) {
    return shop.of(user).stream().map(RecordedInteraction::weight).toList();
  }
}
