/** Values of attributes as people read them. */

import { h, webAddress } from './elements.js';

/** @import {Child, Json} from '../types.d.ts' */

const LONG = 400;

/**
 * @param {Json | undefined} value
 * @returns {Child}
 */
export function valueOf(value) {
  if (value === null || value === undefined) return h('span', { class: 'soft' }, 'null');
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value) && value.length && value.every((one) => typeof one === 'string')) {
    return h('ul', { class: 'causes' }, value.map((one) => h('li', { dir: 'auto' }, String(one))));
  }
  if (typeof value === 'object') return h('code', {}, shortened(JSON.stringify(value)));
  return String(value);
}

/** @param {string} text */
function textOf(text) {
  const address = webAddress(text);
  if (address) return h('a', { href: address, rel: 'noreferrer noopener', target: '_blank' }, shortened(text));
  return h('span', { dir: 'auto' }, shortened(text));
}

/** @param {string} text */
const shortened = (text) => (text.length > LONG ? `${text.slice(0, LONG)}… (${text.length} characters)` : text);
