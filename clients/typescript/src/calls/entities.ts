import { Transport } from '../transport.js';
import type { BulkReport, Entity, EntityBody, EntityPage, EntityPatch, Id, Job, NewEntity, Product } from '../types.js';
import { type CallOptions, toWire } from '../wire.js';

/** Which parts of an entity to read. */
export interface EntityParts extends CallOptions {
  /** May be left out where exactly one entity has that id. */
  entityType?: string;
  includeVector?: boolean;
  /** Only these fields, by their names on the wire. */
  fields?: string[];
}

/** Calls about entities: what may be recommended. */
export class EntityCalls extends Transport {
  /** Creates an entity; one that exists already is a `Conflict`, or replaced with `upsert`. */
  createEntity(entity: NewEntity, options: CallOptions & { upsert?: boolean } = {}): Promise<Entity> {
    return this.json('createEntity', { body: toWire({ attributes: {}, ...entity }), options });
  }

  /** Reads an entity. */
  getEntity(entityId: Id, options: EntityParts = {}): Promise<Entity> {
    return this.json('getEntity', { path: { entity_id: entityId }, options });
  }

  /** Replaces an entity; with `upsert` creates one that is not there. */
  replaceEntity(
    entityId: Id,
    body: EntityBody,
    options: CallOptions & { entityType?: string; upsert?: boolean } = {},
  ): Promise<Entity> {
    return this.json('replaceEntity', { path: { entity_id: entityId }, body: toWire(body), options });
  }

  /** Changes parts of an entity: what is null goes away, what is left out stays. */
  patchEntity(entityId: Id, patch: EntityPatch, options: CallOptions & { entityType?: string } = {}): Promise<Entity> {
    const contentType = 'application/merge-patch+json';
    return this.json('patchEntity', { path: { entity_id: entityId }, body: toWire(patch), contentType, options });
  }

  /** Deletes an entity and answers with the position. From the next answer on it is never recommended. */
  deleteEntity(entityId: Id, options: CallOptions & { entityType?: string } = {}): Promise<number> {
    return this.position('deleteEntity', { path: { entity_id: entityId }, options });
  }

  /** Creates or replaces many entities; one bad row fails alone and is told in `errors`. */
  importEntities(entities: NewEntity[], options: CallOptions = {}): Promise<BulkReport> {
    return this.json('importEntities', { body: toWire({ entities }), options });
  }

  /** Like `importEntities`, but answers at once with a job to ask about. */
  startEntityImport(entities: NewEntity[], options: CallOptions = {}): Promise<Job> {
    const headers = { Prefer: 'respond-async' };
    return this.json('startEntityImport', { body: toWire({ entities }), headers, options });
  }

  /** A page of entities, in the order of their type and id. */
  listEntities(options: EntityParts & { limit?: number; cursor?: string } = {}): Promise<EntityPage> {
    return this.json('listEntities', { options });
  }

  /** All entities, fetched page by page. */
  async *iterateEntities(options: EntityParts & { pageSize?: number } = {}): AsyncGenerator<Entity> {
    const { pageSize = 500, ...parts } = options;
    let cursor: string | null = null;
    do {
      const page: EntityPage = await this.listEntities({ ...parts, limit: pageSize, ...(cursor ? { cursor } : {}) });
      yield* page.entities;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** Creates or replaces a product in the way of shop plugins: `createEntity` with `upsert`. */
  putProduct(tenant: string, product: Product, options: CallOptions = {}): Promise<Entity> {
    return this.json('putProduct', { path: { tenant }, body: toWire({ attributes: {}, ...product }), options });
  }

  /** Deletes a product in the way of shop plugins, and answers with the position. */
  deleteProduct(tenant: string, entityId: Id, options: CallOptions & { entityType?: string } = {}): Promise<number> {
    return this.position('deleteProduct', { path: { tenant, entity_id: entityId }, options });
  }
}
