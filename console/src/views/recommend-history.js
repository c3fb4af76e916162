/** What the user did last, beside their list. */

import { h } from '../elements.js';
import { words } from '../format.js';
import { entityLink } from '../items.js';
import { card, empty, since } from '../parts.js';
import { link } from '../router.js';

/** @import {Interaction} from '../../types.d.ts' */

/**
 * @param {string} user
 * @param {Interaction[]} history newest first
 * @param {boolean} isNew whether the first one has just been recorded
 */
export function historyCard(user, history, isNew) {
  if (!history.length) {
    return card('Did last', empty('Nobody has heard of this user', 'They get the best list for somebody unknown. View or like something and see.'));
  }
  return card(
    'Did last',
    h('ul', { class: 'deeds' }, history.map((one, at) => deed(one, isNew && at === 0))),
    h('p', { class: 'small' }, h('a', { href: link(['users', user]) }, 'All about this user')),
  );
}

/**
 * @param {Interaction} one
 * @param {boolean} isNew
 */
function deed(one, isNew) {
  return h('li', { class: isNew ? 'fresh' : false },
    h('span', { class: 'type' }, words(one.interaction_type)),
    entityLink(one.entity_id, one.entity_type),
    h('span', { class: 'soft small' }, since(one.timestamp)));
}
