/** Where somebody is, as the hash of the address says: `#/users/ann?page=2`. */

/** @import {Place} from '../types.d.ts' */

/** @returns {Place} */
export function here() {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [view = '', ...rest] = path.split('/').map(decoded);
  return { view, rest, query: new URLSearchParams(query) };
}

/**
 * A link to a view.
 * @param {string[]} parts
 * @param {Record<string, string | undefined>} [query]
 */
export function link(parts, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.append(name, value);
  return `#/${parts.map(encodeURIComponent).join('/')}${parameters.size ? `?${parameters}` : ''}`;
}

/** @param {string} address */
export function go(address) {
  if (location.hash === address) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = address;
}

/**
 * Says in the address what is shown, without going anywhere.
 * @param {string} address
 */
export function note(address) {
  history.replaceState(null, '', address);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
