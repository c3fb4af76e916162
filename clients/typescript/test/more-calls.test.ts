/** Recommendations, behaviour, webhooks and files, against the real server. */
import { describe, expect, test } from 'vitest';
import { InvalidRequest, NotFound, type RecommendationRequest } from '../src/index.js';
import { client, newId } from './server.js';

const kindred = client();

/** Twelve entities of a type of their own, and a few users who did something with them. */
async function catalogue(entityType: string): Promise<string[]> {
  const ids = Array.from({ length: 12 }, (_, n) => `${entityType}-${n}`);
  const attributes = (n: number) => ({ price: n, color: n % 2 ? 'red' : 'blue', maker_name: 'm' });
  await kindred.importEntities(ids.map((entityId, n) => ({ entityId, entityType, attributes: attributes(n) })));
  const views = Array.from({ length: 24 }, (_, n) => ({
    userId: `${entityType}-u${n % 6}`,
    entityId: ids[(n + Math.floor(n / 6)) % 12]!,
    entityType,
    interactionType: 'view',
  }));
  expect((await kindred.importInteractions(views)).failed).toBe(0);
  return ids;
}

describe('recommendations', () => {
  test('a user is recommended what passes the filters', async () => {
    const entityType = newId();
    await catalogue(entityType);
    const userId = `${entityType}-u0`;
    const filters = { 'price.gte': 3, 'color.in': ['red', 'green'] };
    const answer = await kindred.getUserRecommendations(userId, { count: 3, entityType, filters, explain: true });
    expect(answer.recommendations).toHaveLength(3);
    for (const { attributes, explanation, score } of answer.recommendations) {
      expect(attributes).toMatchObject({ color: 'red', maker_name: 'm' });
      const parts = explanation?.parts ?? [];
      expect(parts.reduce((sum, part) => sum + part.value, 0)).toBeCloseTo(score, 6);
    }
    const { recommendationId } = answer;
    const entityId = answer.recommendations[0]!.entityId;
    const click = { userId, entityId, entityType, interactionType: 'click', recommendationId };
    expect(await kindred.recordInteraction(click)).toMatchObject({ recommendationId });
  });

  test('lists come by likeness, growth and size', async () => {
    const entityType = newId();
    const ids = await catalogue(entityType);
    const similar = await kindred.getSimilarEntities(ids[0]!, { entityType, count: 2 });
    expect(similar.recommendations.map((item) => item.entityId)).not.toContain(ids[0]);
    expect(await kindred.getTrending({ entityType, count: 5, windowDays: 7 })).toMatchObject({ windowDays: 7 });
    expect(await kindred.getPopular({ entityType, count: 5 })).toMatchObject({ count: 5 });
  });

  test('one request may say everything', async () => {
    const entityType = newId();
    const ids = await catalogue(entityType);
    const userId = `${entityType}-u1`;
    const request: RecommendationRequest = { userId, session: [ids[7]!], count: 2, entityType, exclude: [ids[9]!] };
    expect((await kindred.recommend(request)).count).toBe(2);
    const lists = await kindred.recommendBatch([request, request], { distinct: true });
    const shown = lists.results.flatMap((list) => list.recommendations.map((item) => item.entityId));
    expect(new Set(shown).size).toBe(4);
    const ranked = await kindred.rank(userId, ids.slice(0, 5));
    expect([...ranked.entityIds].sort()).toEqual(ids.slice(0, 5).sort());
  });
});

test('shop plugins get bare lists', async () => {
  const entityType = newId();
  const ids = await catalogue(entityType);
  const similar = await kindred.listSimilar('default', ids[0]!, { entityType, count: 3 });
  expect(similar).toHaveLength(3);
  expect(similar.map((item) => item.entityId)).not.toContain(ids[0]);
  expect(await kindred.listPersonalized('default', `${entityType}-u0`, { entityType, count: 3 })).toHaveLength(3);
  expect(await kindred.listShopTrending('default', { entityType, count: 2 })).toBeInstanceOf(Array);
  expect(await kindred.listComplement('default', ids[0]!, { entityType, count: 2 })).toBeInstanceOf(Array);
  expect(await kindred.listBundle('default', ids.slice(0, 2), { count: 2 })).toBeInstanceOf(Array);
  const those = await kindred.listThose('default', ids.slice(3, 5));
  expect(those.map((item) => item.entityId)).toEqual(ids.slice(3, 5));
});

test('behaviour is summed up', async () => {
  const userId = newId();
  const contentId = `${userId}-film`;
  const mediaType = 'film';
  await kindred.putContent(contentId, { title: 'Alien', genres: ['horror'], mediaType });
  const seen = { userId, contentId, mediaType, action: 'completed', completionPercentage: 100 };
  expect(await kindred.recordBehavior(seen)).toMatchObject({ completionPercentage: 100 });
  const behaviors = [{ userId: `${userId}-2`, contentId, mediaType, action: 'viewed' }];
  expect(await kindred.importBehaviors(behaviors)).toMatchObject({ successful: 1 });
  expect((await kindred.getContent(contentId, { mediaType })).title).toBe('Alien');
  expect((await kindred.getUserAnalytics(userId)).favoriteGenres).toEqual(['horror']);
  expect((await kindred.getContentMetrics(contentId, { mediaType })).totalViews).toBeGreaterThan(0);
  const similar = await kindred.listSimilarUsers(userId, { genreTerm: 'jaccard' });
  expect(similar.map((user) => user.userId)).toEqual([`${userId}-2`]);
  expect((await kindred.getOverview({ bucket: 'hour' })).activeUsers).toBeGreaterThan(1);
  expect((await kindred.getAnalyticsHealth()).status).toBe('healthy');
});

