/** The real server that the tests talk to, and a proxy in front of it that misbehaves as told. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Kindred } from '../src/index.js';

export const url = environment('KINDRED_TEST_URL');
export const key = environment('KINDRED_TEST_KEY');

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; './kindred clients test typescript' starts a server and sets it`);
  return value;
}

export function client(): Kindred {
  return new Kindred({ baseUrl: url, apiKey: key });
}

export function newId(): string {
  return `ts-${crypto.randomUUID()}`;
}

export async function collected<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const element of source) all.push(element);
  return all;
}

/** The paths that the server offers. */
export async function offers(path: string): Promise<boolean> {
  const document = (await client().getOpenApi()) as { paths: Record<string, unknown> };
  return path in document.paths;
}

/**
 * What a request meets instead of the server: a status; "refuse", a broken connection before the server hears of it;
 * "lose", done by the server but the answer is lost; "hang", no answer.
 */
export type Mishap = number | 'refuse' | 'lose' | 'hang';

export interface Seen {
  line: string;
  headers: IncomingMessage['headers'];
}

export class FlakyProxy {
  readonly mishaps: Mishap[] = [];
  readonly seen: Seen[] = [];
  answerHeaders: Record<string, string> = {};
  readonly #server: Server = createServer((incoming, answer) => void this.#handle(incoming, answer));

  static async start(): Promise<FlakyProxy> {
    const proxy = new FlakyProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  client(options: Partial<ConstructorParameters<typeof Kindred>[0]> = {}): Kindred {
    return new Kindred({ baseUrl: this.url, apiKey: key, retry: { firstWaitMs: 0 }, ...options });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    this.seen.push({ line: `${incoming.method} ${incoming.url}`, headers: incoming.headers });
    const mishap = this.mishaps.shift();
    if (typeof mishap === 'number') {
      answer.writeHead(mishap, this.answerHeaders).end('<html>no Kindred here</html>');
    } else if (mishap === 'refuse') {
      incoming.socket.destroy();
    } else if (mishap !== 'hang') {
      this.#passOn(incoming, Buffer.concat(chunks), answer, mishap === 'lose');
    }
  }

  #passOn(incoming: IncomingMessage, body: Buffer, answer: ServerResponse, lose: boolean): void {
    const { method, headers } = incoming;
    const onward = request(url + incoming.url, { method: method ?? 'GET', headers }, (real) => {
      if (lose) {
        real.resume().on('end', () => incoming.socket.destroy());
      } else {
        answer.writeHead(real.statusCode ?? 500, real.headers);
        real.pipe(answer);
      }
    });
    onward.end(body);
  }
}
