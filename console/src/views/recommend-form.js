/** What list is wished for. */

import { h } from '../elements.js';
import { capital, words } from '../format.js';
import { field } from '../parts.js';
import { readFilters } from '../filters.js';

/**
 * @typedef {object} Wish
 * @property {string} user whose list it is; empty for that of nobody in particular
 * @property {Record<string, unknown>} body the request
 * @property {Record<string, string>} query the same for the address
 */

const ALGORITHMS = ['hybrid', 'collaborative', 'content_based', 'trending', 'popular'];
const PATIENCE_MS = 250;

/** Nobody has a taste that a hybrid list could go by. @param {string} kind */
const usual = (kind) => (kind === 'nobody' ? 'popular' : 'hybrid');

/**
 * @param {URLSearchParams} query what the address asks for
 * @param {string[]} users to choose from
 * @param {(wish: Wish) => void} changed
 */
export function recommendForm(query, users, changed) {
  const kinds = [['user', 'A user'], ['entity', 'Like an item'], ['nobody', 'Anybody']];
  const asked = ['entity', 'nobody'].find((one) => query.has(one)) ?? 'user';
  const radios = kinds.map(([value, label]) =>
    h('label', {}, h('input', { type: 'radio', name: 'for', value, checked: value === asked }), h('span', {}, label)));
  const id = h('input', { type: 'text', list: 'users', autocomplete: 'off', spellcheck: 'false', maxlength: '255', dir: 'auto',
    value: query.get('user') ?? query.get('entity') ?? users[0] ?? '' });
  const idField = field('User', id);
  const algorithm = h('select', {}, ALGORITHMS.map((one) =>
    h('option', { value: one, selected: one === (query.get('algorithm') ?? usual(asked)) }, capital(words(one)))));
  const count = h('input', { type: 'number', min: '1', max: '100', value: query.get('count') ?? '10' });
  const filters = h('input', { type: 'text', placeholder: 'category=books, price<=20', autocomplete: 'off', spellcheck: 'false', value: query.get('filters') ?? '', 'aria-describedby': 'filters-wrong' });
  const wrong = h('p', { id: 'filters-wrong', class: 'wrong', role: 'alert' });
  const diversity = h('input', { type: 'range', min: '0', max: '1', step: '0.1', value: query.get('diversity') ?? '0' });
  const seen = h('input', { type: 'checkbox', checked: query.get('seen') === '1' });

  let kind = asked;
  /** @returns {Wish | undefined} */
  function read() {
    const before = kind;
    kind = form.querySelector('input[name=for]:checked')?.getAttribute('value') ?? 'user';
    if (algorithm.value === usual(before)) algorithm.value = usual(kind);
    const named = id.value.trim();
    const conditions = readFilters(filters.value);
    wrong.textContent = conditions.wrong ?? '';
    idField.hidden = kind === 'nobody';
    const label = idField.querySelector('span');
    if (label) label.textContent = kind === 'entity' ? 'Item' : 'User';
    if (conditions.wrong || (kind !== 'nobody' && !named) || !count.checkValidity()) return undefined;
    return {
      user: kind === 'user' ? named : '',
      body: {
        ...(kind === 'user' ? { user_id: named } : kind === 'entity' ? { entity_ids: [named] } : {}),
        count: Number(count.value),
        algorithm: algorithm.value,
        ...(Object.keys(conditions.filter).length ? { filter: conditions.filter } : {}),
        ...(Number(diversity.value) ? { diversity: Number(diversity.value) } : {}),
        ...(seen.checked ? { exclude_seen: false } : {}),
        explain: true,
      },
      query: {
        [kind]: kind === 'nobody' ? '1' : named,
        ...(algorithm.value === usual(kind) ? {} : { algorithm: algorithm.value }),
        ...(count.value === '10' ? {} : { count: count.value }),
        ...(filters.value.trim() ? { filters: filters.value.trim() } : {}),
        ...(Number(diversity.value) ? { diversity: diversity.value } : {}),
        ...(seen.checked ? { seen: '1' } : {}),
      },
    };
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let last = '';
  function tell() {
    clearTimeout(waiting);
    const wish = read();
    const now = JSON.stringify(wish?.body);
    if (!wish || now === last) return;
    last = now;
    changed(wish);
  }
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, PATIENCE_MS);
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    last = '';
    tell();
  };
  const form = h(
    'form',
    { class: 'card wish', 'aria-label': 'What to recommend', on: { submit, input: soon, change: soon } },
    h('fieldset', { class: 'switch' }, h('legend', {}, 'For'), radios),
    idField,
    field('Algorithm', algorithm),
    h('button', { type: 'submit', class: 'main' }, 'Ask'),
    h('details', { class: 'more', open: ['filters', 'diversity', 'seen', 'count'].some((one) => query.has(one)) },
      h('summary', {}, 'More wishes'),
      h('div', {},
        field('How many', count, 'narrow'),
        field('Only where', filters, 'wide'),
        field('Diversity', diversity),
        h('label', { class: 'check' }, seen, h('span', {}, 'Also what they know')))),
    wrong,
    h('datalist', { id: 'users' }, users.map((one) => h('option', { value: one }))),
  );
  const wish = read() ?? { user: '', body: { count: 10, algorithm: 'popular', explain: true }, query: {} };
  last = JSON.stringify(wish.body);
  return { element: form, wish };
}
