package dev.kindred.store;

import static dev.kindred.store.Shop.draft;
import static dev.kindred.store.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.ApiKey;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.Job;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.EventLog.Appended;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One order of everything that was accepted. */
public abstract class EventLogContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final EntityKey COAT = EntityKey.of("product", "coat");

  protected EventLogContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void an_empty_log_has_nothing_to_read() {
    assertThat(store.log().head()).isZero();
    assertThat(store.log().read(0, 10, EventLogContract::unexpected)).isZero();
    assertThat(store.log().append(List.of())).isEmpty();
  }

  @Test
  void positions_count_from_one_without_gaps_over_all_tenants() {
    Shop other = shop("other");

    assertThat(shop.put(BOOTS, "{}").position()).isEqualTo(1);
    assertThat(other.put(BOOTS, "{}").position()).isEqualTo(2);
    assertThat(shop.record(Deed.of("ann", "view", BOOTS)).position()).isEqualTo(3);
    assertThat(other.putUser("ann", "{}").position()).isEqualTo(4);

    assertThat(store.log().head()).isEqualTo(4);
    assertThat(shop.events()).extracting(Event::position).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void each_event_says_whose_it_is() {
    shop.put(BOOTS, "{}");
    shop("other").put(BOOTS, "{}");

    assertThat(shop.events())
        .extracting(event -> store.tenants().named(event.tenant()).value())
        .containsExactly("shop", "other");
  }

  @Test
  void an_append_hands_over_what_a_reader_would_read() {
    shop.put(BOOTS, "{}");

    Appended appended =
        store
            .log()
            .extend(
                List.of(
                    submission(shop.recording(Deed.of("ann", "view", BOOTS).at(clock.instant()))),
                    submission(shop.recording(Deed.of("bob", "view", BOOTS).at(clock.instant()))),
                    submission(new Change.EraseUser(new UserId("ann"))),
                    submission(
                        new Change.PutEntity(draft(BOOTS, "{}"), PutMode.CREATE),
                        shop.recording(
                            Deed.of("bob", "view", BOOTS).at(clock.instant()).weighing(3)))));

    assertThat(appended.after()).isEqualTo(1);
    assertThat(appended.position()).isEqualTo(store.log().head()).isEqualTo(5);
    List<Event> read = Tailing.read(store.log(), appended);
    assertThat(appended.events()).isEqualTo(read);
    assertThat(read).extracting(Event::position).containsExactly(3L, 4L, 5L);
  }

  @Test
  void an_append_that_keeps_nothing_hands_over_nothing() {
    shop.put(BOOTS, "{}");

    Appended appended =
        store
            .log()
            .extend(List.of(submission(new Change.PutEntity(draft(BOOTS, "{}"), PutMode.CREATE))));

    assertThat(appended.events()).isEmpty();
    assertThat(appended.after()).isEqualTo(appended.position()).isEqualTo(1);
  }

  @Test
  void a_refused_change_is_refused_alone_and_takes_no_position() {
    shop.put(BOOTS, "{}");

    Receipt receipt =
        shop.submit(
            new Change.PutEntity(draft(COAT, "{}"), PutMode.CREATE),
            new Change.PutEntity(draft(BOOTS, "{\"a\":1}"), PutMode.CREATE),
            shop.recording(Deed.of("ann", "view", BOOTS)));

    assertThat(receipt.outcomes())
        .extracting(outcome -> (Object) outcome.getClass())
        .containsExactly(
            Outcome.EntityStored.class, Outcome.Refused.class, Outcome.InteractionStored.class);
    assertThat(receipt.position()).isEqualTo(3);
    assertThat(store.log().head()).isEqualTo(3);
    assertThat(shop.data().catalog().find(BOOTS).orElseThrow().attributes()).isEqualTo(json("{}"));
  }

  @Test
  void a_refused_change_leaves_nothing_behind() {
    Receipt receipt =
        shop.submit(
            new Change.DeleteEntity(BOOTS),
            new Change.EraseUser(new UserId("ann")),
            new Change.DeleteInteractionType("nod"));

    assertThat(receipt.outcomes()).allMatch(Outcome.Refused.class::isInstance);
    assertThat(store.log().head()).isZero();
    assertThat(store.tenants().all()).isEmpty();
    shop.data().catalog().scan(0, EventLogContract::unexpected);
    shop.data().users().scan(0, EventLogContract::unexpected);
  }

  @Test
  void a_submission_that_takes_no_position_is_told_the_newest() {
    shop.put(BOOTS, "{}");
    shop.put(COAT, "{}");

    assertThat(shop.submit(new Change.PutEntity(draft(BOOTS, "{}"), PutMode.CREATE)).position())
        .isEqualTo(2);
    assertThat(shop.submit().position()).isEqualTo(2);
  }

  @Test
  void receipts_come_in_the_order_of_the_submissions() {
    List<Receipt> receipts =
        store
            .log()
            .append(
                List.of(
                    Submission.of(shop.tenant(), put(BOOTS)),
                    Submission.of(shop("other").tenant(), put(COAT)),
                    new Submission(
                        shop.tenant(), List.of(put(COAT), put(BOOTS)), Optional.empty())));

    assertThat(receipts).extracting(Receipt::position).containsExactly(1L, 2L, 4L);
    assertThat(receipts).extracting(receipt -> receipt.outcomes().size()).containsExactly(1, 1, 2);
  }

  @Test
  void a_later_change_sees_what_came_before_it_in_the_same_append() {
    List<Receipt> receipts =
        store
            .log()
            .append(
                List.of(
                    new Submission(
                        shop.tenant(),
                        List.of(
                            new Change.PutEntity(draft(BOOTS, "{}"), PutMode.CREATE),
                            new Change.DeleteEntity(BOOTS),
                            new Change.PutEntity(draft(BOOTS, "{\"a\":2}"), PutMode.CREATE)),
                        Optional.empty()),
                    Submission.of(
                        shop.tenant(),
                        new Change.PutEntity(draft(BOOTS, "{\"a\":3}"), PutMode.REPLACE))));

    assertThat(receipts.getLast().position()).isEqualTo(4);
    assertThat(shop.data().catalog().find(BOOTS).orElseThrow().attributes())
        .isEqualTo(json("{\"a\":3}"));
  }

  @Test
  void when_an_append_throws_nothing_was_kept() {
    shop.put(BOOTS, "{\"a\":1}");
    var crash = new IllegalStateException("the edit has a bug");

    assertThatThrownBy(() ->
            shop.submit(
                put(COAT),
                shop.recording(Deed.of("ann", "wave", COAT)),
                new Change.DeleteEntity(COAT),
                new Change.EditEntity(
                    BOOTS,
                    _ -> {
                      throw crash;
                    })))
        .isSameAs(crash);

    assertThat(store.log().head()).isEqualTo(1);
    assertThat(shop.data().catalog().find(COAT)).isEmpty();
    assertThat(shop.user("ann")).isEmpty();
    assertThat(shop.put(COAT, "{}").position()).isEqualTo(2);
  }

  @Test
  void reading_goes_on_where_it_stopped() {
    for (int i = 0; i < 7; i++) shop.put(EntityKey.of("product", "p" + i), "{}");

    var seen = new ArrayList<Event>();
    long upTo = store.log().read(0, 3, seen::add);
    assertThat(seen).extracting(Event::position).containsExactly(1L, 2L, 3L);
    assertThat(upTo).isEqualTo(3);

    upTo = store.log().read(upTo, 100, seen::add);
    assertThat(seen).hasSize(7);
    assertThat(upTo).isEqualTo(7);
    assertThat(store.log().read(upTo, 100, EventLogContract::unexpected)).isEqualTo(7);
  }

  @Test
  void every_kind_of_change_leaves_its_event() {
    shop.put(BOOTS, "{}");
    int tenant = shop.newestEvent().tenant();
    int boots = shop.numberOf(BOOTS);
    assertThat(shop.newestEvent()).isEqualTo(new Event.EntityPut(1, tenant, boots));

    shop.keep(Outcome.EntityStored.class, new Change.EditEntity(BOOTS, entity -> entity.asDraft()));
    assertThat(shop.newestEvent()).isEqualTo(new Event.EntityPut(2, tenant, boots));

    shop.delete(BOOTS);
    assertThat(shop.newestEvent()).isEqualTo(new Event.EntityDeleted(3, tenant, boots));

    shop.putUser("ann", "{}");
    int ann = shop.numberOf("ann");
    assertThat(shop.newestEvent()).isEqualTo(new Event.UserPut(4, tenant, ann));

    shop.erase("ann");
    assertThat(shop.newestEvent()).isEqualTo(new Event.UserErased(5, tenant, ann));

    shop.register("wave", 2);
    int wave = numberOfType("wave");
    assertThat(shop.newestEvent()).isEqualTo(new Event.InteractionTypeChanged(6, tenant, wave));

    shop.keep(Outcome.InteractionTypeDeleted.class, new Change.DeleteInteractionType("wave"));
    assertThat(shop.newestEvent()).isEqualTo(new Event.InteractionTypeChanged(7, tenant, wave));

    shop.keep(Outcome.TenantSettingsStored.class, new Change.PutTenantSettings(json("{}")));
    assertThat(shop.newestEvent()).isEqualTo(new Event.SettingsChanged(8, tenant));

    shop.keep(Outcome.KeyStored.class, new Change.CreateKey(key("k1", Optional.empty())));
    assertThat(shop.newestEvent()).isEqualTo(new Event.KeysChanged(9, 0));

    shop.keep(Outcome.KeyStored.class, new Change.CreateKey(key("k2", Optional.of(shop.tenant()))));
    assertThat(shop.newestEvent()).isEqualTo(new Event.KeysChanged(10, tenant));

    shop.keep(Outcome.KeyStored.class, new Change.RevokeKey("k2"));
    assertThat(shop.newestEvent()).isEqualTo(new Event.KeysChanged(11, tenant));

    shop.keep(
        Outcome.JobStored.class, new Change.StartJob(new Job.Draft("j", "sweep", new byte[0])));
    assertThat(shop.newestEvent()).isEqualTo(new Event.JobChanged(12, tenant));

    shop.keep(Outcome.JobStored.class, new Change.CancelJob("j", clock.now()));
    assertThat(shop.newestEvent()).isEqualTo(new Event.JobChanged(13, tenant));

    shop.keep(
        Outcome.FeatureStatisticsStored.class,
        new Change.PutFeatureStatistics(new FeatureStatisticsBytes(1, new byte[] {1})));
    assertThat(shop.newestEvent()).isEqualTo(new Event.FeatureStatisticsChanged(14, tenant));
  }

  @Test
  void an_interaction_leaves_its_numbers_its_own_weight_and_its_time() {
    shop.record(Deed.of("ann", "view", BOOTS));
    shop.record(Deed.of("ann", "view", COAT).weighing(-2.5).at(clock.now().minusMillis(5)));

    List<Event> events = shop.events();
    int tenant = events.getFirst().tenant();
    long noon = clock.now().toEpochMilli() * 1_000;
    assertThat(events)
        .containsExactly(
            new Event.Interacted(
                1,
                tenant,
                shop.numberOf("ann"),
                shop.numberOf(BOOTS),
                numberOfType("view"),
                Float.NaN,
                noon),
            new Event.Interacted(
                2,
                tenant,
                shop.numberOf("ann"),
                shop.numberOf(COAT),
                numberOfType("view"),
                -2.5f,
                noon - 5_000));
  }

  @Test
  void a_reader_sees_every_position_once_and_in_order_while_many_write() throws Exception {
    int writers = 4;
    int each = 40;
    long all = (long) writers * each;
    var seen = new ArrayList<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing = new ArrayList<Future<?>>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        writing.add(threads.submit(() -> writeMany("writer-" + writer, each)));
      }
      Future<?> reading =
          threads.submit(() -> {
            long after = 0;
            while (seen.size() < all) {
              after = store.log().read(after, 7, event -> seen.add(event.position()));
            }
          });
      for (Future<?> one : writing) one.get();
      reading.get();
    }
    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
  }

  private void writeMany(String user, int times) {
    for (int i = 0; i < times; i++) {
      Deed deed = Deed.of(user, "view", EntityKey.of("product", "p" + i % 5));
      // Refused changes in between must not leave holes.
      store
          .log()
          .append(
              List.of(
                  Submission.of(shop.tenant(), new Change.DeleteEntity(BOOTS)),
                  Submission.of(shop.tenant(), shop.recording(deed))));
    }
  }

  @Test
  void a_refusal_says_why() {
    assertThat(shop.refusal(new Change.DeleteEntity(BOOTS)).code())
        .isEqualTo(ErrorCode.ENTITY_NOT_FOUND);
  }

  private static Change put(EntityKey key) {
    return new Change.PutEntity(draft(key, "{}"), PutMode.UPSERT);
  }

  private int numberOfType(String name) {
    return shop.data().types().numbered().stream()
        .filter(numbered -> numbered.type().name().equals(name))
        .findFirst()
        .orElseThrow()
        .number();
  }

  private ApiKey key(String id, Optional<TenantId> tenant) {
    return new ApiKey(
        id,
        id,
        "hash of " + id,
        ApiKey.Kind.SERVER,
        tenant,
        List.of(),
        OptionalInt.empty(),
        clock.now(),
        Optional.empty());
  }

  private static void unexpected(Object what) {
    throw new AssertionError("unexpected: " + what);
  }

  private Submission submission(Change... changes) {
    return new Submission(shop.tenant(), List.of(changes), Optional.empty());
  }
}
