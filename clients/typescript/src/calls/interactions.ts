import type {
  BulkReport,
  Id,
  InteractionPage,
  InteractionType,
  InteractionTypeBody,
  Job,
  NewInteraction,
  NewInteractionType,
  Order,
  RecordedInteraction,
  RecordedOrder,
} from '../types.js';
import { type Call, type CallOptions, toWire } from '../wire.js';
import type { OperationName } from '../operations.js';
import { EntityCalls } from './entities.js';

/** Which part of a list to read. */
export interface Paging extends CallOptions {
  limit?: number;
  offset?: number;
  cursor?: string;
}

/** Calls about interactions: what users did, and how much each kind of it counts. */
export class InteractionCalls extends EntityCalls {
  /** Records what a user did. The `recommendationId` of the list it came from lets Kindred measure itself. */
  recordInteraction(interaction: NewInteraction, options: CallOptions = {}): Promise<RecordedInteraction> {
    return this.json('recordInteraction', { body: toWire(interaction), options });
  }

  /** Records an order: one purchase an item. The same `orderId` again is stored once. */
  recordOrder(order: Order, options: CallOptions = {}): Promise<RecordedOrder> {
    return this.json('recordOrder', { body: toWire(order), options });
  }

  /** Records many interactions; one bad row fails alone and is told in `errors`. */
  importInteractions(
    interactions: NewInteraction[],
    options: CallOptions & { keepalive?: boolean } = {},
  ): Promise<BulkReport> {
    const { keepalive = false, ...rest } = options;
    return this.json('importInteractions', { body: toWire({ interactions }), keepalive, options: rest });
  }

  /** Like `importInteractions`, but answers at once with a job to ask about. */
  startInteractionImport(interactions: NewInteraction[], options: CallOptions = {}): Promise<Job> {
    const headers = { Prefer: 'respond-async' };
    return this.json('startInteractionImport', { body: toWire({ interactions }), headers, options });
  }

  /** What a user did, newest first. */
  listUserInteractions(userId: Id, options: Paging = {}): Promise<InteractionPage> {
    return this.#interactions('listUserInteractions', { path: { user_id: userId }, options });
  }

  /** What was done with an entity, newest first. */
  listEntityInteractions(entityId: Id, options: Paging & { entityType?: string } = {}): Promise<InteractionPage> {
    return this.#interactions('listEntityInteractions', { path: { entity_id: entityId }, options });
  }

  /** Everything that a user did, newest first, fetched page by page. */
  async *iterateUserInteractions(
    userId: Id,
    options: CallOptions & { pageSize?: number } = {},
  ): AsyncGenerator<RecordedInteraction> {
    const { pageSize = 500, ...rest } = options;
    let cursor: string | null = null;
    do {
      const page: InteractionPage = await this.listUserInteractions(userId, {
        ...rest,
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      });
      yield* page.interactions;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** The types that are built in or registered. */
  listInteractionTypes(options: CallOptions = {}): Promise<{ interactionTypes: InteractionType[]; total: number }> {
    return this.json('listInteractionTypes', { options });
  }

  /** Registers a type, or changes it. */
  registerInteractionType(type: NewInteractionType, options: CallOptions = {}): Promise<InteractionType> {
    return this.json('registerInteractionType', { body: toWire(type), options });
  }

  /** Reads a type. */
  getInteractionType(interactionType: string, options: CallOptions = {}): Promise<InteractionType> {
    return this.json('getInteractionType', { path: { interaction_type: interactionType }, options });
  }

  /** Changes how much a type counts, for past interactions too from the next model on. */
  changeInteractionType(
    interactionType: string,
    body: InteractionTypeBody,
    options: CallOptions = {},
  ): Promise<InteractionType> {
    const path = { interaction_type: interactionType };
    return this.json('changeInteractionType', { path, body: toWire(body), options });
  }

  /** Forgets what was registered about a type, and answers with the position. */
  deleteInteractionType(interactionType: string, options: CallOptions = {}): Promise<number> {
    return this.position('deleteInteractionType', { path: { interaction_type: interactionType }, options });
  }

  async #interactions(name: OperationName, call: Call): Promise<InteractionPage> {
    const { rows, nextCursor } = await this.page<RecordedInteraction>(name, call);
    return { interactions: rows, nextCursor };
  }
}
