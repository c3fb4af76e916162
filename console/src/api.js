/** Calls of the API: with key and tenant, timed, and with errors as the server's own sentences. */

import { session } from './session.js';

/** @import {Answer} from '../types.d.ts' */

/** What the server refused, or that it could not be asked; the message is a sentence for people. */
export class ApiError extends Error {
  /**
   * @param {number} status 0 where no answer came
   * @param {string} code
   * @param {string} message
   * @param {string} requestId
   */
  constructor(status, code, message, requestId = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** @type {(error: ApiError) => void} */
let whenRefused = () => {};

/**
 * Is told when a key is missing or wrong.
 * @param {(error: ApiError) => void} listener
 */
export function onKeyNeeded(listener) {
  whenRefused = listener;
}

/**
 * @typedef {object} Extras
 * @property {Record<string, string | number | boolean | undefined>} [query]
 * @property {unknown} [body]
 * @property {number} [after] a position that the answer must have seen
 * @property {AbortSignal} [signal]
 */

/**
 * Calls an operation by its template, such as `/api/v1/users/{user_id}`, with a value for each name in braces.
 * @template T
 * @param {'GET' | 'POST'} method
 * @param {string} template
 * @param {Record<string, string>} [values]
 * @param {Extras} [extras]
 * @returns {Promise<Answer<T>>}
 */
export async function call(method, template, values = {}, extras = {}) {
  const began = performance.now();
  const response = await send(method, address(template, values, extras.query), extras);
  const tookMs = performance.now() - began;
  const text = await response.text();
  if (!response.ok) throw refused(response, text);
  const position = response.headers.get('X-Kindred-Position');
  const serverMs = total(response.headers.get('Server-Timing'));
  return {
    data: /** @type {T} */ (text ? JSON.parse(text) : null),
    tookMs,
    ...(position === null ? {} : { position: Number(position) }),
    ...(serverMs === undefined ? {} : { serverMs }),
  };
}

/**
 * Only what a GET answers.
 * @template T
 * @param {string} template
 * @param {Record<string, string>} [values]
 * @param {Extras} [extras]
 * @returns {Promise<T>}
 */
export async function get(template, values = {}, extras = {}) {
  return /** @type {Answer<T>} */ (await call('GET', template, values, extras)).data;
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 * @param {Extras['query']} [query]
 */
export function address(template, values, query = {}) {
  const path = template.replace(/\{([a-z_]+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ''));
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.append(name, String(value));
  }
  return parameters.size ? `${path}?${parameters}` : path;
}

/**
 * @param {string} method
 * @param {string} target
 * @param {Extras} extras
 */
async function send(method, target, extras) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (session.key) headers['X-API-Key'] = session.key;
  if (session.tenant) headers['X-Tenant-ID'] = session.tenant;
  if (extras.after !== undefined) headers['X-Kindred-Min-Position'] = String(extras.after);
  if (extras.body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(target, {
      method,
      headers,
      cache: 'no-store',
      ...(extras.body === undefined ? {} : { body: JSON.stringify(extras.body) }),
      ...(extras.signal ? { signal: extras.signal } : {}),
    });
  } catch (failure) {
    if (extras.signal?.aborted) throw failure;
    throw new ApiError(0, 'OUT_OF_REACH', 'The server does not answer. Is it still running?');
  }
}

/**
 * @param {Response} response
 * @param {string} text
 */
function refused(response, text) {
  let told = { code: 'UNKNOWN', message: `The server answered ${response.status}.`, request_id: '' };
  try {
    told = { ...told, ...JSON.parse(text).error };
  } catch {
    // Somebody between here and the server spoke.
  }
  const error = new ApiError(response.status, told.code, told.message, told.request_id);
  if (error.status === 401) whenRefused(error);
  return error;
}

/** @param {string | null} timing */
function total(timing) {
  const found = /(?:^|,\s*)total;dur=([0-9.]+)/.exec(timing ?? '');
  return found ? Number(found[1]) : undefined;
}