test('an experiment goes from its design to its winner', async () => {
  const name = newId();
  const half = { weight: 50, config: { my_button: 'green' } };
  const variants = [
    { name: 'control', ...half },
    { name: 'other', ...half },
  ];
  const design = { name, variants, targetMetrics: ['purchase'], minimumSampleSize: 1 };
  expect((await kindred.createExperiment(design)).state).toBe('draft');
  expect((await kindred.changeExperiment(name, { ...design, description: 'which button' })).version).toBe(2);
  expect((await kindred.startExperiment(name)).state).toBe('running');
  const assigned = await kindred.assignVariant(name, { userId: 'ann' });
  expect(assigned.config).toEqual({ my_button: 'green' });
  expect((await kindred.assignVariant(name, { userId: 'ann' })).variant).toBe(assigned.variant);
  expect((await kindred.recordConversion(name, { userId: 'ann', metricName: 'purchase', value: 9 })).counted).toBe(true);
  const events = [{ experiment: name, userId: 'bob', event: 'view' as const }];
  expect(await kindred.recordAbEvents(events)).toMatchObject({ accepted: 1, rejected: 0 });
  const results = await kindred.getExperimentResults(name);
  expect(results.users).toBe(2);
  expect(results.metrics[0]!.variants.map((variant) => variant.variant)).toEqual(['control', 'other']);
  const counts = await kindred.getExperimentCounts(name);
  expect(counts.reduce((sum, { views }) => sum + views, 0)).toBe(2);
  expect((await kindred.stopExperiment(name)).state).toBe('stopped');
  expect(await kindred.concludeExperiment(name, { variant: 'other' })).toMatchObject({ winner: 'other' });
  expect((await kindred.listExperimentVersions(name)).total).toBeGreaterThan(3);
  expect((await kindred.listExperiments()).experiments.map((one) => one.name)).toContain(name);
  const [preset] = (await kindred.listExperimentPresets()).presets;
  const made = await kindred.createExperimentFromPreset(preset!.name, { name: `${name}-2` });
  expect(made.variants.length).toBeGreaterThan(1);
  expect((await kindred.getExperiment(`${name}-2`)).state).toBe('draft');
});

test('models are made anew and listed', async () => {
  const tenantId = newId().slice(0, 30);
  expect((await kindred.rebuildModels({ wait: true, tenantId })).status).toBe('completed');
  expect((await kindred.refreshModels({ tenantId })).jobId).toBeTruthy();
  expect((await kindred.listModels({ tenantId })).models).toEqual([]);
  await expect(kindred.getModel('none', { tenantId })).rejects.toThrow(NotFound);
});

test('what is too old is taken out as a job', async () => {
  const job = await kindred.cleanUp();
  await expect.poll(async () => (await kindred.getJob(job.jobId)).status).toBe('completed');
});

test('a webhook is told, and its secret replaced', async () => {
  const { webhookId, secret } = await kindred.createWebhook({
    url: 'http://127.0.0.1:9/hook',
    events: ['model.updated'],
  });
  expect((await kindred.rotateWebhookSecret(webhookId, { overlapHours: 1 })).secret).not.toBe(secret);
  expect((await kindred.testWebhook(webhookId)).delivered).toBe(false);
  expect((await kindred.getWebhook(webhookId)).events).toEqual(['model.updated']);
  expect((await kindred.listWebhooks()).webhooks.map((one) => one.webhookId)).toContain(webhookId);
  expect((await kindred.listWebhookDeliveries(webhookId, { limit: 5 })).nextCursor).toBeNull();
  expect((await kindred.listWebhookDeadLetters(webhookId)).deadLetters).toEqual([]);
  expect((await kindred.replayWebhookDeadLetters(webhookId)).replaying).toBe(0);
  await expect(kindred.replayWebhookDeadLetter(webhookId, 'none')).rejects.toThrow(NotFound);
  await kindred.deleteWebhook(webhookId);
  await expect(kindred.getWebhook(webhookId)).rejects.toThrow(NotFound);
});

test('a file comes in and goes out', async () => {
  const userId = newId();
  const file = new Blob([`who,what\n${userId},a\n${userId},b\n,c\n`]);
  const columns = { map: { user_id: 'who', entity_id: 'what' }, fill: { interaction_type: 'view', entity_type: userId } };
  const tried = await kindred.importFile(file, { kind: 'interactions', ...columns, dryRun: true });
  expect(tried).toMatchObject({ dryRun: true, successful: 2 });
  const report = await kindred.importFile(file, { kind: 'interactions', ...columns });
  expect(report).toMatchObject({ status: 'partially_completed', successful: 2, failed: 1, errors: [{ line: 4 }] });

  await kindred.createEntity({ entityId: `${userId}-a`, entityType: userId }, { upsert: true });
  const entities = await read(kindred.exportEntities({ format: 'ndjson', entityType: userId }));
  expect(JSON.parse(entities.split('\n')[0]!)).toMatchObject({ entity_id: `${userId}-a` });
  expect(await read(kindred.exportInteractions({ format: 'csv', entityType: userId }))).toContain(userId);
  expect(await read(kindred.exportUsers())).toMatch(/^\{/);
  expect(await read(kindred.exportUser(userId))).toMatch(/^PK/);
  await expect(kindred.exportEntities({ entityType: 'no type!' })).rejects.toThrow(InvalidRequest);
});

async function read(stream: Promise<ReadableStream<Uint8Array>>): Promise<string> {
  return new Response(await stream).text();
}
