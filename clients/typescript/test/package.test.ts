/** The packed package, installed as users install it, runs the examples of the README and those of earlier clients. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { key, newId, offers, url } from './server.js';

const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'kindred-client-'));
const examples = [
  ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/(?:<!-- needs: (\S+) -->\n)?```typescript\n(.*?)```/gs),
].map(([, needs, program]) => ({ needs, program: program! }));

beforeAll(async () => {
  const packed = readdirSync(join(root, 'dist')).find((name) => name.endsWith('.tgz'));
  if (!packed) throw new Error("nothing is packed; './kindred clients test typescript' packs before it tests");
  const tarball = `file:${join(root, 'dist', packed)}`;
  const dependencies = { '@kindred/client': tarball, '@recommendation-engine/client': tarball };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies }));
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  const recommends = await offers('/api/v1/recommendations/user/{user_id}');
  compile({
    ...Object.fromEntries(examples.map(({ program }, n) => [`example-${n + 1}`, program])),
    earlier: recommends ? earlier + earlierRecommendations : earlier,
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** What earlier programs look like; the last line needs recommendations. */
const earlier = `
import { RecommendationClient } from '@recommendation-engine/client';

const client = new RecommendationClient({
  baseUrl: 'http://localhost:8080',
  apiKey: 'your-api-key'
});

await client.createEntity({
  entityId: '${newId()}',
  entityType: 'product',
  attributes: { name: 'Laptop', price: 999.99 }
});
`;
const earlierRecommendations = `
const recommendations = await client.getUserRecommendations('user-456', { count: 10 });
`;

/** All at once, since the compiler needs more time to start than to check. */
function compile(programs: Record<string, string>): void {
  for (const [name, program] of Object.entries(programs)) {
    const text = program.replaceAll('http://localhost:8080', url).replaceAll('your-api-key', key);
    writeFileSync(join(folder, `${name}.ts`), text);
  }
  const files = Object.keys(programs).map((name) => `${name}.ts`);
  const options = ['--target', 'ES2022', '--module', 'NodeNext', '--lib', 'ES2023,DOM', '--strict'];
  node(join(root, 'node_modules/typescript/bin/tsc'), ...options, ...files);
}

function node(...command: string[]): void {
  try {
    execFileSync(process.execPath, command, { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    throw new Error(`${stdout.toString()}${stderr.toString()}`, { cause: error });
  }
}

test('there are examples', () => expect(examples.length).toBeGreaterThan(3));

test.each(examples.map(({ needs }, n) => [n + 1, needs] as const))(
  'example %i of the README runs',
  async (n, needs) => {
    if (!needs || (await offers(needs))) node(`example-${n}.js`);
  },
);

test('programs for the earlier client run', () => node('earlier.js'));
