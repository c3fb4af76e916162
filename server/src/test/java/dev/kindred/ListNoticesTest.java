package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.config.LiveConfig;
import dev.kindred.domain.Change.OfWebhooks;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.domain.Webhook;
import dev.kindred.learn.Learning;
import dev.kindred.measure.experiments.Exposures;
import dev.kindred.measure.experiments.ServedExperiments;
import dev.kindred.recommend.Lists;
import dev.kindred.store.Deed;
import dev.kindred.store.Shop;
import dev.kindred.store.Store;
import dev.kindred.store.Webhooks.Message;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import dev.kindred.webhooks.Announcer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks are told when something else is trending: once, however many replicas look. */
class ListNoticesTest {

  private final SettableClock clock = SettableClock.atNoon();
  private final Store store = new MemoryStore(clock);
  private final Shop shop = new Shop(store, new TenantId("shop"), clock);
  private final Learning learning = new Learning(store, 512, System::nanoTime);
  private final ServedExperiments experiments =
      new ServedExperiments(store, new Exposures(_ -> {}), clock);
  private final Lists lists =
      new Recommending(
              learning,
              experiments,
              LiveConfig.load(Map.of(), Map.of("API_KEY", "k".repeat(20)), clock),
              clock,
              new SimpleMeterRegistry())
          .lists();
  private final Announcer announcer =
      new Announcer((_, _) -> true, it -> store.log().append(List.of(it)));
  private final ListNotices one = notices();
  private final ListNotices other = notices();
  private long followed;

  @AfterEach
  void stop() {
    announcer.close();
  }

  @Test
  void a_change_of_what_is_trending_is_told_once() {
    Webhook webhook = create();
    for (String id : List.of("a", "b", "c")) shop.put(EntityKey.of("product", id), "{}");
    for (int i = 0; i < 5; i++) view("a");
    look();
    look();
    assertThat(told(webhook)).as("nothing has changed").isEmpty();

    for (int i = 0; i < 30; i++) view("b");
    look();
    look();

    assertThat(told(webhook)).hasSize(1);
    var notice = ((Message.OfNotice) told(webhook).getFirst()).notice();
    assertThat(notice.topic()).isEqualTo(Topic.TRENDING_CHANGED);
    assertThat(notice.data().toString()).contains("\"entity_id\":\"b\"");
  }

  private void look() {
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, 10_000, events::add);
    if (!events.isEmpty()) learning.follow(events);
    clock.advance(Duration.ofMinutes(2));
    one.tick(lists);
    other.tick(lists);
  }

  private void view(String id) {
    clock.advance(Duration.ofSeconds(1));
    shop.record(
        Deed.of("user-" + clock.now().getEpochSecond(), "view", EntityKey.of("product", id)));
  }

  private ListNotices notices() {
    return new ListNotices(announcer, it -> store.log().append(List.of(it)), clock);
  }

  private List<Message> told(Webhook webhook) {
    return store.webhooks().messages(webhook, 0, Long.MAX_VALUE, 10).messages();
  }

  private Webhook create() {
    var webhook =
        new Webhook(
            "w",
            shop.tenant(),
            0,
            "https://there.example/",
            EnumSet.of(Topic.TRENDING_CHANGED),
            "a-secret-of-old-times",
            Optional.empty(),
            clock.now());
    return shop.keep(Outcome.WebhookStored.class, new OfWebhooks.Create(webhook)).webhook();
  }
}
