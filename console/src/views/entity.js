/** One entity: what it is, what users made of it, what is like it, what was done with it last. */

import { get } from '../api.js';
import { fill, h } from '../elements.js';
import { count, percent, words } from '../format.js';
import { entityLink, kindOf, nameOf, priceOf, remember, rememberTenant, tile, userLink } from '../items.js';
import { card, empty, facts, firstOf, loading, problem, since } from '../parts.js';
import { link } from '../router.js';
import { valueOf } from '../values.js';

/** @import {ContentMetrics, Entity, Interaction, Recommendation} from '../../types.d.ts' */

const LIKE = 8;
const DEEDS = 15;

/**
 * @param {HTMLElement} page
 * @param {string} id
 * @param {string} type empty where it is not known
 * @param {AbortSignal} signal
 */
export async function entityPage(page, id, type, signal) {
  fill(page, loading(4));
  const entity = /** @type {Entity} */ (
    await get('/api/v1/entities/{entity_id}', { entity_id: id }, { query: { entity_type: type, include_vector: false }, signal })
  );
  remember([entity]);
  rememberTenant(entity.tenant_id);
  const places = { metrics: h('div', {}), like: h('div', {}), deeds: h('div', {}) };
  fill(page, head(entity),
    h('div', { class: 'grid' },
      h('div', { class: 'column' }, attributes(entity), places.metrics),
      h('div', { class: 'column' }, places.like, places.deeds)));
  const kind = entity.entity_type;
  const ask = { query: { entity_type: kind }, signal };
  await Promise.all([
    into(places.metrics, signal, async () => metrics(await get('/api/v1/content/{content_id}/metrics', { content_id: id }, { query: { mediaType: kind }, signal }))),
    into(places.like, signal, async () => like(id, await get('/api/v1/recommendations/entity/{entity_id}', { entity_id: id }, { query: { count: LIKE, entity_type: kind, explain: true }, signal }))),
    into(places.deeds, signal, async () => deeds(await get('/api/v1/interactions/entity/{entity_id}', { entity_id: id }, { ...ask, query: { ...ask.query, limit: DEEDS } }))),
  ]);
}

/**
 * Each part comes when it is there, and one that fails says so alone.
 * @param {HTMLElement} place
 * @param {AbortSignal} signal
 * @param {() => Promise<Node>} make
 */
export async function into(place, signal, make) {
  fill(place, loading(2));
  try {
    fill(place, await make());
  } catch (error) {
    if (!signal.aborted) fill(place, problem(error));
  }
}

/** @param {Entity} entity */
function head(entity) {
  const { entity_id: id, attributes: its } = entity;
  return h('div', { class: 'one' }, tile(its, id),
    h('div', {},
      h('h1', { dir: 'auto' }, nameOf(its, id)),
      h('p', { class: 'soft', dir: 'auto' }, [kindOf(its), priceOf(its)].filter(Boolean).join(' · ')),
      h('p', { class: 'small' }, h('a', { href: link(['recommend'], { entity: id }) }, 'Recommend what is like it'))));
}

/** @param {Entity} entity */
function attributes(entity) {
  const all = Object.entries(entity.attributes);
  return card('What it is',
    facts([
      ['Id', h('code', {}, entity.entity_id)],
      ['Type', entity.entity_type],
      ['Created', since(entity.created_at)],
      ['Changed', since(entity.updated_at)],
    ]),
    h('h3', {}, 'Attributes'),
    all.length ? facts(all.map(([name, value]) => [name, valueOf(value)])) : h('p', { class: 'soft' }, 'It has none.'));
}

/** @param {ContentMetrics} its */
function metrics(its) {
  return card('What users made of it', facts([
    ['Views', count(its.totalViews)],
    ['Popularity', `among the top ${Math.max(1, Math.ceil(100 - its.popularityIndex))} %`],
    ['Trend', `${its.trendingScore.toFixed(2)} of its own usual${its.trendingScore > 1 ? ', rising' : ''}`],
    ['Rating', its.averageRating === null ? '' : `${its.averageRating.toFixed(1)} of 10`],
    ['Completed', its.completionRate ? percent(its.completionRate) : ''],
    ['Skipped', its.skipRate ? percent(its.skipRate) : ''],
    ['Last', its.lastUpdated ? since(its.lastUpdated) : ''],
  ]));
}

/**
 * @param {string} id
 * @param {Recommendation} found
 */
function like(id, found) {
  const items = found.recommendations;
  remember(items);
  if (!items.length) return card('Like it', empty('Nothing yet', 'There is nothing that goes with it or is like it.'));
  return card('Like it',
    h('ul', { class: 'rows' }, items.map((one) => h('li', {}, tile(one.attributes, one.entity_id),
      h('div', {}, h('p', { class: 'title' }, entityLink(one.entity_id, one.entity_type)), h('p', { class: 'soft small' }, words(one.reason))),
      h('span', { class: 'number' }, one.score.toFixed(3))))),
    h('p', { class: 'small' }, h('a', { href: link(['recommend'], { entity: id }) }, 'With reasons')));
}

/** @param {Interaction[]} all */
function deeds(all) {
  if (!all.length) return card('Done with it last', empty('Nothing yet', 'Nobody has done anything with it.'));
  return card('Done with it last', firstOf(all, 8, (one) => h('li', {},
    h('span', { class: 'type' }, words(one.interaction_type)), userLink(one.user_id), h('span', { class: 'soft small' }, since(one.timestamp))), { class: 'deeds' }));
}
