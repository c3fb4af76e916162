import { KindredError } from './errors.js';
import { operations, type OperationName } from './operations.js';

/** What every call takes beside its own arguments. */
export interface CallOptions {
  /** Whose data; for keys that open all tenants. */
  tenantId?: string;
  /** Answer from state that has seen this position. */
  minPosition?: number;
  /** A POST with it takes effect once in a day; without one, each call makes a key of its own. */
  idempotencyKey?: string;
  /** How long each try may take, in milliseconds. */
  timeoutMs?: number;
  /** Ends the call, and the waiting between tries, when it is aborted. */
  signal?: AbortSignal;
}

const optionNames = new Set(['tenantId', 'minPosition', 'idempotencyKey', 'timeoutMs', 'signal']);

/** What a method says about its call. */
export interface Call {
  path?: Record<string, string | number>;
  /** The call's own query parameters in camelCase, and the options of every call. */
  options?: CallOptions & object;
  /** Query parameters by the names on the wire. */
  filters?: Record<string, unknown> | undefined;
  body?: unknown;
  /** A body that is not JSON: a file, or what would be in one. */
  source?: Blob | Uint8Array<ArrayBuffer> | string;
  contentType?: string;
  accept?: string;
  headers?: Record<string, string>;
  /** A POST that changes nothing needs no idempotency key. */
  reads?: boolean;
  /** Statuses from 400 on that are answers, not errors. */
  expected?: number[];
  /** Goes on when the page is left. */
  keepalive?: boolean;
}

/** A call ready to be sent any number of times. */
export interface Prepared {
  verb: string;
  url: string;
  headers: Record<string, string>;
  body: string | Blob | Uint8Array<ArrayBuffer> | undefined;
}

/** Fields whose content, where it is an object, is the caller's own: its names are left as they are. */
export const opaque: ReadonlySet<string> = new Set([
  'attributes',
  'metadata',
  'context',
  'contextualData',
  'filter',
  'experiment',
  'genreEmbedding',
  'events',
  'report',
  'preferred_categories',
  'preferred_platforms',
  'buying_patterns',
  'configuration',
  'config',
  'components',
  'checks',
  'shortfall',
]);

export function prepare(name: OperationName, call: Call): Prepared {
  const template = /^(\w+) ([^?]*?)(?:\{\?([\w,.]+)\})?$/.exec(operations[name]);
  if (!template) throw new KindredError(`the address of ${name} cannot be read`);
  const [, verb = '', path = '', names = ''] = template;
  const address = path.replace(/\{(\w+)\}/g, (_, part: string) => segment(part, call.path?.[part]));
  const query = queryOf(name, names.split(','), call);
  return {
    verb,
    url: query ? `${address}?${query}` : address,
    headers: headersOf(verb, call),
    body: call.body === undefined ? call.source : toJson(call.body),
  };
}

function headersOf(verb: string, call: Call): Record<string, string> {
  const { tenantId, minPosition, idempotencyKey }: CallOptions = call.options ?? {};
  const headers: Record<string, string> = { Accept: call.accept ?? 'application/json', ...call.headers };
  if (call.body !== undefined) headers['Content-Type'] = call.contentType ?? 'application/json';
  if (call.source !== undefined) headers['Content-Type'] = 'application/octet-stream';
  if (tenantId !== undefined) headers['X-Tenant-ID'] = tenantId;
  if (minPosition !== undefined) headers['X-Kindred-Min-Position'] = String(minPosition);
  if (verb === 'POST' && !call.reads) headers['Idempotency-Key'] = idempotencyKey ?? randomId();
  return headers;
}

function segment(name: string, value: string | number | undefined): string {
  const text = String(value ?? '');
  if (text === '') throw new KindredError(`${name} must not be empty`);
  // fetch takes such a segment for "here" or "one up", encoded or not.
  if (text === '.' || text === '..') throw new KindredError(`${name} cannot be '${text}' in an address`);
  return encodeURIComponent(text);
}

function queryOf(name: string, allowed: string[], call: Call): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(call.filters ?? {})) {
    if (value !== undefined) query.set(key, parameter(value));
  }
  for (const [key, value] of Object.entries(call.options ?? {})) {
    if (value === undefined || optionNames.has(key)) continue;
    const onTheWire = allowed.includes(key) ? key : snakeCase(key);
    if (!allowed.includes(onTheWire)) throw new KindredError(`${name} does not take '${key}'`);
    query.set(onTheWire, parameter(value));
  }
  return query.toString();
}

function parameter(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(parameter).join(',') : String(value);
}

/** JSON that the server takes: JSON.stringify would quietly write null for NaN. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (typeof inner === 'number' && !Number.isFinite(inner)) {
      throw new KindredError(`${key || 'the value'} is ${inner}, which JSON cannot say`);
    }
    return inner;
  });
}

/** The same with the names of the wire: entityId becomes entity_id. */
export function toWire(value: unknown): unknown {
  return renamed(value, snakeCase);
}

/** The same with the names of TypeScript: entity_id becomes entityId. */
export function fromWire(value: unknown): unknown {
  return renamed(value, camelCase);
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => renamed(element, rename));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [rename(name), opaque.has(name) && !Array.isArray(inner) ? inner : renamed(inner, rename)]),
  );
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Browsers offer randomUUID on secure pages only. */
export function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
