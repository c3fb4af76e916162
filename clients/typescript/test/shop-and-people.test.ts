/** A shop's own pages, merged users and vectors, against the real server. */
import { describe, expect, test } from 'vitest';
import { Conflict, InvalidRequest, NotFound } from '../src/index.js';
import { client, newId } from './server.js';

const kindred = client();

/** Six presents at a tenant of its own, of which three are liked by three visitors. */
async function shop(): Promise<{ tenantId: string }> {
  const tenantId = newId();
  const presents = [1, 2, 3, 4, 5, 6].map((entityId) => ({
    entityId,
    entityType: 'present',
    attributes: { price: 10 * entityId, category: 'soft_toys' },
  }));
  expect((await kindred.importEntities(presents, { tenantId })).failed).toBe(0);
  const likes = [11, 12, 13].flatMap((userId) =>
    [1, 2, 3].map((entityId) => ({ userId, entityId, entityType: 'present', interactionType: 'like' })),
  );
  expect((await kindred.importInteractions(likes, { tenantId })).failed).toBe(0);
  return { tenantId };
}

const sorted = (items: unknown[]) => [...items].sort();

describe("a shop's pages", () => {
  test('a page of what is popular keeps the ids of the catalogue', async () => {
    const options = await shop();
    const userParams = { geoId: 213, gender: 'f', age: '25-34' } as const;
    const page = await kindred.popularPage({ userParams, pagination: { page: 1, limit: 2 } }, options);
    expect(page.algorithmUsed).toBe('popular');
    expect(page.pagination).toEqual({
      page: 1,
      limit: 2,
      totalCount: 6,
      totalPages: 3,
      hasNext: true,
      hasPrevious: false,
    });
    for (const item of page.items) expect([1, 2, 3]).toContain(item);
    const filters = { priceFrom: 35, priceTo: 55 };
    expect(sorted((await kindred.popularPage({ userParams, filters }, options)).items)).toEqual([4, 5]);
    expect(sorted((await kindred.popularPage({ userParams, userId: 11 }, options)).items)).toEqual([4, 5, 6]);
  });

  test("a visitor's own page leaves out what they liked", async () => {
    const options = await shop();
    const filters = { category: 'soft_toys' };
    const page = await kindred.personalizedPage({ userId: 11, geoId: 213, filters }, options);
    expect(sorted(page.items)).toEqual([4, 5, 6]);
    expect(page.pagination.totalCount).toBe(3);
    const wrong = kindred.personalizedPage({ userId: 11, geoId: 213, pagination: { limit: 0 } }, options);
    await expect(wrong).rejects.toThrow(InvalidRequest);
  });

  test('a visitor says who they are and is summed up', async () => {
    const options = await shop();
    const said = await kindred.putVisitor(
      11,
      { gender: 'female', ageGroup: '25-34', locale: 'en', geoId: 213 },
      options,
    );
    expect(said).toMatchObject({ gender: 'f', ageGroup: '25-34', locale: 'en', geoId: 213, avgPrice: 20 });
    expect(said.preferredCategories).toEqual({ soft_toys: 1 });
    expect(await kindred.getVisitor(11, options)).toEqual(said);
    await kindred.recordInteraction(
      { userId: 11, entityId: 6, entityType: 'present', interactionType: 'like' },
      options,
    );
    expect(await kindred.refreshVisitor(11, options)).toMatchObject({ priceRangeMax: 60, interactionCount: 4 });
    await expect(kindred.getVisitor('nobody', options)).rejects.toThrow(NotFound);
  });

  test('a shop is refreshed by hand and tells how it is', async () => {
    const options = await shop();
    for (const refresh of ['refreshPopularItems', 'updateUserProfiles', 'refreshSimilarities'] as const) {
      const done = await kindred[refresh]({ ...options, wait: true });
      expect(done.status).toBe('completed');
      expect(await kindred.getJob(done.jobId, options)).toMatchObject({ status: 'completed' });
    }
    const begun = await kindred.refreshPopularItems(options);
    expect(begun.status).toBe('accepted');
    const sync = kindred.fullSync({ ...options, wait: true });
    await expect(sync).rejects.toThrow(Conflict);
    await expect(sync).rejects.toThrow('MAIN_DATABASE_URL');
    const stats = await kindred.storefrontStats(options);
    expect(stats.mainDatabase).toMatchObject({ totalLikes: 9 });
    expect(JSON.stringify(stats.jobs)).toContain(begun.jobId);
  });
});

test('a user is merged into another and taken out again', async () => {
  const known = newId();
  const anonymous = newId();
  const view = (userId: string, entityId: string) =>
    kindred.recordInteraction({ userId, entityId, entityType: 'product', interactionType: 'view' });
  await kindred.putUser(anonymous, { language: 'en' });
  await view(known, 'a');
  await view(anonymous, 'b');
  await view(anonymous, 'c');

  const merge = await kindred.mergeUser(known, anonymous);
  expect(merge).toMatchObject({ userId: known, from: anonymous, interactionsMoved: 2 });
  expect(await kindred.getUser(known)).toMatchObject({ interactionCount: 3, attributes: { language: 'en' } });
  const { merges } = await kindred.listMerges(known);
  expect(merges.map((one) => one.mergeId)).toEqual([merge.mergeId]);
  expect(merges[0]!.undoneAt).toBeUndefined();

  expect((await kindred.undoMerge(known, merge.mergeId)).undoneAt).toBeTruthy();
  expect(await kindred.getUser(known)).toMatchObject({ interactionCount: 1 });
  expect(await kindred.getUser(anonymous)).toMatchObject({ interactionCount: 2 });
  await expect(kindred.undoMerge(known, merge.mergeId)).rejects.toThrow(Conflict);
  await expect(kindred.mergeUser(known, known)).rejects.toThrow(InvalidRequest);
});

test('content is given a vector and found by it', async () => {
  const mediaType = newId();
  const titles = [0, 1, 2].map((n) => `${mediaType}-${n}`);
  for (const entityId of titles) await kindred.createEntity({ entityId, entityType: mediaType, attributes: { n: 1 } });
  const { dimension, vector } = await kindred.getEmbedding(titles[0]!, { mediaType });
  expect(vector).toHaveLength(dimension);

  const pointing = (degrees: number) => {
    const angle = (degrees * Math.PI) / 180;
    return Array.from({ length: dimension }, (_, n) => (n === 0 ? Math.cos(angle) : n === 1 ? Math.sin(angle) : 0));
  };
  for (const [n, degrees] of [0, 60, 10].entries()) {
    await kindred.putEmbedding(titles[n]!, { model: 'mine', vector: pointing(degrees) }, { mediaType });
  }
  const kept = await kindred.getEmbedding(titles[1]!, { mediaType });
  expect(kept.model).toBe('mine');
  expect(kept.vector[0]).toBeCloseTo(0.5, 6);
  const { nearest } = await kindred.listNearestContent(titles[0]!, { mediaType, limit: 2 });
  expect(nearest.map((near) => near.contentId)).toEqual([titles[2], titles[1]]);
  expect(nearest[1]!.similarity).toBeCloseTo(0.5, 6);
  const short = kindred.putEmbedding(titles[0]!, { model: 'mine', vector: [1, 2] }, { mediaType });
  await expect(short).rejects.toThrow(InvalidRequest);
  await expect(short).rejects.toThrow(String(dimension));
});
