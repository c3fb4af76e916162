/** The list: what, how much, and why. */

import { fill, h } from '../elements.js';
import { date, score, share, words } from '../format.js';
import { entityLink, kindOf, knownName, priceOf, tile } from '../items.js';

/** @import {Explanation, Item} from '../../types.d.ts' */
/** @import {Changes} from './recommend-changes.js' */

const CAUSES = 3;
const DEEDS = [['view', 'View'], ['like', 'Like'], ['purchase', 'Buy']];
const MOVE_MS = 450;

/**
 * Puts a list into a place, so that what has moved is seen to move.
 * @param {HTMLElement} place
 * @param {Item[]} items
 * @param {Changes | undefined} changes to the list before
 * @param {((item: Item, type: string) => void) | undefined} act records what the user does; none where it is nobody's list
 * @param {Node} nothing what to say of an empty list
 */
export function recommendList(place, items, changes, act, nothing) {
  const focused = place.querySelector('[data-deed]:focus');
  const before = changes ? tops(place) : new Map();
  if (!items.length) {
    fill(place, nothing);
    return;
  }
  fill(place, sources(items), h('ol', { class: 'items' }, items.map((item, at) => row(item, at, changes, act))));
  if (changes) move(place, before);
  // Who works without a mouse goes on where they were.
  const at = Math.min(Number(focused?.closest('li')?.dataset['at']), items.length - 1);
  if (focused) place.querySelectorAll(`[data-deed="${focused.getAttribute('data-deed')}"]`)[at]?.dispatchEvent(new Event('kindred-focus'));
}

/**
 * What the colours of the scores stand for.
 * @param {Item[]} items
 */
function sources(items) {
  const all = new Set(items.flatMap((one) => one.explanation?.parts.filter((part) => part.value > 0).map((part) => part.source) ?? []));
  if (!all.size) return null;
  return h('ul', { class: 'legend sources', 'aria-label': 'What scores are made of' },
    [...all].map((one) => h('li', {}, h('span', { class: `dot part ${one}` }), words(one))));
}

/**
 * @param {Item} item
 * @param {number} at
 * @param {Changes | undefined} changes
 * @param {((item: Item, type: string) => void) | undefined} act
 */
function row(item, at, changes, act) {
  const change = changes?.of.get(item.entity_id);
  return h(
    'li',
    { class: change ? 'item changed' : 'item', 'data-id': item.entity_id, 'data-at': at },
    h('span', { class: 'rank' }, at + 1, change ? h('span', { class: `move ${change.kind}` }, change.text) : null),
    tile(item.attributes, item.entity_id),
    h('div', { class: 'what' },
      h('p', { class: 'title' }, entityLink(item.entity_id, item.entity_type)),
      h('p', { class: 'soft small', dir: 'auto' }, [kindOf(item.attributes), priceOf(item.attributes)].filter(Boolean).join(' · ')),
      item.explanation ? h('p', { class: 'why' }, sentence(item.explanation)) : null,
      item.explanation ? causes(item.explanation) : null),
    h('div', { class: 'measure' }, scoreBar(item), act ? actions(item, act) : null),
  );
}

/**
 * The score as a bar, in the parts that it is the sum of.
 * @param {Item} item
 */
function scoreBar(item) {
  const parts = item.explanation?.parts.filter((one) => one.value > 0) ?? [{ source: item.reason, value: item.score }];
  const told = parts.map((one) => `${words(one.source)} ${score(one.value)}`).join(' + ');
  return h('div', { class: 'score', title: told },
    h('span', { class: 'number' }, score(item.score)),
    h('div', { class: 'stack', role: 'img', 'aria-label': `Score ${score(item.score)}: ${told}` },
      parts.map((one) => h('span', { class: `part ${one.source}`, vars: { share: one.value } }))));
}

/**
 * The server's sentence, with names for the ids in it.
 * @param {Explanation} explanation
 */
function sentence(explanation) {
  const id = explanation.because.map((one) => one.entity_id).find((one) => explanation.sentence.includes(one));
  if (id === undefined) return explanation.sentence;
  const at = explanation.sentence.indexOf(id);
  return [explanation.sentence.slice(0, at), h('bdi', {}, knownName(id)), explanation.sentence.slice(at + id.length)];
}

/** @param {Explanation} explanation */
function causes(explanation) {
  const strongest = explanation.because.slice(0, CAUSES);
  if (!strongest.length) return null;
  return h('ul', { class: 'causes', 'aria-label': 'Because of' }, strongest.map((one) =>
    h('li', {}, h('span', { class: 'soft', title: date(one.timestamp) }, words(one.interaction_type)), ' ', entityLink(one.entity_id, one.entity_type), ' ',
      h('strong', { title: 'So much of the score would be missing without it' }, share(one.share)))));
}

/**
 * @param {Item} item
 * @param {(item: Item, type: string) => void} act
 */
function actions(item, act) {
  return h('div', { class: 'actions', role: 'group', 'aria-label': `As the user: ${knownName(item.entity_id)}` },
    DEEDS.map(([type = '', label]) => {
      const made = h('button', { type: 'button', class: 'small', 'data-deed': type }, label);
      made.addEventListener('click', () => act(item, type));
      made.addEventListener('kindred-focus', () => made.focus());
      return made;
    }));
}

/** Where each item is on the screen. @param {HTMLElement} place */
function tops(place) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const one of place.querySelectorAll('li.item')) found.set(one.getAttribute('data-id') ?? '', one.getBoundingClientRect().top);
  return found;
}

/**
 * @param {HTMLElement} place
 * @param {Map<string, number>} before
 */
function move(place, before) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const one of place.querySelectorAll('li.item')) {
    const from = before.get(one.getAttribute('data-id') ?? '');
    const by = from === undefined ? undefined : from - one.getBoundingClientRect().top;
    if (by === 0) continue;
    const begin = by === undefined ? { opacity: 0, transform: 'translateY(12px)' } : { transform: `translateY(${by}px)` };
    one.animate([begin, { opacity: 1, transform: 'none' }], { duration: MOVE_MS, easing: 'cubic-bezier(.2,.7,.2,1)' });
  }
}
