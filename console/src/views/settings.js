/** Settings: what is in force, and where it came from. Only to look at. */

import { get } from '../api.js';
import { fill, h } from '../elements.js';
import { card, field, heading, loading, pill, since, table } from '../parts.js';

/** @import {Configuration, Place, View} from '../../types.d.ts' */

/** @type {View} */
export const settings = { title: 'Settings', show };

/**
 * @param {HTMLElement} page
 * @param {Place} _place
 * @param {AbortSignal} signal
 */
async function show(page, _place, signal) {
  fill(page, heading('Settings'), loading(4));
  const config = /** @type {Configuration} */ (await get('/api/config', {}, { signal }));
  const search = h('input', { type: 'search', placeholder: 'part of a name', autocomplete: 'off', spellcheck: 'false' });
  const list = h('div', {});
  const read = () => {
    const wanted = search.value.trim().toUpperCase();
    fill(list, card('In force', table('Settings', ['Name', 'Value', 'From'], config.settings
      .filter((one) => one.name.toUpperCase().includes(wanted))
      .map((one) => [h('code', {}, one.name), h('code', {}, one.value), one.source === 'default' ? h('span', { class: 'soft' }, 'default') : pill(one.source, 'busy')]))));
  };
  search.addEventListener('input', read);
  read();
  const { status, at, problems } = config.last_reading;
  fill(page,
    heading('Settings', h('p', { class: 'lead' }, 'Secrets are masked. A change is made in the environment or the file.')),
    h('div', { class: 'card searches' }, field('Show only', search), h('p', { class: 'soft small' }, 'The file was read ', since(at), ': ', status, problems.length ? `, ${problems.join('; ')}` : '')),
    list);
}
