/** The client covers all that the server's OpenAPI document describes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { Kindred } from '../src/index.js';
import { operations } from '../src/operations.js';
import { camelCase, opaque } from '../src/wire.js';
import { client } from './server.js';

/** Whatever the document holds. */
type Json = any;

let document: Json;
beforeAll(async () => {
  document = await client().getOpenApi();
});

/** What only browsers ask for. */
const pages = ['text/html', 'text/css', 'text/javascript', 'application/javascript'];

/** What every call takes in its options, or has a method of its own for. */
const everywhere = ['tenant_id', 'X-Tenant-ID', 'X-Kindred-Min-Position', 'Idempotency-Key', 'Prefer'];

/** Parameters that go by another name here: `attribute` stands for any attribute's name, in `filters`. */
const otherNames = ['attribute', 'content_weight'];

function resolved(part: Json): Json {
  if (!part.$ref) return part;
  return resolved(
    part.$ref
      .slice(2)
      .split('/')
      .reduce((inner: Json, step: string) => inner[step], document),
  );
}

interface Operation {
  address: string;
  parameters: Json[];
  responses: Json;
}

function described(): Operation[] {
  return Object.entries<Json>(document['paths']).flatMap(([path, item]) =>
    Object.entries<Json>(item)
      .filter(([verb]) => ['get', 'put', 'post', 'patch', 'delete'].includes(verb))
      .filter(([, operation]) => !operation.deprecated) // an earlier name of another operation
      .map(([verb, operation]) => ({
        address: `${verb.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`,
        parameters: [...list(item['parameters']), ...list(operation['parameters'])].map(resolved),
        responses: operation['responses'],
      }))
      .filter(({ responses }) => !isForBrowsers(responses)),
  );
}

function list(part: Json | undefined): Json[] {
  return part ?? [];
}

/** A page and its parts, or a conversation over WebSocket. */
function isForBrowsers(responses: Json): boolean {
  if ('101' in responses) return true;
  const media = Object.entries<Json>(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, response]) => Object.keys(resolved(response)['content'] ?? {}));
  return media.length > 0 && media.every((type) => pages.includes(type));
}

function addressOf(template: string): string {
  return template.replace(/\{\?.*$/, '').replace(/\{[^}]*\}/g, '{}');
}

test('every operation has a method', () => {
  const known = new Set(Object.values(operations).map(addressOf));
  expect(
    described()
      .map(({ address }) => address)
      .filter((address) => !known.has(address)),
  ).toEqual([]);
  const methods = Kindred.prototype as unknown as Record<string, unknown>;
  for (const name of Object.keys(operations)) expect(methods[name], name).toBeTypeOf('function');
});

test('every parameter can be given', () => {
  const missing = described().flatMap(({ address, parameters }) => {
    const templates = Object.values(operations).filter((template) => addressOf(template) === address);
    const given = new Set([...everywhere, ...otherNames, ...templates.flatMap((template) => template.split(/[{}?,]/))]);
    return parameters
      .filter((parameter) => parameter.in !== 'path' && !given.has(parameter.name))
      .map((parameter) => `${address} ${parameter.name}`);
  });
  expect(missing).toEqual([]);
});

test('every field of an answer has a type', () => {
  const declared = declaredTypes();
  const missing = answeredSchemas().flatMap(([name, schema]) => {
    const fields = declared.get(name);
    if (!fields) return [name];
    return Object.keys(schema['properties'])
      .map(camelCase)
      .filter((field) => !fields.has(field))
      .map((field) => `${name}.${field}`);
  });
  expect(missing).toEqual([]);
});

test('names inside free objects are left as they are', () => {
  const mangled = answeredSchemas().flatMap(([name, schema]) => freeFields(name, schema));
  expect(mangled).toEqual([]);
});

/** The fields, also of objects inside, that may hold any names but would have them changed. */
function freeFields(path: string, schema: Json): string[] {
  if (schema?.items) return freeFields(path, schema.items);
  return Object.entries<Json>(schema?.properties ?? {}).flatMap(([field, property]) => {
    const inner = resolved(property);
    const isFree = inner.type === 'object' && !inner.properties;
    return isFree && !opaque.has(field) ? [`${path}.${field}`] : freeFields(`${path}.${field}`, inner);
  });
}

/** The schemas that an answer is made of, by name. */
function answeredSchemas(): [string, Json][] {
  const found = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { $ref } = part as Json;
    if (typeof $ref === 'string' && !found.has($ref)) {
      found.add($ref);
      walk(resolved(part as Json));
    }
    Object.values(part).forEach(walk);
  };
  described().forEach(({ responses }) => walk(responses));
  return [...found]
    .filter((reference) => reference.startsWith('#/components/schemas/'))
    .map((reference): [string, Json] => [reference.split('/').at(-1)!, resolved({ $ref: reference } as Json)])
    .filter(([name, schema]) => schema['properties'] && !['Error', 'Problem'].includes(name));
}

/** The fields of each interface among the types, inherited ones included. */
function declaredTypes(): Map<string, Set<string>> {
  const folder = new URL('../src/', import.meta.url).pathname;
  const files = ['types.ts', ...readdirSync(join(folder, 'types')).map((name) => join('types', name))];
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const source = ts.createSourceFile('types.ts', text, ts.ScriptTarget.Latest);
  const found = new Map<string, Set<string>>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    const own = statement.members.flatMap((member) => (member.name ? [member.name.getText(source)] : []));
    const bases = (statement.heritageClauses ?? []).flatMap((clause) =>
      clause.types.map((type) => type.getText(source)),
    );
    found.set(statement.name.text, new Set([...own, ...bases.flatMap((base) => [...(found.get(base) ?? [])])]));
  }
  return found;
}
