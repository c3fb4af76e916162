package dev.kindred.webhooks;

import dev.kindred.domain.Notice;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.json.InteractionJson;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Webhooks.Message;
import java.time.Instant;
import java.util.Optional;

/** Writes what webhooks are told. */
public final class Letters {

  private static final String ID_PREFIX = "evt_";
  private static final String TEST = "webhook.test";

  private Letters() {}

  /** How a message is called outside. */
  public static String id(long position) {
    return ID_PREFIX + position;
  }

  /** The position of a message that is called so; -1 where no message can be. */
  public static long position(String id) {
    if (!id.matches(ID_PREFIX + "[0-9]{1,18}")) return -1;
    return Long.parseLong(id.substring(ID_PREFIX.length()));
  }

  static Letter of(TenantId tenant, Message message) {
    return switch (message) {
      case Message.OfInteraction(long position, RecordedInteraction interaction) -> {
        JsonWriter writer = begin(position, message.topic().word(), interaction.at(), tenant);
        InteractionJson.writeMembers(writer.beginObject(), Optional.empty(), interaction);
        yield end(position, message, writer.endObject());
      }
      case Message.OfNotice(long position, Notice notice) -> {
        JsonWriter writer = begin(position, message.topic().word(), notice.at(), tenant);
        yield end(position, message, writer.raw(notice.data()));
      }
    };
  }

  /** A message that says nothing, to see whether it arrives. */
  public static Letter test(TenantId tenant, String webhookId, long number, Instant now) {
    String id = "test_" + number;
    JsonWriter writer = begin(id, TEST, now, tenant);
    writer.beginObject().field("webhook_id", webhookId).endObject();
    return new Letter(id, TEST, writer.endObject().toByteArray());
  }

  private static JsonWriter begin(long position, String event, Instant at, TenantId tenant) {
    return begin(id(position), event, at, tenant);
  }

  private static JsonWriter begin(String id, String event, Instant at, TenantId tenant) {
    var writer = new JsonWriter().beginObject();
    writer.field("id", id);
    writer.field("type", event);
    writer.field("timestamp", at);
    writer.field("tenant_id", tenant.value());
    return writer.name("data");
  }

  private static Letter end(long position, Message message, JsonWriter writer) {
    return new Letter(id(position), message.topic().word(), writer.endObject().toByteArray());
  }
}
