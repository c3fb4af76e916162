import { describe, expect, test } from 'vitest';
import { Kindred, NotFound, Unauthenticated } from '../src/index.js';
import { client, collected, newId, url } from './server.js';

const kindred = client();

describe('entities', () => {
  test('an entity lives from creation to deletion', async () => {
    const entityId = newId();
    const made = await kindred.createEntity({ entityId, entityType: 'product', attributes: { unit_price: 39.9 } });
    expect(made).toMatchObject({ entityId, entityType: 'product', attributes: { unit_price: 39.9 } });
    expect(made.position).toBeGreaterThan(0);

    const patched = await kindred.patchEntity(entityId, { attributes: { camelCase: [{ snake_case: 1 }] } });
    expect(patched.attributes).toEqual({ unit_price: 39.9, camelCase: [{ snake_case: 1 }] });

    const availableUntil = new Date('2030-01-02T00:00:00Z');
    const replaced = await kindred.replaceEntity(entityId, { attributes: { name: 'Pot' }, availableUntil });
    expect(replaced.availableUntil).toMatch(/^2030-01-02T00:00:00/);

    const read = await kindred.getEntity(entityId, { entityType: 'product', fields: ['entity_id', 'attributes'] });
    expect(read).toEqual({ entityId, attributes: { name: 'Pot' } });

    const minPosition = await kindred.deleteEntity(entityId, { entityType: 'product' });
    await expect(kindred.getEntity(entityId, { minPosition })).rejects.toThrow(NotFound);
  });

  test.each(['a/b?c#d e%2F', '...', 'täst-✓', 'a+b&c=d'])('an id may be %s', async (entityId) => {
    await kindred.createEntity({ entityId, entityType: 'odd-ts' }, { upsert: true });
    expect((await kindred.getEntity(entityId, { entityType: 'odd-ts', includeVector: false })).entityId).toBe(entityId);
  });

  test('an id that an address cannot hold is refused before it becomes another call', async () => {
    await expect(kindred.deleteEntity('..')).rejects.toThrow("entity_id cannot be '..'");
    await expect(kindred.getEntity('')).rejects.toThrow('entity_id must not be empty');
  });

  test('many entities come page by page', async () => {
    const entityType = newId();
    const rows = Array.from({ length: 7 }, (_, n) => ({ entityId: `${entityType}-${n}`, entityType }));
    expect(await kindred.importEntities(rows)).toMatchObject({ status: 'completed', successful: 7 });
    const found = await collected(kindred.iterateEntities({ entityType, pageSize: 3 }));
    expect(found.map((entity) => entity.entityId)).toEqual(rows.map((row) => row.entityId));
  });

  test('shop plugins may name their tenant in the path', async () => {
    const entityId = newId();
    expect((await kindred.putProduct('shop', { entityId, attributes: { name: 'Cup' } })).entityType).toBe('product');
    expect((await kindred.getEntity(entityId, { tenantId: 'shop' })).attributes).toEqual({ name: 'Cup' });
    expect(await kindred.deleteProduct('shop', entityId)).toBeGreaterThan(0);
  });

  test('an import may go on as a job', async () => {
    const started = await kindred.startEntityImport([{ entityId: newId(), entityType: 'product' }]);
    await expect.poll(async () => (await kindred.getJob(started.jobId)).status).toBe('completed');
    expect((await kindred.listJobs({ limit: 1000 })).jobs.map((job) => job.jobId)).toContain(started.jobId);
  });
});

