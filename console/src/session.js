/** Who looks, and at whose data: kept for this tab only, and never in an address. */

const KEY = 'kindred.key';
const TENANT = 'kindred.tenant';

/** @param {string} name */
function read(name) {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return ''; // A browser may forbid it: then it is asked for again.
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function write(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // As above.
  }
}

let key = read(KEY);
let tenant = read(TENANT);

export const session = {
  get key() {
    return key;
  },
  set key(value) {
    key = value;
    write(KEY, value);
  },
  /** The tenant that was chosen; empty for the key's own. */
  get tenant() {
    return tenant;
  },
  set tenant(value) {
    tenant = value;
    write(TENANT, value);
  },
};
