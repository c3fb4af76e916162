package dev.kindred.client;

import dev.kindred.client.model.DeliveryQuery;
import dev.kindred.client.model.NewSecret;
import dev.kindred.client.model.NewWebhook;
import dev.kindred.client.model.Replaying;
import dev.kindred.client.model.Webhook;
import dev.kindred.client.model.WebhookDeadLetters;
import dev.kindred.client.model.WebhookDeliveries;
import dev.kindred.client.model.WebhookTest;
import dev.kindred.client.model.WebhookWithSecret;
import dev.kindred.client.model.Webhooks;
import tools.jackson.core.type.TypeReference;

/** Webhooks: who is told what happens. */
abstract class WebhookCalls extends OperationCalls {

  WebhookCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /**
   * Creates a webhook, which is told what happens from now on. Its secret is in this answer only.
   */
  public WebhookWithSecret createWebhook(NewWebhook webhook) {
    return json(Call.of(Operation.CREATE_WEBHOOK).body(webhook), new TypeReference<>() {});
  }

  /** The tenant's webhooks, without their secrets. */
  public Webhooks listWebhooks() {
    return json(Call.of(Operation.LIST_WEBHOOKS), new TypeReference<>() {});
  }

  /** A webhook, and how far telling it is. */
  public Webhook getWebhook(String webhookId) {
    return json(
        Call.of(Operation.GET_WEBHOOK).path("webhook_id", webhookId), new TypeReference<>() {});
  }

  /** Deletes a webhook with all that it was still to be told. */
  public long deleteWebhook(String webhookId) {
    return position(Call.of(Operation.DELETE_WEBHOOK).path("webhook_id", webhookId));
  }

  /** Puts another secret in force; for a while messages are signed with the one before, too. */
  public WebhookWithSecret rotateWebhookSecret(String webhookId, NewSecret secret) {
    return json(
        Call.of(Operation.ROTATE_WEBHOOK_SECRET).path("webhook_id", webhookId).body(secret),
        new TypeReference<>() {});
  }

  /** Sends a test message, at once and without a second try. */
  public WebhookTest testWebhook(String webhookId) {
    return json(
        Call.of(Operation.TEST_WEBHOOK).path("webhook_id", webhookId), new TypeReference<>() {});
  }

  /** The last tries to tell a webhook something, newest first. */
  public WebhookDeliveries listWebhookDeliveries(String webhookId, DeliveryQuery query) {
    return json(
        Call.of(Operation.LIST_WEBHOOK_DELIVERIES).path("webhook_id", webhookId).query(query),
        new TypeReference<>() {});
  }

  /** What could not be told in ten tries, oldest first. */
  public WebhookDeadLetters listWebhookDeadLetters(String webhookId, DeliveryQuery query) {
    return json(
        Call.of(Operation.LIST_WEBHOOK_DEAD_LETTERS).path("webhook_id", webhookId).query(query),
        new TypeReference<>() {});
  }

  /** Tries all dead letters once more, oldest first, before anything new. */
  public Replaying replayWebhookDeadLetters(String webhookId) {
    return json(
        Call.of(Operation.REPLAY_WEBHOOK_DEAD_LETTERS).path("webhook_id", webhookId),
        new TypeReference<>() {});
  }

  /** Tries one dead letter once more. */
  public Replaying replayWebhookDeadLetter(String webhookId, String messageId) {
    return json(
        Call.of(Operation.REPLAY_WEBHOOK_DEAD_LETTER)
            .path("webhook_id", webhookId)
            .path("message_id", messageId),
        new TypeReference<>() {});
  }
}
