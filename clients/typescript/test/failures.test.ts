import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectionFailed, Conflict, InvalidRequest, Kindred, NotFound, RateLimited, TimedOut } from '../src/index.js';
import { defaultRetryPolicy, waitAfter } from '../src/retry.js';
import { client, FlakyProxy, type Mishap, newId, url } from './server.js';

let proxy: FlakyProxy;
beforeEach(async () => {
  proxy = await FlakyProxy.start();
});
afterEach(() => proxy.stop());

describe('trying again', () => {
  test.each<Mishap>([429, 502, 503, 504, 'refuse', 'lose'])('%s may pass', async (mishap) => {
    const entityId = newId();
    proxy.mishaps.push(mishap, mishap);
    expect(await proxy.client().createEntity({ entityId, entityType: 'product' })).toMatchObject({ entityId });
    expect(proxy.seen).toHaveLength(3);
    expect(new Set(proxy.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('a lost answer does not record twice', async () => {
    const userId = newId();
    proxy.mishaps.push('lose');
    await proxy.client().recordInteraction({ userId, entityId: 'a', interactionType: 'view' });
    expect((await client().listUserInteractions(userId)).interactions).toHaveLength(1);
  });

  test('a deletion whose answer was lost has succeeded', async () => {
    const entityId = newId();
    await client().createEntity({ entityId, entityType: 'product' });
    proxy.mishaps.push('lose');
    await proxy.client().deleteEntity(entityId);
    await expect(proxy.client().deleteEntity(entityId)).rejects.toThrow(NotFound);
  });

  test('it gives up in the end and says what to check', async () => {
    proxy.mishaps.push('refuse', 'refuse', 'refuse', 'refuse');
    const told = await proxy
      .client()
      .getHealth()
      .catch((error: unknown) => error);
    expect(told).toBeInstanceOf(ConnectionFailed);
    expect((told as Error).message).toMatch(/4 tries.*does the server run/);
    expect(proxy.seen).toHaveLength(4);
  });

  test('a slow answer times out', async () => {
    proxy.mishaps.push('hang', 'hang', 'hang', 'hang');
    await expect(proxy.client().getHealth({ timeoutMs: 30 })).rejects.toThrow(TimedOut);
    expect(proxy.seen).toHaveLength(4);
  });

  test('an aborted call is not tried again', async () => {
    proxy.mishaps.push('hang');
    const abort = new AbortController();
    const asked = proxy.client().getHealth({ signal: abort.signal });
    await expect.poll(() => proxy.seen.length).toBe(1);
    abort.abort(new Error('changed my mind'));
    await expect(asked).rejects.toThrow('changed my mind');
    expect(proxy.seen).toHaveLength(1);
  });

  test('a wait that is too long is left to the caller', async () => {
    proxy.mishaps.push(429);
    proxy.answerHeaders = { 'Retry-After': '3600' };
    const told = await proxy
      .client()
      .listEntities()
      .catch((error: unknown) => error);
    expect(told).toBeInstanceOf(RateLimited);
    expect(told).toMatchObject({ retryAfterMs: 3_600_000 });
  });

  test('waits grow, are random, and end', () => {
    const policy = { ...defaultRetryPolicy, retries: 4, firstWaitMs: 1, longestWaitMs: 5, chance: () => 1 };
    expect([1, 2, 3, 4, 5].map((tried) => waitAfter(policy, tried, undefined))).toEqual([1, 2, 4, 5, undefined]);
    expect(waitAfter({ ...policy, chance: () => 0.25 }, 1, undefined)).toBe(0.25);
    expect(waitAfter({ ...policy, chance: () => 0 }, 1, 7)).toBe(7);
  });
});

describe('being told', () => {
  test('a refusal points at what was wrong', async () => {
    const interaction = { userId: newId(), entityId: 'a', interactionType: 'view', weight: 1000 };
    const told = await client()
      .recordInteraction(interaction)
      .catch((error: unknown) => error);
    expect(told).toBeInstanceOf(InvalidRequest);
    expect(told).toMatchObject({ status: 400, code: 'VALIDATION_ERROR', requestId: expect.any(String) });
    expect((told as Error).message).toContain('weight');
  });

  test('what exists already is a conflict', async () => {
    const entity = { entityId: newId(), entityType: 'product' };
    await client().createEntity(entity);
    await expect(client().createEntity(entity)).rejects.toThrow(Conflict);
  });

  test("an answer that is not Kindred's is told as such", async () => {
    proxy.mishaps.push(418);
    await expect(proxy.client().getHealth()).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      message: expect.stringContaining('no Kindred here'),
    });
  });

  test('what JSON cannot say is refused before it is sent', async () => {
    const interaction = { userId: 'u', entityId: 'a', interactionType: 'view', weight: NaN };
    await expect(client().recordInteraction(interaction)).rejects.toThrow('weight is NaN');
  });

  test('an argument that a call does not take is refused', async () => {
    const options = { entitytype: 'product' } as object;
    await expect(client().listEntities(options)).rejects.toThrow("does not take 'entitytype'");
  });

  test('an address without a scheme is refused', () => {
    expect(() => new Kindred({ baseUrl: 'localhost:8080' })).toThrow('http://');
  });
});

test('a call with a key of its own takes effect once', async () => {
  const entity = { entityId: newId(), entityType: 'product' };
  const options = { idempotencyKey: entity.entityId };
  const first = await client().createEntity(entity, options);
  expect(await client().createEntity(entity, options)).toEqual(first);
});

test('reads wait for what was written before', async () => {
  const kindred = proxy.client({ readYourWrites: true });
  const made = await kindred.createEntity({ entityId: newId(), entityType: 'product' });
  await kindred.getEntity(made.entityId);
  expect(proxy.seen.at(-1)?.headers['x-kindred-min-position']).toBe(String(made.position));
  expect(url).not.toBe(proxy.url);
});
