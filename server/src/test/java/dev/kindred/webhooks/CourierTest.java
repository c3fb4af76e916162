package dev.kindred.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Webhook;
import dev.kindred.store.Deed;
import dev.kindred.store.Shop;
import dev.kindred.store.Store;
import dev.kindred.store.Webhooks.DeadLetter;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import dev.kindred.webhooks.Receiver.Reaction;
import dev.kindred.webhooks.Receiver.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks are told what happens: at least once, in order, and none is held up by another. */
class CourierTest {

  private static final EntityKey MUG = EntityKey.of("product", "mug");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Set<Topic> INTERACTIONS = EnumSet.of(Topic.INTERACTION_RECORDED);

  private final SettableClock clock = SettableClock.atNoon();
  private final Store store = new MemoryStore(clock);
  private final Shop shop = new Shop(store, new TenantId("shop"), clock);
  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AutoCloseable> open = new ArrayList<>();
  private long followed;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) each.close();
    threads.shutdownNow();
    alarms.shutdownNow();
    store.close();
  }

  @Test
  void messages_arrive_in_the_order_of_the_log() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(200));
    Courier courier = courier("a");
    create("w", receiver, INTERACTIONS);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 450; i++) expected.add(deed("user-" + i % 7));

    settle(courier);

    assertThat(ids(receiver)).isEqualTo(expected);
    assertThat(courier.waiting()).isZero();
    assertThat(receiver.connections()).isLessThan(10);
  }

  @Test
  void what_does_not_arrive_is_tried_again_and_holds_up_what_comes_after_it() throws Exception {
    var fails = new AtomicInteger(2);
    Receiver receiver = receiver(_ -> Receiver.status(fails.getAndDecrement() > 0 ? 503 : 204));
    Courier courier = courier("a");
    create("w", receiver, INTERACTIONS);
    String first = deed("ann");
    String second = deed("bob");

    settle(courier);
    assertThat(ids(receiver)).containsExactly(first);
    clock.advance(Duration.ofSeconds(4));
    settle(courier);
    assertThat(ids(receiver)).as("too early").containsExactly(first);
    clock.advance(Duration.ofSeconds(2));
    settle(courier);
    assertThat(ids(receiver)).as("the second try").containsExactly(first, first);
    clock.advance(Duration.ofSeconds(34));
    settle(courier);

    assertThat(ids(receiver)).containsExactly(first, first, first, second);
  }

  @Test
  void after_ten_tries_in_a_day_a_message_is_a_dead_letter_and_the_next_one_goes()
      throws Exception {
    int minutes = 0;
    Receiver receiver =
        receiver(message -> Receiver.status(message.body().contains("\"bad\"") ? 500 : 204));
    Courier courier = courier("a");
    Webhook webhook = create("w", receiver, INTERACTIONS);
    String bad = deed("bad");
    String good = deed("good");
    var began = clock.now();

    while (!ids(receiver).contains(good)) {
      settle(courier);
      clock.advance(Duration.ofMinutes(1));
      assertThat(++minutes).as("minutes").isLessThan(3 * 24 * 60);
    }

    assertThat(ids(receiver)).filteredOn(bad::equals).hasSize(10);
    Duration took = Duration.between(began, clock.now());
    assertThat(took).isBetween(A_DAY.multipliedBy(8).dividedBy(10), A_DAY.plusHours(5));
    assertThat(store.webhooks().deadLetters(webhook, 0, 9))
        .extracting(DeadLetter::attempts, DeadLetter::problem)
        .containsExactly(tuple(10, "answered with status 500"));
    assertThat(courier.tally().givenUp()).isEqualTo(1);
  }

  @Test
  void a_dead_letter_that_is_wanted_again_is_tried_once_more() throws Exception {
    var status = new AtomicInteger(500);
    Receiver receiver = receiver(_ -> Receiver.status(status.get()));
    Courier courier = courier("a");
    Webhook webhook = create("w", receiver, INTERACTIONS);
    String bad = deed("ann");
    while (store.webhooks().deadLetters(webhook, 0, 9).isEmpty()) {
      settle(courier);
      clock.advance(Duration.ofHours(1));
    }
    int before = receiver.received().size();

    replay();
    settle(courier);
    assertThat(receiver.received()).hasSize(before + 1);
    assertThat(store.webhooks().deadLetters(webhook, 0, 9))
        .extracting(DeadLetter::attempts, DeadLetter::wanted)
        .containsExactly(tuple(11, false));

    status.set(204);
    replay();
    settle(courier);
    assertThat(ids(receiver).getLast()).isEqualTo(bad);
    assertThat(store.webhooks().deadLetters(webhook, 0, 9)).isEmpty();
  }

  @Test
  void one_that_hangs_delays_no_other() throws Exception {
    Receiver hanging = receiver(_ -> new Reaction.Hang());
    Receiver friendly = receiver(_ -> Receiver.status(204));
    Courier courier = courier("a");
    create("hanging", hanging, INTERACTIONS);
    create("friendly", friendly, INTERACTIONS);
    String message = deed("ann");

    follow(courier);
    await(() -> ids(friendly).contains(message));

    await(() -> courier.running() == 1);
  }

  @Test
  void neither_all_together_nor_those_of_one_tenant_are_told_more_at_once_than_may_be()
      throws Exception {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var gate = new CountDownLatch(1);
    Receiver receiver =
        receiver(_ -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          await(gate);
          underWay.decrementAndGet();
          return Receiver.status(204);
        });
    Courier courier = courier("a", 5, 2);
    var tenants = List.of("shop", "b", "c", "d");
    for (String tenant : tenants) {
      for (int i = 0; i < 4; i++) create(tenant, tenant + i, receiver, INTERACTIONS);
      new Shop(store, new TenantId(tenant), clock).record(Deed.of("ann", "view", MUG));
    }

    follow(courier);
    await(() -> underWay.get() == 5);
    gate.countDown();
    settle(courier);

    assertThat(most).hasValue(5);
    assertThat(receiver.received()).hasSize(16);
  }

  @Test
  void of_two_replicas_one_tells_a_webhook_and_each_message_arrives_once() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(204));
    Courier one = courier("one");
    Courier two = courier("two");
    create("w", receiver, INTERACTIONS);
    List<String> expected = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 10; i++) expected.add(deed("user-" + i));
      List<Event> events = newEvents();
      one.follow(events);
      two.follow(events);
      for (int i = 0; i < 50 && ids(receiver).size() < expected.size(); i++) {
        clock.advance(Duration.ofSeconds(1));
        one.tick();
        two.tick();
        assertThat(one.awaitQuiet(PATIENCE)).isTrue();
        assertThat(two.awaitQuiet(PATIENCE)).isTrue();
      }
    }

    assertThat(ids(receiver)).isEqualTo(expected);
  }

  @Test
  void what_a_replica_that_died_had_begun_another_goes_on_with() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(204));
    Webhook webhook = create("w", receiver, INTERACTIONS);
    String message = deed("ann");
    assertThat(store.webhooks().take(webhook, "dead", clock.now(), clock.now().plusSeconds(60)))
        .isPresent();
    Courier courier = courier("alive");

    settle(courier);
    assertThat(ids(receiver)).isEmpty();
    clock.advance(Duration.ofSeconds(61));
    settle(courier);

    assertThat(ids(receiver)).containsExactly(message);
  }

  @Test
  void what_happened_while_nobody_was_there_is_told_after_the_start() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(204));
    create("w", receiver, INTERACTIONS);
    String message = deed("ann");

    Courier courier = courier("a");
    courier.tick();
    assertThat(courier.awaitQuiet(PATIENCE)).isTrue();

    assertThat(ids(receiver)).containsExactly(message);
  }

  @Test
  void notices_arrive_with_their_data() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(204));
    Courier courier = courier("a");
    create("w", receiver, EnumSet.of(Topic.IMPORT_COMPLETED));
    deed("nobody hears of");
    JsonObject data = Shop.json("{\"rows\":3}");
    shop.keep(
        Outcome.Told.class,
        new OfWebhooks.Tell(new Notice(Topic.IMPORT_COMPLETED, data, clock.now())));

    settle(courier);

    assertThat(receiver.received()).hasSize(1);
    assertThat(receiver.received().getFirst().body())
        .contains("\"type\":\"import.completed\"", "\"data\":{\"rows\":3}");
  }

  @Test
  void what_an_erased_user_did_is_not_told_any_more() throws Exception {
    var status = new AtomicInteger(500);
    Receiver receiver = receiver(_ -> Receiver.status(status.get()));
    Courier courier = courier("a");
    create("w", receiver, INTERACTIONS);
    deed("ann");
    String bobs = deed("bob");
    settle(courier);
    shop.keep(Outcome.UserErased.class, new Change.EraseUser(new UserId("ann")));

    status.set(204);
    clock.advance(Duration.ofMinutes(1));
    settle(courier);

    assertThat(ids(receiver).getLast()).isEqualTo(bobs);
    assertThat(receiver.received()).hasSize(2);
  }

  @Test
  void a_deleted_webhook_hears_nothing_more() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(500));
    Courier courier = courier("a");
    create("w", receiver, INTERACTIONS);
    deed("ann");
    settle(courier);
    shop.keep(Outcome.WebhookDeleted.class, new OfWebhooks.Delete("w"));

    clock.advance(A_DAY);
    deed("bob");
    settle(courier);

    assertThat(receiver.received()).hasSize(1);
    assertThat(courier.waiting()).isZero();
  }

  @Test
  void the_place_of_an_idle_webhook_moves_on_when_the_log_has_gone_far() throws Exception {
    Receiver receiver = receiver(_ -> Receiver.status(204));
    Courier courier = courier("a");
    Webhook webhook = create("w", receiver, EnumSet.of(Topic.MODEL_UPDATED));
    for (int i = 0; i < 10_100; i++) shop.record(Deed.of("ann", "view", MUG));

    settle(courier);

    assertThat(store.webhooks().place(webhook).orElseThrow().position()).isGreaterThan(10_000);
    assertThat(receiver.received()).isEmpty();
  }

  // What is done

  private Courier courier(String owner) {
    return courier(owner, 32, 8);
  }

  private Courier courier(String owner, int runningMax, int perTenant) {
    var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var sender = new Sender(Addresses.of(true), tls, PATIENCE, alarms, clock);
    var settings =
        new Courier.Settings(
            owner,
            Duration.ofMinutes(1),
            runningMax,
            perTenant,
            Duration.ofDays(30),
            Duration.ZERO);
    var courier =
        new Courier(store.webhooks(), sender, settings, clock, new SplittableRandom(1), threads);
    open.add(courier);
    return courier;
  }

  private Receiver receiver(Function<Received, Reaction> reaction) throws IOException {
    Receiver receiver = Receiver.of(reaction);
    open.add(receiver);
    return receiver;
  }

  private Webhook create(String id, Receiver receiver, Set<Topic> topics) {
    return create("shop", id, receiver, topics);
  }

  private Webhook create(String tenant, String id, Receiver receiver, Set<Topic> topics) {
    var owner = new TenantId(tenant);
    var webhook =
        new Webhook(
            id,
            owner,
            0,
            receiver.url(),
            topics,
            "a-secret-of-old-times",
            Optional.empty(),
            clock.now());
    return new Shop(store, owner, clock)
        .keep(Outcome.WebhookStored.class, new OfWebhooks.Create(webhook))
        .webhook();
  }

  /** Records something; returns how the message about it is called. */
  private String deed(String user) {
    return Letters.id(shop.record(Deed.of(user, "view", MUG)).position());
  }

  private void replay() {
    var all = new OfWebhooks.Replay("w", OptionalLong.empty());
    shop.keep(Outcome.DeadLettersWanted.class, all);
  }

  /** Lets a courier hear what is new, and do all that it can do now. */
  private void settle(Courier courier) throws InterruptedException {
    follow(courier);
    courier.tick();
    assertThat(courier.awaitQuiet(PATIENCE)).isTrue();
  }

  private void follow(Courier courier) {
    List<Event> events = newEvents();
    if (!events.isEmpty()) courier.follow(events);
  }

  private List<Event> newEvents() {
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, 100_000, events::add);
    return events;
  }

  private static List<String> ids(Receiver receiver) {
    return receiver.received().stream().map(received -> received.header("webhook-id")).toList();
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(BooleanSupplier condition) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      Thread.onSpinWait();
    }
  }
}