describe('interactions', () => {
  test('what a user did is read newest first', async () => {
    const userId = newId();
    const timestamp = new Date(Date.now() - 86_400_000);
    const rated = await kindred.recordInteraction({
      userId,
      entityId: 'film-1',
      entityType: 'film',
      interactionType: { rating: 4.5 },
      timestamp,
      metadata: { a_b: 1, cD: 2 },
    });
    expect(rated).toMatchObject({ interactionType: 'rating', weight: 4.5, metadata: { a_b: 1, cD: 2 } });
    const items = [{ entityId: 'a', quantity: 2 }, { entityId: 'b' }];
    const order = await kindred.recordOrder({ userId, items, orderId: userId });
    expect(order.interactions).toHaveLength(2);

    const page = await kindred.listUserInteractions(userId, { limit: 2, minPosition: order.position });
    expect(page.interactions.map((row) => row.entityId).sort()).toEqual(['a', 'b']);
    const rest = await kindred.listUserInteractions(userId, { cursor: page.nextCursor ?? '' });
    expect(rest).toMatchObject({ interactions: [{ entityId: 'film-1' }], nextCursor: null });
    expect(await collected(kindred.iterateUserInteractions(userId, { pageSize: 1 }))).toHaveLength(3);
    expect((await kindred.listEntityInteractions('film-1', { entityType: 'film' })).interactions).not.toHaveLength(0);
  });

  test('a type counts as registered', async () => {
    const interactionType = newId();
    await kindred.registerInteractionType({ interactionType, weight: 2.5, description: "a test's" });
    await kindred.changeInteractionType(interactionType, { weight: 3.5 });
    expect(await kindred.getInteractionType(interactionType)).toMatchObject({ weight: 3.5 });
    const { interactionTypes } = await kindred.listInteractionTypes();
    expect(interactionTypes.map((type) => type.interactionType)).toContain(interactionType);
    expect(await kindred.deleteInteractionType(interactionType)).toBeGreaterThan(0);
  });
});

describe('users, keys, tenants, operation', () => {
  test('a user is erased with everything they did', async () => {
    const userId = newId();
    await kindred.putUser(userId, { age: 30 });
    await kindred.recordInteraction({ userId, entityId: 'a', entityType: 'product', interactionType: 'view' });
    expect(await kindred.getUser(userId)).toMatchObject({ interactionCount: 1, attributes: { age: 30 } });
    expect(await kindred.eraseUser(userId)).toMatchObject({ interactionsRemoved: 1 });
    await expect(kindred.getUser(userId)).rejects.toMatchObject({ name: 'NotFound', code: 'USER_NOT_FOUND' });
  });

  test('a key opens until it is revoked', async () => {
    const made = await kindred.createKey({ kind: 'server', name: 'typescript tests' });
    const other = new Kindred({ baseUrl: url, apiKey: made.key ?? '' });
    await other.listEntities({ limit: 1 });
    expect((await kindred.listKeys()).keys.map((listed) => listed.keyId)).toContain(made.keyId);
    await kindred.revokeKey(made.keyId);
    await expect(other.listEntities()).rejects.toThrow(Unauthenticated);
  });

  test('tenants do not see each other', async () => {
    const entityId = newId();
    await kindred.createEntity({ entityId, entityType: 'product' }, { tenantId: 'one' });
    await expect(kindred.getEntity(entityId, { tenantId: 'two' })).rejects.toThrow(NotFound);
  });

  test("a tenant's settings have a history", async () => {
    const tenantId = newId().slice(0, 20);
    const first = await kindred.putTenantConfig(tenantId, { DEFAULT_RECOMMENDATION_COUNT: 12 });
    expect(first.config).toEqual({ DEFAULT_RECOMMENDATION_COUNT: 12 });
    await kindred.putTenantConfig(tenantId, { DEFAULT_RECOMMENDATION_COUNT: 15 });
    const back = await kindred.rollBackTenantConfig(tenantId, first.version);
    expect(await kindred.getTenantConfig(tenantId)).toMatchObject({ version: back.version, config: first.config });
    expect((await kindred.listTenantConfigs(tenantId)).versions.length).toBeGreaterThanOrEqual(3);
  });

  test('the server tells how it is', async () => {
    expect(await kindred.getHealth()).toMatchObject({ service: 'kindred', uptimeSeconds: expect.any(Number) });
    expect((await kindred.getReadiness()).status).toBe('ready');
    expect(await kindred.getMetrics()).toContain('http_requests_total');
    expect(Object.keys(await kindred.getConfig())).not.toHaveLength(0);
    expect(await kindred.reloadConfig()).toBeDefined();
  });
});
