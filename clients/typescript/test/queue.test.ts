import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConnectionFailed, KindredError, QueueFull, type Rejection } from '../src/index.js';
import { client, FlakyProxy, newId } from './server.js';

const never = 2 ** 30;

let proxy: FlakyProxy;
beforeEach(async () => {
  proxy = await FlakyProxy.start();
});
afterEach(() => proxy.stop());

function view(userId: string, entityId: string) {
  return { userId, entityId, interactionType: 'view' };
}

async function stored(userId: string): Promise<number> {
  return (await client().listUserInteractions(userId, { limit: 1000 })).interactions.length;
}

test('what waits is sent in batches', async () => {
  const userId = newId();
  const queue = proxy.client().interactionQueue({ batchSize: 10, intervalMs: never });
  for (let n = 0; n < 25; n++) queue.record(view(userId, String(n)));
  await queue.flush();
  expect(queue.size).toBe(0);
  expect(proxy.seen).toHaveLength(3);
  expect(await stored(userId)).toBe(25);
  await queue.close();
});

test('a whole batch, or the end of the interval, sends without being asked', async () => {
  const userId = newId();
  const whole = client().interactionQueue({ batchSize: 2, intervalMs: never });
  whole.record(view(userId, '1'));
  whole.record(view(userId, '2'));
  const timed = client().interactionQueue({ intervalMs: 1 });
  timed.record(view(userId, '3'));
  await expect.poll(() => whole.size + timed.size).toBe(0);
  expect(await stored(userId)).toBe(3);
  await Promise.all([whole.close(), timed.close()]);
});

test('a full queue says so and keeps what it has', async () => {
  const userId = newId();
  const queue = client().interactionQueue({ capacity: 2, batchSize: 2, intervalMs: never });
  queue.record(view(userId, '1'));
  queue.record(view(userId, '2'));
  expect(() => queue.record(view(userId, '3'))).toThrow(QueueFull);
  await queue.close();
  expect(await stored(userId)).toBe(2);
});

test('what could not be sent waits on and is stored once', async () => {
  const userId = newId();
  const queue = proxy.client().interactionQueue({ intervalMs: never });
  queue.record(view(userId, '1'));
  proxy.mishaps.push('lose', 'refuse', 'refuse', 'refuse');
  await expect(queue.flush()).rejects.toThrow(ConnectionFailed);
  expect(queue.size).toBe(1);
  await queue.close();
  expect(await stored(userId)).toBe(1);
});

test('after a failure in the background it tries again by itself', async () => {
  const userId = newId();
  const failures: unknown[] = [];
  const queue = proxy.client({ retry: { retries: 0 } }).interactionQueue({
    intervalMs: 1,
    onFailure: (error) => failures.push(error),
  });
  proxy.mishaps.push('refuse', 503);
  queue.record(view(userId, '1'));
  await expect.poll(() => queue.size).toBe(0);
  expect(failures).toHaveLength(2);
  expect(await stored(userId)).toBe(1);
  await queue.close();
});

test('a row that the server refuses is told and dropped', async () => {
  const userId = newId();
  const told: Rejection[] = [];
  const queue = client().interactionQueue({ intervalMs: never, onRejected: (rejection) => told.push(rejection) });
  queue.record({ ...view(userId, '1'), weight: 1000 });
  queue.record(view(userId, '2'));
  await queue.close();
  expect(told).toMatchObject([{ interaction: { entityId: '1' }, reason: expect.stringContaining('weight') }]);
  expect(await stored(userId)).toBe(1);
});

test('a closed queue takes nothing', async () => {
  const queue = client().interactionQueue();
  await queue.close();
  expect(() => queue.record(view('u', '1'))).toThrow(KindredError);
});
