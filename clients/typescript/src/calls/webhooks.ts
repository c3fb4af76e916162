import type {
  NewSecret,
  NewWebhook,
  Replaying,
  Webhook,
  WebhookDeadLetters,
  WebhookDeliveries,
  WebhookTest,
  WebhookWithSecret,
  Webhooks,
} from '../types.js';
import { type CallOptions, toWire } from '../wire.js';
import { OperationCalls } from './operation.js';

/** Calls about webhooks. Webhooks: who is told what happens. */
export class WebhookCalls extends OperationCalls {
  /** Creates a webhook, which is told what happens from now on. Its secret is in this answer only. */
  createWebhook(webhook: NewWebhook, options: CallOptions = {}): Promise<WebhookWithSecret> {
    return this.json('createWebhook', { body: toWire(webhook), options });
  }

  /** The tenant's webhooks, without their secrets. */
  listWebhooks(options: CallOptions = {}): Promise<Webhooks> {
    return this.json('listWebhooks', { options });
  }

  /** A webhook, and how far telling it is. */
  getWebhook(webhookId: string, options: CallOptions = {}): Promise<Webhook> {
    return this.json('getWebhook', { path: { webhook_id: webhookId }, options });
  }

  /** Deletes a webhook with all that it was still to be told. */
  deleteWebhook(webhookId: string, options: CallOptions = {}): Promise<number> {
    return this.position('deleteWebhook', { path: { webhook_id: webhookId }, options });
  }

  /** Puts another secret in force; for a while messages are signed with the one before, too. */
  rotateWebhookSecret(
    webhookId: string,
    secret: NewSecret = {},
    options: CallOptions = {},
  ): Promise<WebhookWithSecret> {
    return this.json('rotateWebhookSecret', { path: { webhook_id: webhookId }, body: toWire(secret), options });
  }

  /** Sends a test message, at once and without a second try. */
  testWebhook(webhookId: string, options: CallOptions = {}): Promise<WebhookTest> {
    return this.json('testWebhook', { path: { webhook_id: webhookId }, options });
  }

  /** The last tries to tell a webhook something, newest first. */
  listWebhookDeliveries(
    webhookId: string,
    options: CallOptions & { limit?: number; cursor?: string } = {},
  ): Promise<WebhookDeliveries> {
    return this.json('listWebhookDeliveries', { path: { webhook_id: webhookId }, options });
  }

  /** What could not be told in ten tries, oldest first. */
  listWebhookDeadLetters(
    webhookId: string,
    options: CallOptions & { limit?: number; cursor?: string } = {},
  ): Promise<WebhookDeadLetters> {
    return this.json('listWebhookDeadLetters', { path: { webhook_id: webhookId }, options });
  }

  /** Tries all dead letters once more, oldest first, before anything new. */
  replayWebhookDeadLetters(webhookId: string, options: CallOptions = {}): Promise<Replaying> {
    return this.json('replayWebhookDeadLetters', { path: { webhook_id: webhookId }, options });
  }

  /** Tries one dead letter once more. */
  replayWebhookDeadLetter(webhookId: string, messageId: string, options: CallOptions = {}): Promise<Replaying> {
    return this.json('replayWebhookDeadLetter', { path: { webhook_id: webhookId, message_id: messageId }, options });
  }
}
