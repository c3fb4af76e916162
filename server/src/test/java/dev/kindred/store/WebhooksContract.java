package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.Job;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Topic;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Webhook;
import dev.kindred.domain.Webhook.Previous;
import dev.kindred.store.Webhooks.DeadLetter;
import dev.kindred.store.Webhooks.Delivery;
import dev.kindred.store.Webhooks.Message;
import dev.kindred.store.Webhooks.Messages;
import dev.kindred.store.Webhooks.Place;
import dev.kindred.store.Webhooks.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The webhooks: what each is to be told, and how far that is. */
public abstract class WebhooksContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Set<Topic> ALL = EnumSet.allOf(Topic.class);
  private static final Set<Topic> INTERACTIONS = EnumSet.of(Topic.INTERACTION_RECORDED);

  protected WebhooksContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void a_webhook_comes_back_as_it_was_created() {
    Webhook first = create("w-1", ALL);
    Webhook second = create("w-2", EnumSet.of(Topic.MODEL_UPDATED, Topic.IMPORT_COMPLETED));

    assertThat(first.since()).isEqualTo(1);
    assertThat(store.webhooks().of(shop.tenant())).containsExactly(first, second);
    assertThat(store.webhooks().find(shop.tenant(), "w-2")).contains(second);
    assertThat(store.webhooks().all())
        .extracting(Webhooks.Numbered::webhook)
        .containsExactly(first, second);
    assertThat(store.tenants().named(store.webhooks().all().getFirst().tenant()))
        .isEqualTo(shop.tenant());
    assertThat(shop.newestEvent()).isInstanceOf(Event.WebhooksChanged.class);
  }

  @Test
  void an_id_is_given_once_and_a_tenant_has_so_many_webhooks_at_most() {
    for (int i = 0; i < Webhook.PER_TENANT_MAX; i++) create("w-" + i, ALL);

    assertThat(shop.refusal(new OfWebhooks.Create(draft("one-more", ALL))).code())
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(shop("other").refusal(new OfWebhooks.Create(draft("w-1", ALL))).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void a_rotated_secret_leaves_the_one_before_in_force_for_a_while() {
    create("w", ALL);
    Instant until = clock.now().plusSeconds(60);

    shop.keep(Outcome.WebhookStored.class, new OfWebhooks.RotateSecret("w", "second", until));

    Webhook rotated = store.webhooks().find(shop.tenant(), "w").orElseThrow();
    assertThat(rotated.secret()).isEqualTo("second");
    assertThat(rotated.previous()).contains(new Previous("first", until));
    assertThat(rotated.secretsAt(clock.now())).containsExactly("second", "first");
    assertThat(rotated.secretsAt(until)).containsExactly("second");
  }

  @Test
  void a_deleted_webhook_is_gone_with_all_that_is_known_of_it() {
    Webhook webhook = create("w", ALL);
    Place place = take(webhook, "a");
    report(webhook, "a", new Report(place, List.of(), List.of(dead(7)), List.of(), held()));

    shop.keep(Outcome.WebhookDeleted.class, new OfWebhooks.Delete("w"));

    assertThat(store.webhooks().all()).isEmpty();
    assertThat(store.webhooks().place(webhook)).isEmpty();
    assertThat(store.webhooks().deadLetters(webhook, 0, 10)).isEmpty();
    assertThat(shop.refusal(new OfWebhooks.Delete("w")).code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void another_tenants_webhook_is_not_found() {
    create("w", ALL);
    Shop other = shop("other");

    assertThat(store.webhooks().find(other.tenant(), "w")).isEmpty();
    assertThat(other.refusal(new OfWebhooks.Delete("w")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(other.refusal(new OfWebhooks.RotateSecret("w", "mine", clock.now())).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(other.refusal(new OfWebhooks.Replay("w", OptionalLong.empty())).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void it_is_told_what_came_after_it_of_its_own_tenant_in_order() {
    deed("before");
    Webhook webhook = create("w", INTERACTIONS);
    shop("other").record(view("somebody"));
    long first = deed("ann");
    long second = deed("bob");

    Messages messages = messages(webhook, webhook.since());

    assertThat(messages.messages()).extracting(Message::position).containsExactly(first, second);
    var told = (Message.OfInteraction) messages.messages().getFirst();
    assertThat(told.interaction().user()).isEqualTo(new UserId("ann"));
    assertThat(messages.upTo()).isEqualTo(store.log().head());
    assertThat(messages(webhook, second).messages()).isEmpty();
  }

  @Test
  void an_interaction_that_is_sent_again_is_told_again_as_it_is_now() {
    Webhook webhook = create("w", INTERACTIONS);
    Instant at = clock.now();
    long first = shop.record(view("ann").at(at).weighing(1)).position();
    long again = shop.record(view("ann").at(at).weighing(3)).position();

    List<Message> messages = messages(webhook, webhook.since()).messages();

    assertThat(messages).extracting(Message::position).containsExactly(first, again);
    for (Message message : messages) {
      assertThat(((Message.OfInteraction) message).interaction().weight()).isEqualTo(3);
    }
  }

  @Test
  void what_an_erased_user_did_is_told_nobody_any_more() {
    Webhook webhook = create("w", INTERACTIONS);
    deed("ann");
    long bobs = deed("bob");

    shop.keep(Outcome.UserErased.class, new Change.EraseUser(new UserId("ann")));

    assertThat(messages(webhook, webhook.since()).messages())
        .extracting(Message::position)
        .containsExactly(bobs);
  }

  @Test
  void notices_stand_between_the_interactions_for_those_who_want_them() {
    Webhook all = create("all", ALL);
    Webhook models = create("models", EnumSet.of(Topic.MODEL_UPDATED));
    long first = deed("ann");
    long model = tell(Topic.MODEL_UPDATED);
    long imported = tell(Topic.IMPORT_COMPLETED);
    long last = deed("ann");

    assertThat(shop.newestEvent().position()).isEqualTo(last);
    assertThat(messages(all, all.since()).messages())
        .extracting(Message::position)
        .containsExactly(first, model, imported, last);
    assertThat(messages(models, all.since()).messages())
        .containsExactly(
            new Message.OfNotice(
                model, new Notice(Topic.MODEL_UPDATED, json("{\"a\":1}"), clock.now())));
  }

  @Test
  void a_notice_that_nobody_wants_is_not_kept() {
    create("w", EnumSet.of(Topic.MODEL_UPDATED));
    long head = store.log().head();

    assertThat(tell(Topic.IMPORT_COMPLETED)).isZero();
    var elsewhere = new OfWebhooks.Tell(notice(Topic.MODEL_UPDATED));
    assertThat(shop("other").keep(Outcome.Told.class, elsewhere).position()).isZero();

    assertThat(store.log().head()).isEqualTo(head);
  }

  @Test
  void a_job_ends_and_is_told_in_one() {
    Webhook webhook = create("w", EnumSet.of(Topic.IMPORT_COMPLETED));
    shop.keep(
        Outcome.JobStored.class, new Change.StartJob(new Job.Draft("j", "import", new byte[0])));
    var progress = new Jobs.Progress(1, 1, 1, 0, List.of());
    store.jobs().take("a", List.of("import"), clock.now(), LEASE);
    Optional<Notice> notice = Optional.of(notice(Topic.IMPORT_COMPLETED));

    store.jobs().finish("b", "j", Job.State.COMPLETED, progress, clock.now(), notice);
    assertThat(messages(webhook, webhook.since()).messages()).as("not his job").isEmpty();
    store.jobs().finish("a", "j", Job.State.COMPLETED, progress, clock.now(), notice);
    store.jobs().finish("a", "j", Job.State.COMPLETED, progress, clock.now(), notice);

    assertThat(messages(webhook, webhook.since()).messages())
        .containsExactly(new Message.OfNotice(store.log().head(), notice.orElseThrow()));
    assertThat(shop.newestEvent()).isInstanceOf(Event.Noticed.class);
    long next = deed("ann");
    assertThat(next).isEqualTo(shop.newestEvent().position());
  }

  @Test
  void the_outbox_is_read_in_parts_that_leave_nothing_out() {
    Webhook webhook = create("w", ALL);
    var expected = new ArrayList<Long>();
    for (int i = 0; i < 23; i++) {
      expected.add(i % 3 == 0 ? tell(Topic.TRENDING_CHANGED) : deed("user-" + i % 4));
    }
    for (int limit : List.of(1, 2, 5, 7, 100)) {
      var read = new ArrayList<Long>();
      long after = webhook.since();
      while (after < store.log().head()) {
        Messages part = store.webhooks().messages(webhook, after, Long.MAX_VALUE, limit);
        part.messages().forEach(message -> read.add(message.position()));
        assertThat(part.upTo()).isGreaterThan(after);
        after = part.upTo();
      }
      assertThat(read).as("limit %d", limit).isEqualTo(expected);
    }
    long third = expected.get(2);
    assertThat(store.webhooks().messages(webhook, third - 1, third, 9).messages())
        .extracting(Message::position)
        .containsExactly(third);
  }

  @Test
  void a_lease_is_held_by_one_until_it_runs_out() {
    Webhook webhook = create("w", ALL);

    Place place = take(webhook, "a");

    assertThat(place)
        .isEqualTo(new Place(webhook.since(), 0, Instant.EPOCH, 0, Optional.of(until())));
    assertThat(store.webhooks().take(webhook, "b", clock.now(), until())).isEmpty();
    assertThat(store.webhooks().take(webhook, "a", clock.now(), until())).isPresent();
    clock.advance(LEASE);
    assertThat(store.webhooks().take(webhook, "b", clock.now(), until())).isPresent();
    assertThat(report(webhook, "a", new Report(place, List.of(), List.of(), List.of(), held())))
        .isFalse();
  }

  @Test
  void a_lease_that_is_given_back_is_free_but_nothing_is_tried_before_its_time() {
    Webhook webhook = create("w", ALL);
    take(webhook, "a");
    Instant later = clock.now().plusSeconds(5);
    var failed = new Place(webhook.since(), 1, later, 1, Optional.empty());

    assertThat(
            report(
                webhook,
                "a",
                new Report(failed, List.of(), List.of(), List.of(), Optional.empty())))
        .isTrue();

    assertThat(store.webhooks().place(webhook)).contains(failed);
    assertThat(store.webhooks().take(webhook, "b", clock.now(), until())).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    assertThat(take(webhook, "b").tries()).isEqualTo(1);
  }

  @Test
  void tries_are_listed_newest_first_and_the_oldest_are_forgotten() {
    Webhook webhook = create("w", ALL);
    Place place = take(webhook, "a");
    var tries = new ArrayList<Delivery>();
    int count = Webhooks.DELIVERIES_KEPT + 10;
    for (int i = 1; i <= count; i++) tries.add(delivery(i, i % 2 == 0));
    var after = new Place(99, 0, Instant.EPOCH, count, place.leasedUntil());

    report(webhook, "a", new Report(after, tries, List.of(), List.of(), held()));

    assertThat(store.webhooks().deliveries(webhook, Long.MAX_VALUE, 2))
        .containsExactly(tries.get(count - 1), tries.get(count - 2));
    assertThat(store.webhooks().deliveries(webhook, 12, 9)).containsExactly(tries.get(10));
  }

  @Test
  void dead_letters_are_kept_until_they_are_wanted_again_and_arrive() {
    Webhook webhook = create("w", ALL);
    Place place = take(webhook, "a");
    report(
        webhook, "a", new Report(place, List.of(), List.of(dead(7), dead(5)), List.of(), held()));
    assertThat(store.webhooks().deadLetters(webhook, 0, 9)).containsExactly(dead(5), dead(7));
    assertThat(store.webhooks().deadLetters(webhook, 5, 9)).containsExactly(dead(7));
    assertThat(store.webhooks().wanted(webhook, 9)).isEmpty();

    var one = new OfWebhooks.Replay("w", OptionalLong.of(5));
    assertThat(shop.keep(Outcome.DeadLettersWanted.class, one).count()).isEqualTo(1);
    assertThat(store.webhooks().wanted(webhook, 9))
        .extracting(DeadLetter::position)
        .containsExactly(5L);
    report(webhook, "a", new Report(place, List.of(), List.of(), List.of(5L), held()));
    assertThat(store.webhooks().deadLetters(webhook, 0, 9)).containsExactly(dead(7));

    assertThat(shop.refusal(one).code()).isEqualTo(ErrorCode.NOT_FOUND);
    var all = new OfWebhooks.Replay("w", OptionalLong.empty());
    assertThat(shop.keep(Outcome.DeadLettersWanted.class, all).count()).isEqualTo(1);
    report(webhook, "a", new Report(place, List.of(), List.of(dead(7)), List.of(), held()));
    assertThat(store.webhooks().wanted(webhook, 9)).isEmpty();
  }

  @Test
  void old_notices_are_cleared_away() {
    Webhook webhook = create("w", ALL);
    tell(Topic.MODEL_UPDATED);
    clock.advance(Duration.ofDays(2));
    long kept = tell(Topic.MODEL_UPDATED);

    assertThat(store.webhooks().pruneNotices(clock.now().minus(Duration.ofDays(1)))).isEqualTo(1);

    assertThat(messages(webhook, webhook.since()).messages())
        .extracting(Message::position)
        .containsExactly(kept);
  }

  private Webhook create(String id, Set<Topic> topics) {
    return shop.keep(Outcome.WebhookStored.class, new OfWebhooks.Create(draft(id, topics)))
        .webhook();
  }

  private Webhook draft(String id, Set<Topic> topics) {
    return new Webhook(
        id,
        shop.tenant(),
        0,
        "https://there.example/" + id,
        topics,
        "first",
        Optional.empty(),
        clock.now());
  }

  private long deed(String user) {
    return shop.record(view(user)).position();
  }

  private static Deed view(String user) {
    return Deed.of(user, "view", BOOTS);
  }

  private long tell(Topic topic) {
    return shop.keep(Outcome.Told.class, new OfWebhooks.Tell(notice(topic))).position();
  }

  private Notice notice(Topic topic) {
    return new Notice(topic, json("{\"a\":1}"), clock.now());
  }

  private Messages messages(Webhook webhook, long after) {
    return store.webhooks().messages(webhook, after, Long.MAX_VALUE, 100);
  }

  private Place take(Webhook webhook, String owner) {
    return store.webhooks().take(webhook, owner, clock.now(), until()).orElseThrow();
  }

  private boolean report(Webhook webhook, String owner, Report report) {
    return store.webhooks().report(webhook, owner, report);
  }

  private Instant until() {
    return clock.now().plus(LEASE);
  }

  private Optional<Instant> held() {
    return Optional.of(until());
  }

  private DeadLetter dead(long position) {
    return new DeadLetter(position, Topic.MODEL_UPDATED, clock.now(), 10, "status 500", false);
  }

  private Delivery delivery(long number, boolean succeeds) {
    return new Delivery(
        number,
        3,
        Topic.INTERACTION_RECORDED,
        1,
        clock.now(),
        succeeds ? OptionalInt.of(204) : OptionalInt.empty(),
        12,
        succeeds ? "" : "no answer in 10 s");
  }
}
