/** Webhooks: who is told what happens. */

export type WebhookEvent =
  | 'interaction.recorded'
  | 'recommendation.served'
  | 'model.updated'
  | 'trending.changed'
  | 'import.completed'
  | 'error_threshold.exceeded';

/** Who is told what happens, and how far telling is. */
export interface Webhook {
  webhookId: string;
  tenantId: string;
  url: string;
  events: WebhookEvent[];
  createdAt: string;
  /** Until then messages are signed with the secret before, too. */
  previousSecretUntil?: string;
  /** All up to this position was told, or given up. */
  toldUpTo?: number;
  /** How often what comes next was tried in vain. */
  failedAttempts?: number;
  nextAttemptAt?: string;
}

/** A webhook with its secret, which is told only this once. */
export interface WebhookWithSecret {
  webhookId: string;
  tenantId: string;
  url: string;
  events: WebhookEvent[];
  createdAt: string;
  /** Until then messages are signed with the secret before, too. */
  previousSecretUntil?: string;
  /** All up to this position was told, or given up. */
  toldUpTo?: number;
  /** How often what comes next was tried in vain. */
  failedAttempts?: number;
  nextAttemptAt?: string;
  /** null in the repetition of an answer. */
  secret: string | null;
  position: number;
}

/** One try to tell a webhook something. */
export interface WebhookDelivery {
  messageId: string;
  event:
    | 'interaction.recorded'
    | 'recommendation.served'
    | 'model.updated'
    | 'trending.changed'
    | 'import.completed'
    | 'error_threshold.exceeded';
  attempt: number;
  at: string;
  delivered: boolean;
  /** What the receiver answered, if it did. */
  status?: number;
  tookMs: number;
  problem?: string;
}

/** What could not be told in ten tries. */
export interface WebhookDeadLetter {
  messageId: string;
  event:
    | 'interaction.recorded'
    | 'recommendation.served'
    | 'model.updated'
    | 'trending.changed'
    | 'import.completed'
    | 'error_threshold.exceeded';
  attempts: number;
  lastAttemptAt: string;
  problem: string;
  replaying: boolean;
}

/** Who is to be told which events. */
export interface NewWebhook {
  /** An http or https address on the open internet. */
  url: string;
  events: WebhookEvent[];
  /** Made where it is not given. */
  secret?: string;
  tenantId?: string;
}

/** A tenant's webhooks. */
export interface Webhooks {
  webhooks: Webhook[];
}

/** Another secret for a webhook. */
export interface NewSecret {
  /** Made where it is not given. */
  secret?: string;
  overlapHours?: number;
}

/** What came of a test message. */
export interface WebhookTest {
  delivered: boolean;
  /** What the receiver answered, if it did. */
  status?: number;
  tookMs: number;
  problem?: string;
}

/** A page of tries, newest first. */
export interface WebhookDeliveries {
  deliveries: WebhookDelivery[];
  nextCursor: string | null;
}

/** A page of dead letters, oldest first. */
export interface WebhookDeadLetters {
  deadLetters: WebhookDeadLetter[];
  nextCursor: string | null;
}

/** How many dead letters are tried once more. */
export interface Replaying {
  replaying: number;
  position: number;
}
