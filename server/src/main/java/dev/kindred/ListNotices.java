package dev.kindred;

import dev.kindred.domain.Change.OfWebhooks.Tell;
import dev.kindred.domain.Notice;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.LiveTenant;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Lists;
import dev.kindred.recommend.Recommendation;
import dev.kindred.recommend.Recommendation.Item;
import dev.kindred.recommend.Request;
import dev.kindred.webhooks.Announcer;
import dev.kindred.webhooks.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks of lists: each that is shown, and when what is trending has changed.
 *
 * <p>Every replica looks at what is trending; an idempotency key made of the hour and the list sees
 * to it that a change is told once. One thread ticks; any may show lists.
 */
final class ListNotices {

  private static final Logger LOG = LoggerFactory.getLogger(ListNotices.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final int TRENDING_COUNT = 20;

  private final Announcer announcer;
  private final Consumer<Submission> keep;
  private final Clock clock;
  private final Map<TenantId, List<String>> trending = new HashMap<>();
  private Instant lookAt = Instant.MIN;

  ListNotices(Announcer announcer, Consumer<Submission> keep, Clock clock) {
    this.announcer = announcer;
    this.keep = keep;
    this.clock = clock;
  }

  /** A list is about to be shown. */
  void shown(TenantId tenant, Request request, String id, Recommendation list) {
    announcer.tell(
        tenant,
        Topic.RECOMMENDATION_SERVED,
        () -> {
          var writer = new JsonWriter(2_048).beginObject();
          writer.field("recommendation_id", id);
          request.user().ifPresent(user -> writer.field("user_id", user));
          if (!request.like().isEmpty()) writer.name("entity_ids").strings(request.like());
          writer.field("algorithm", request.algorithm().word());
          writer.field("model", list.model());
          writer.field("position", list.position());
          writeItems(writer.name("items"), list.items());
          return Notices.of(Topic.RECOMMENDATION_SERVED, writer.endObject(), clock.instant());
        });
  }

  /** Looks now and then whether what is trending has changed. Never throws. */
  void tick(Lists lists) {
    Instant now = clock.instant();
    if (now.isBefore(lookAt)) return;
    lookAt = now.plus(LOOK_EVERY);
    for (LiveTenant tenant : lists.learning().tenants()) {
      if (!announcer.isWanted(tenant.id(), Topic.TRENDING_CHANGED)) {
        trending.remove(tenant.id());
        continue;
      }
      try {
        look(lists, tenant.id(), now);
      } catch (RuntimeException failure) {
        LOG.warn("cannot tell what is trending, tenant={}", tenant.id(), failure);
      }
    }
  }

  private void look(Lists lists, TenantId tenant, Instant now) {
    Request request = Request.builder(TRENDING_COUNT).algorithm(Algorithm.TRENDING).build();
    List<Item> items = lists.of(tenant, request).recommendation().items();
    List<String> ids = items.stream().map(item -> item.type() + "/" + item.id()).toList();
    List<String> before = trending.get(tenant);
    if (before != null && !ids.equals(before)) tell(tenant, items, ids, now);
    trending.put(tenant, ids);
  }

  private void tell(TenantId tenant, List<Item> items, List<String> ids, Instant now) {
    var writer = new JsonWriter(2_048).beginObject();
    writeItems(writer.name("trending"), items);
    Notice notice = Notices.of(Topic.TRENDING_CHANGED, writer.endObject(), now);
    String key =
        "trending.changed "
            + now.truncatedTo(ChronoUnit.HOURS)
            + " "
            + Integer.toHexString(ids.hashCode());
    var answer = new RememberedAnswer(key, 204, "", Optional.empty(), new byte[0]);
    keep.accept(
        new Submission(
            tenant, List.of(new Tell(notice)), Optional.of(new Once(key, key, _ -> answer))));
  }

  private static void writeItems(JsonWriter writer, List<Item> items) {
    writer.beginArray();
    for (Item item : items) {
      if (writer.size() > Notices.LIST_BYTES_MAX) break;
      writer.beginObject();
      writer.field("entity_id", item.id());
      writer.field("entity_type", item.type().value());
      writer.name("score").number(item.score());
      writer.endObject();
    }
    writer.endArray();
  }
}
