/** What views are put together from. */

import { ApiError } from './api.js';
import { fill, h } from './elements.js';
import { ago, date } from './format.js';

/** @import {Child, Children} from '../types.d.ts' */

/**
 * A part of a page with a heading.
 * @param {string} title
 * @param {...Children} children
 */
export function card(title, ...children) {
  return h('section', { class: 'card', 'aria-label': title }, h('h2', {}, title), ...children);
}

/**
 * The head of a page.
 * @param {string} title
 * @param {...Children} children beside it
 */
export function heading(title, ...children) {
  return h('div', { class: 'heading' }, h('h1', {}, title), ...children);
}

/**
 * Nothing is here yet; what to do about it.
 * @param {string} title
 * @param {string} text
 * @param {...Children} more
 */
export function empty(title, text, ...more) {
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), h('p', {}, text), ...more);
}

/**
 * What went wrong, in the server's own sentence, and what to do where that is known.
 * @param {unknown} error
 */
export function problem(error) {
  const told = error instanceof ApiError ? error : new ApiError(0, 'UNKNOWN', String(error));
  const id = told.requestId ? h('p', { class: 'soft small' }, `Request ${told.requestId}`) : null;
  return h('div', { class: 'problem', role: 'alert' }, h('p', {}, told.message), hint(told), id);
}

/** @param {ApiError} error */
function hint(error) {
  if (error.status === 403) return h('p', {}, 'The console needs a server key, and an admin key for settings. “Key” above takes another one.');
  if (error.status === 429) return h('p', {}, 'This page asks again by itself.');
  return null;
}

/**
 * Text to take along.
 * @param {string} text
 * @param {string} label what it is
 */
export function copyable(text, label) {
  const button = h('button', { type: 'button', class: 'quiet small', 'aria-label': `Copy ${label}`, on: { click: copy } }, 'Copy');
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
      say('Copied');
    } catch {
      getSelection()?.selectAllChildren(code); // A page that is not secure may not: then it is only marked.
      button.textContent = 'Marked';
    }
    setTimeout(() => (button.textContent = 'Copy'), 1_500);
  }
  const code = h('code', {}, text);
  return h('div', { class: 'copyable' }, h('pre', { tabindex: '0', 'aria-label': label }, code), button);
}

/**
 * Names with their values.
 * @param {[string, Children][]} rows those without a value are left out
 */
export function facts(rows) {
  const told = rows.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '');
  return h('dl', { class: 'facts' }, told.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/**
 * @param {string} text
 * @param {'good' | 'bad' | 'busy' | 'plain'} tone
 */
export const pill = (text, tone = 'plain') => h('span', { class: `pill ${tone}` }, text);

/** How long ago, and on asking when exactly. @param {string} time */
export const since = (time) => h('time', { datetime: time, title: date(time) }, ago(time));

/**
 * @param {string} caption for those who do not see it
 * @param {string[]} heads those that begin with `#` hold numbers
 * @param {Children[][]} rows
 */
export function table(caption, heads, rows) {
  const numeric = heads.map((one) => one.startsWith('#'));
  const kind = (/** @type {number} */ at) => (numeric[at] ? 'number' : false);
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, heads.map((one, at) => h('th', { scope: 'col', class: kind(at) }, one.replace('#', ''))))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, at) => h('td', { class: kind(at) }, cell))))),
    ),
  );
}

/** While something is on its way. @param {number} [rows] */
export function loading(rows = 3) {
  return h('div', { class: 'loading', 'aria-busy': 'true', 'aria-label': 'Loading' }, Array.from({ length: rows }, () => h('div', {})));
}

/**
 * A button.
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, unknown>} [properties]
 */
export const button = (text, act, properties = {}) =>
  h('button', { type: 'button', ...properties, on: { click: act } }, text);

/**
 * A field with its label above.
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [size]
 */
export const field = (label, control, size = '') =>
  h('label', { class: `field ${size}` }, h('span', {}, label), control);

/**
 * Puts newer content into a place, and leaves open what somebody has opened there.
 * @param {HTMLElement} place
 * @param {Node} content
 */
export function renew(place, content) {
  const open = [...place.querySelectorAll('details')].map((one) => one.open);
  fill(place, content);
  place.querySelectorAll('details').forEach((one, at) => (one.open = open[at] ?? one.open));
}

/** Tells those who listen rather than look. @param {string} sentence */
export function say(sentence) {
  const said = document.getElementById('said');
  if (said) said.textContent = sentence;
}

/**
 * Some of a long list, and the rest on asking.
 * @template T
 * @param {T[]} all
 * @param {number} most
 * @param {(one: T) => Child} show
 * @param {Record<string, unknown>} [properties]
 */
export function firstOf(all, most, show, properties = {}) {
  const list = h('ul', properties, all.slice(0, most).map(show));
  if (all.length <= most) return list;
  const more = button(`Show all ${all.length}`, () => {
    list.append(...all.slice(most).map((one) => /** @type {Node} */ (show(one))));
    more.remove();
  }, { class: 'quiet small' });
  return h('div', {}, list, more);
}
