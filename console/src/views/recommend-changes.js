/** What is different between two lists. */

import { h } from '../elements.js';
import { count, milliseconds, plural } from '../format.js';
import { knownName } from '../items.js';
import { say } from '../parts.js';

/** @import {Answer, Item, Recommendation} from '../../types.d.ts' */

/**
 * @typedef {object} Changes
 * @property {Map<string, {kind: 'up' | 'down' | 'new', text: string}>} of by id
 * @property {string[]} gone ids
 * @property {boolean} rescored whether a score of what stayed is another one
 */

const NAMED = 2;

/**
 * @param {Item[]} before
 * @param {Item[]} after
 * @returns {Changes}
 */
export function changesBetween(before, after) {
  const places = new Map(before.map((one, at) => [one.entity_id, { at, score: one.score }]));
  /** @type {Changes['of']} */
  const of = new Map();
  let rescored = false;
  after.forEach((one, at) => {
    const was = places.get(one.entity_id);
    if (!was) of.set(one.entity_id, { kind: 'new', text: 'new' });
    else if (was.at > at) of.set(one.entity_id, { kind: 'up', text: `▲ ${was.at - at}` });
    else if (was.at < at) of.set(one.entity_id, { kind: 'down', text: `▼ ${at - was.at}` });
    rescored ||= was !== undefined && was.score !== one.score;
  });
  const still = new Set(after.map((one) => one.entity_id));
  return { of, gone: before.map((one) => one.entity_id).filter((id) => !still.has(id)), rescored };
}

/**
 * The same in words.
 * @param {Changes} changes
 * @param {{type: string, entity: string}} deed
 * @param {Answer<Recommendation>} answer
 */
export function tellChanges(changes, deed, answer) {
  const kinds = [...changes.of.values()].map((one) => one.kind);
  const fresh = kinds.filter((one) => one === 'new').length;
  const moved = kinds.length - fresh;
  const told = [
    fresh ? `${count(fresh)} new` : '',
    moved ? `${count(moved)} moved` : '',
    changes.gone.length ? `${gone(changes.gone)} left` : '',
  ].filter(Boolean);
  const what = told.length ? told.join(', ') : changes.rescored ? 'the same order with other scores' : 'the same list';
  say(`Recorded: ${deed.type}, ${deed.entity}. In the next list: ${what}.`);
  return h('div', { class: 'told' },
    h('p', {}, h('strong', {}, `Recorded: ${deed.type}, `, h('bdi', {}, deed.entity), '.'), ` In the next list: ${what}.`),
    h('p', { class: 'soft small' }, `It is as of position ${count(answer.data.position)} and came ${milliseconds(answer.tookMs)} after it was asked for.`));
}

/** @param {string[]} ids */
function gone(ids) {
  return ids.length <= NAMED ? ids.map(knownName).join(' and ') : plural(ids.length, 'item');
}
