/** How entities look: the name, price and picture that shops usually keep in their attributes, and what stands in. */

import { call } from './api.js';
import { h, webAddress } from './elements.js';
import { link } from './router.js';
import { session } from './session.js';

/** @import {Attributes, Json} from '../types.d.ts' */

const NAMES = ['name', 'title', 'label', 'headline'];
const PICTURES = ['image', 'image_url', 'picture', 'thumbnail', 'photo', 'images'];
const KINDS = ['category', 'genres', 'genre', 'brand', 'author', 'artist'];
const KNOWN_MAX = 5_000;
const ASKED_MAX = 200;

/** @type {Map<string, Attributes>} */
const known = new Map();
/** The tenant whose entities those are; answers name it. */
let tenant = '';

/**
 * @param {Attributes | undefined} attributes
 * @param {string} id
 */
export function nameOf(attributes, id) {
  const found = NAMES.map((one) => attributes?.[one]).find((one) => typeof one === 'string' && one.trim());
  return typeof found === 'string' ? found : id;
}

/** @param {Attributes} attributes */
export function priceOf(attributes) {
  const price = attributes['price'];
  const currency = attributes['currency'];
  if (typeof price !== 'number') return typeof price === 'string' ? price : '';
  if (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).format(price);
  }
  return price.toFixed(2);
}

/** What kind of thing it is, in a few words. @param {Attributes} attributes */
export function kindOf(attributes) {
  const told = KINDS.flatMap((one) => texts(attributes[one]));
  return [...new Set(told)].slice(0, 3).join(' · ');
}

/** @param {Json | undefined} value @returns {string[]} */
function texts(value) {
  if (typeof value === 'string') return value ? [value] : [];
  return Array.isArray(value) ? value.flatMap((one) => (typeof one === 'string' ? [one] : [])) : [];
}

/** @param {Attributes} attributes */
function pictureOf(attributes) {
  return PICTURES.flatMap((one) => texts(attributes[one])).map(webAddress).find((one) => one);
}

/**
 * Its picture, or else its first letters on a colour of its kind.
 * @param {Attributes} attributes
 * @param {string} id
 */
export function tile(attributes, id) {
  const letters = h('span', { class: 'tile', 'aria-hidden': 'true', vars: { hue: hue(kindOf(attributes).split(' · ')[0] || id) } });
  letters.textContent = initials(nameOf(attributes, id));
  const picture = pictureOf(attributes);
  if (!picture) return letters;
  const image = h('img', { class: 'tile', src: picture, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer' });
  image.addEventListener('error', () => image.replaceWith(letters), { once: true });
  return image;
}

/** @param {string} name */
function initials(name) {
  const begins = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => [...word][0]?.toUpperCase() ?? '');
  return (begins.length > 1 ? `${begins[0]}${begins.at(-1)}` : begins[0]) || '·';
}

/** The same colour for the same text. @param {string} text */
function hue(text) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3_600;
  return sum % 360;
}

/**
 * A link to an entity by its name.
 * @param {string} id
 * @param {string} type
 */
export function entityLink(id, type) {
  return h('a', { class: 'name', dir: 'auto', href: link(['catalogue', id], { type }) }, nameOf(known.get(id), id));
}

/** @param {string} id */
export const userLink = (id) => h('a', { class: 'name', dir: 'auto', href: link(['users', id]) }, id);

/** @param {string} id */
export const knownName = (id) => nameOf(known.get(id), id);

/**
 * Remembers what entities are called.
 * @param {{entity_id: string, attributes: Attributes}[]} entities
 */
export function remember(entities) {
  if (known.size > KNOWN_MAX) known.clear();
  for (const one of entities) known.set(one.entity_id, one.attributes);
}

/** Another tenant has other entities. */
export function forgetAll() {
  known.clear();
  tenant = '';
}

/** @param {string} named */
export function rememberTenant(named) {
  tenant = named;
}

/**
 * Finds out what entities are called that were only named; what cannot be found out keeps its id.
 * @param {string[]} ids
 * @param {AbortSignal} [signal]
 */
export async function learnNames(ids, signal) {
  const asked = [...new Set(ids)].filter((id) => !known.has(id)).slice(0, ASKED_MAX);
  const whose = session.tenant || tenant;
  if (!asked.length || !whose) return;
  try {
    const answer = /** @type {import('../types.d.ts').Answer<{entity_id: string, attributes: Attributes}[]>} */ (
      await call('POST', '/api/v1/recommendations/{tenant}/batch', { tenant: whose }, { body: { product_ids: asked }, ...(signal ? { signal } : {}) })
    );
    remember(answer.data);
  } catch {
    // They are a comfort; without them ids are shown.
  }
}
