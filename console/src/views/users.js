/** Users: one of them, with what they did and who is like them. */

import { get } from '../api.js';
import { barChart } from '../chart.js';
import { fill, h } from '../elements.js';
import { count, duration, percent, words } from '../format.js';
import { entityLink, learnNames, rememberTenant, userLink } from '../items.js';
import { card, empty, facts, field, firstOf, heading, loading, since } from '../parts.js';
import { go, link } from '../router.js';
import { valueOf } from '../values.js';
import { into } from './entity.js';
import { firstSteps, suggestedUsers } from './recommend-start.js';

/** @import {Interaction, Place, SimilarUser, User, UserAnalytics, View} from '../../types.d.ts' */

const HISTORY = 60;
const SHOWN = 15;

/** @type {View} */
export const users = { title: 'Users', show };

/**
 * @param {HTMLElement} page
 * @param {Place} place
 * @param {AbortSignal} signal
 */
async function show(page, place, signal) {
  const [id] = place.rest;
  if (id) return one(page, id, signal);
  fill(page, heading('Users'), search(), loading(2));
  const suggested = await suggestedUsers(signal);
  fill(page, heading('Users'), search(), suggested.isEmpty ? firstSteps(signal) : card('Busy of late', suggested.ids.length
    ? h('ul', { class: 'names' }, suggested.ids.map((user) => h('li', {}, userLink(user))))
    : empty('Nobody yet', 'No interaction has come within a week. Open a user by their id.')));
}

function search() {
  const id = h('input', { type: 'search', placeholder: 'their whole id', autocomplete: 'off', spellcheck: 'false', maxlength: '255', required: true, dir: 'auto' });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    go(link(['users', id.value.trim()]));
  };
  return h('div', { class: 'card searches' }, h('form', { class: 'line', role: 'search', on: { submit } }, field('Open a user', id), h('button', { type: 'submit' }, 'Open')));
}

/**
 * @param {HTMLElement} page
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function one(page, id, signal) {
  fill(page, loading(4));
  const user = /** @type {User} */ (await get('/api/v1/users/{user_id}', { user_id: id }, { signal }));
  rememberTenant(user.tenant_id);
  const places = { sums: h('div', {}), like: h('div', {}), history: h('div', {}) };
  fill(page,
    heading(id, h('a', { href: link(['recommend'], { user: id }) }, 'What to recommend them')),
    h('div', { class: 'grid' },
      h('div', { class: 'column' }, profile(user), places.sums, places.like),
      h('div', { class: 'column' }, places.history)));
  const whose = { user_id: id };
  await Promise.all([
    into(places.sums, signal, async () => sums(await get('/api/v1/users/{user_id}/analytics', whose, { signal }))),
    into(places.like, signal, async () => like(await get('/api/v1/users/{user_id}/similar', whose, { signal }))),
    into(places.history, signal, async () => {
      const all = /** @type {Interaction[]} */ (await get('/api/v1/interactions/user/{user_id}', whose, { query: { limit: HISTORY }, signal }));
      await learnNames(all.map((deed) => deed.entity_id), signal);
      return history(all);
    }),
  ]);
}

/** @param {User} user */
function profile(user) {
  const all = Object.entries(user.attributes);
  return card('Who they are',
    facts([['Interactions', count(user.interaction_count)], ['Known', since(user.created_at)]]),
    h('h3', {}, 'Attributes'),
    all.length ? facts(all.map(([name, value]) => [name, valueOf(value)])) : h('p', { class: 'soft' }, 'None; they are sent with ', h('code', {}, 'PUT /api/v1/users/{user_id}'), '.'));
}

/** @param {UserAnalytics} its */
function sums(its) {
  const likes = Object.entries(its.genreEmbedding).slice(0, 6).map(([name, value]) => ({ name, value, text: value.toFixed(2) }));
  return card('In sum',
    facts([
      ['Views', count(its.totalViews)],
      ['Last active', its.lastActiveDate ? since(its.lastActiveDate) : ''],
      ['Session', its.averageSessionDuration === null ? '' : `${duration(its.averageSessionDuration)} on average`],
      ['Completes', its.completionRate ? percent(its.completionRate) : ''],
      ['Rates', its.averageRating === null ? '' : `${its.averageRating.toFixed(1)} of 10 on average`],
      ['Time of day', its.preferredTimeSlots.join(', ')],
    ]),
    likes.length ? [h('h3', {}, 'What they like'), barChart('Kinds by how much they are liked', likes)] : null);
}

/** @param {SimilarUser[]} all */
function like(all) {
  if (!all.length) return card('Like them', empty('Nobody yet', 'Nobody has done the same things.'));
  return card('Like them', h('ul', { class: 'deeds people' }, all.map((other) => h('li', {},
    h('span', { class: 'number' }, other.similarity.toFixed(3)), userLink(other.userId),
    h('span', { class: 'soft small' }, [`${count(other.sharedViews)} in common`, ...other.commonInterests.slice(0, 2)].join(', '))))));
}

/** @param {Interaction[]} all */
function history(all) {
  if (!all.length) return card('What they did', empty('Nothing', 'Nothing is kept of what they did.'));
  return card('What they did', firstOf(all, SHOWN, (deed) => h('li', {},
    h('span', { class: 'type' }, words(deed.interaction_type)), entityLink(deed.entity_id, deed.entity_type), h('span', { class: 'soft small' }, since(deed.timestamp))), { class: 'deeds' }));
}
