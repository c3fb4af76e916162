/** Whose key opens the API, and which tenant is looked at. */

import { get } from './api.js';
import { fill, h } from './elements.js';
import { capital } from './format.js';
import { forgetAll } from './items.js';
import { button, field } from './parts.js';
import { session } from './session.js';

/** @import {Configuration} from '../types.d.ts' */

/**
 * Asks for a key.
 * @param {string} sentence what the server said
 * @param {() => void} then
 */
export function keyForm(sentence, then) {
  const input = h('input', { type: 'password', name: 'key', autocomplete: 'off', required: true, spellcheck: 'false' });
  const form = h(
    'form',
    {
      class: 'card key-form',
      'aria-labelledby': 'key-title',
      on: {
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          session.key = input.value.trim();
          startAnew();
          form.remove();
          then();
        },
      },
    },
    h('h1', { id: 'key-title' }, 'A key, please'),
    sentence ? h('p', { role: 'alert', class: session.key ? 'wrong' : false }, `${capital(sentence)}.`) : null,
    field('API key', input, 'wide'),
    h('p', { class: 'soft small' }, 'A server key shows everything here but the settings, which take an admin key. It is kept in this tab only, until you close it, and never stands in an address.'),
    h('p', {}, h('button', { type: 'submit', class: 'main' }, 'Open')),
    h('p', { class: 'soft small' }, 'The first key is the server’s own ', h('code', {}, 'API_KEY'), '; more are made by ', h('code', {}, './kindred keys create --kind server'), '.'),
  );
  queueMicrotask(() => input.focus());
  return form;
}

/**
 * The corner where key and tenant can be changed.
 * @param {() => void} again shows the view anew
 * @param {() => void} askForKey
 */
export function whoPanel(again, askForKey) {
  const tenant = h('span', {});
  void tenants().then((known) => {
    if (known) fill(tenant, tenantForm(known, again));
  });
  const key = session.key
    ? button('Forget key', () => {
        session.key = '';
        startAnew();
        again();
      }, { class: 'quiet small' })
    : button('Key', askForKey, { class: 'quiet small' });
  return h('div', { class: 'who' }, tenant, h('a', { href: '/docs' }, 'API'), key);
}

/**
 * @param {string[]} known
 * @param {() => void} again
 */
function tenantForm(known, again) {
  const input = h('input', { type: 'text', value: session.tenant, placeholder: 'the key’s own', list: 'tenants', autocomplete: 'off', spellcheck: 'false', maxlength: '64' });
  const change = () => {
    if (input.value.trim() === session.tenant) return;
    session.tenant = input.value.trim();
    forgetAll();
    again();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    change();
  };
  input.addEventListener('change', change);
  return h('form', { class: 'tenant', on: { submit } },
    h('label', {}, h('span', {}, 'Tenant'), input),
    h('datalist', { id: 'tenants' }, known.map((one) => h('option', { value: one }))));
}

/** @type {Promise<string[] | undefined> | undefined} */
let asked;

function startAnew() {
  asked = undefined;
  forgetAll();
}

/** The tenants that have keys; undefined where there is only one tenant, or this key may not know. */
function tenants() {
  asked ??= ask();
  return asked;
}

async function ask() {
  try {
    const config = /** @type {Configuration} */ (await get('/api/config'));
    const many = config.settings.some((one) => one.name === 'ENABLE_MULTI_TENANCY' && one.value === 'true');
    if (!many) return undefined;
    const { keys } = /** @type {{keys: {tenant_id: string | null}[]}} */ (await get('/api/v1/keys'));
    return [...new Set(keys.flatMap((one) => one.tenant_id ?? []))];
  } catch {
    return undefined; // A key that may not look at settings belongs to one tenant anyway.
  }
}
