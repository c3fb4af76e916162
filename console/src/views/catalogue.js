/** What there is: page by page, or one entity by its id. */

import { get } from '../api.js';
import { fill, h } from '../elements.js';
import { entityLink, kindOf, priceOf, remember, rememberTenant, tile } from '../items.js';
import { button, empty, field, heading, loading, problem, since } from '../parts.js';
import { go, link } from '../router.js';
import { entityPage } from './entity.js';
import { firstSteps } from './recommend-start.js';

/** @import {Entity, EntityPage, Place, View} from '../../types.d.ts' */

const PAGE = 40;

/** @type {View} */
export const catalogue = { title: 'Catalogue', show };

/**
 * @param {HTMLElement} page
 * @param {Place} place
 * @param {AbortSignal} signal
 */
async function show(page, place, signal) {
  const [id] = place.rest;
  if (id) return entityPage(page, id, place.query.get('type') ?? '', signal);
  const type = place.query.get('type') ?? '';
  const list = h('ul', { class: 'cards' });
  const more = h('div', { class: 'more-of' });
  const found = h('div', {});
  fill(page, heading('Catalogue'), searches(type), found, list, more);
  fill(more, loading(4));
  await readOn(list, more, found, type, undefined, signal);
}

/** @param {string} type */
function searches(type) {
  const id = h('input', { type: 'search', placeholder: 'its whole id', autocomplete: 'off', spellcheck: 'false', maxlength: '255', required: true, dir: 'auto' });
  const only = h('input', { type: 'search', placeholder: 'any', autocomplete: 'off', spellcheck: 'false', maxlength: '100', value: type });
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    go(link(['catalogue', id.value.trim()]));
  };
  const narrow = (/** @type {Event} */ event) => {
    event.preventDefault();
    go(link(['catalogue'], { type: only.value.trim() }));
  };
  return h('div', { class: 'card searches' },
    h('form', { class: 'line', role: 'search', on: { submit: open } }, field('Open an entity', id), h('button', { type: 'submit' }, 'Open')),
    h('form', { class: 'line', on: { submit: narrow } }, field('Only of the type', only), h('button', { type: 'submit' }, 'Show')));
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} more
 * @param {HTMLElement} found
 * @param {string} type
 * @param {string | undefined} cursor
 * @param {AbortSignal} signal
 */
async function readOn(list, more, found, type, cursor, signal) {
  try {
    const page = /** @type {EntityPage} */ (
      await get('/api/v1/entities', {}, { query: { limit: PAGE, cursor, entity_type: type }, signal })
    );
    remember(page.entities);
    if (page.entities[0]) rememberTenant(page.entities[0].tenant_id);
    list.append(...page.entities.map(card));
    if (!list.firstChild) fill(found, type ? empty('Nothing of this type', `There is no entity of the type “${type}”.`) : firstSteps(signal));
    fill(more, page.next_cursor ? button('More', () => readOn(list, more, found, type, page.next_cursor ?? undefined, signal)) : null);
  } catch (error) {
    if (!signal.aborted) fill(more, problem(error));
  }
}

/** @param {Entity} entity */
function card(entity) {
  const { entity_id: id, entity_type: type, attributes } = entity;
  return h('li', {},
    tile(attributes, id),
    h('div', {},
      h('p', { class: 'title' }, entityLink(id, type)),
      h('p', { class: 'soft small', dir: 'auto' }, [kindOf(attributes), priceOf(attributes)].filter(Boolean).join(' · ')),
      h('p', { class: 'soft small' }, `${type}, changed `, since(entity.updated_at))));
}
