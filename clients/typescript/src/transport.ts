import { type ApiError, ConnectionFailed, KindredError, refusalOf, TimedOut } from './errors.js';
import type { OperationName } from './operations.js';
import { defaultRetryPolicy, retriedStatuses, waitAfter, type RetryPolicy } from './retry.js';
import { type Call, fromWire, prepare, type Prepared } from './wire.js';

/** How a client is made. */
export interface ClientOptions {
  /** Where the server is, for example `http://localhost:8080`. */
  baseUrl: string;
  /** The key; in a browser a publishable one. Without one only a server without keys answers. */
  apiKey?: string;
  /** Whose data, for keys that open all tenants. */
  tenantId?: string;
  /** How long each try may take, in milliseconds: 10 000 unless told. */
  timeoutMs?: number;
  /** How often to try again, and how long to wait in between. */
  retry?: Partial<RetryPolicy>;
  /** Every read waits until it sees what this client wrote before, on any replica. */
  readYourWrites?: boolean;
  /** A fetch of your own. */
  fetch?: typeof globalThis.fetch;
}

/** Sends calls: with the key, in time, again when that may help. What all groups of calls stand on. */
export class Transport {
  /** The position of the newest write that this client knows of. */
  lastPosition = 0;

  readonly #baseUrl: string;
  readonly #headers: Record<string, string> = {};
  readonly #timeoutMs: number;
  readonly #retry: RetryPolicy;
  readonly #readYourWrites: boolean;
  readonly #fetch: typeof globalThis.fetch;

  constructor(options: ClientOptions) {
    if (!/^https?:\/\//.test(options.baseUrl)) {
      throw new KindredError(`baseUrl must begin with http:// or https://, got '${options.baseUrl}'`);
    }
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    if (options.apiKey !== undefined) this.#headers['X-API-Key'] = options.apiKey;
    if (options.tenantId !== undefined) this.#headers['X-Tenant-ID'] = options.tenantId;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#retry = { ...defaultRetryPolicy, ...options.retry };
    this.#readYourWrites = options.readYourWrites ?? false;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  /** Sends a call that answers with JSON, and gives its fields the names of TypeScript. */
  protected async json<T>(name: OperationName, call: Call): Promise<T> {
    return fromWire(await this.rawJson(name, call)) as T;
  }

  /** Sends a call that answers with JSON whose names are not ours to change. */
  protected async rawJson<T>(name: OperationName, call: Call): Promise<T> {
    return parsed<T>(await this.send(name, call));
  }

  /** Sends a call that answers with a bare list, whose next page is named in a header. */
  protected async page<T>(name: OperationName, call: Call): Promise<{ rows: T[]; nextCursor: string | null }> {
    const response = await this.send(name, call);
    return { rows: fromWire(await parsed(response)) as T[], nextCursor: response.headers.get('X-Next-Cursor') };
  }

  protected async text(name: OperationName, call: Call): Promise<string> {
    return (await this.send(name, call)).text();
  }

  /** Sends a call whose answer is only the position of what was written. */
  protected async position(name: OperationName, call: Call): Promise<number> {
    return positionOf(await this.send(name, call, { missingIsDone: true }));
  }

  /** Sends a call whose answer may be of any length. */
  protected async stream(name: OperationName, call: Call): Promise<ReadableStream<Uint8Array>> {
    const response = await this.send(name, call, { stream: true });
    return response.body ?? new ReadableStream({ start: (controller) => controller.close() });
  }

  private async send(
    name: OperationName,
    call: Call,
    { stream = false, missingIsDone = false } = {},
  ): Promise<Response> {
    const prepared = prepare(name, call);
    const signal = call.options?.signal;
    let uncertain = false; // whether an earlier try may have taken effect without our hearing of it
    for (let tried = 1; ; tried++) {
      let failure: KindredError;
      let retryAfterMs: number | undefined;
      try {
        const response = await this.attempt(prepared, call, stream);
        if (response.ok || call.expected?.includes(response.status)) {
          if (prepared.verb !== 'GET') this.lastPosition = Math.max(this.lastPosition, positionOf(response));
          return response;
        }
        if (response.status === 404 && missingIsDone && uncertain) return response; // the try before has deleted it
        uncertain ||= response.status === 502 || response.status === 504;
        const refused: ApiError = await refusalOf(response);
        if (!retriedStatuses.has(response.status)) throw refused;
        retryAfterMs = refused.retryAfterMs;
        failure = refused;
      } catch (error) {
        if (error instanceof KindredError && !(error instanceof ConnectionFailed)) throw error;
        signal?.throwIfAborted();
        uncertain ||= !isRefusedConnection(error);
        failure = error instanceof TimedOut ? error : noAnswer(prepared, this.#baseUrl, tried, error);
      }
      const wait = waitAfter(this.#retry, tried, retryAfterMs);
      if (wait === undefined) throw failure;
      await sleep(wait, signal);
    }
  }

  /** One try, which may take its time once: for the answer and, unless it is a stream, for its body. */
  private async attempt(prepared: Prepared, call: Call, stream: boolean): Promise<Response> {
    const timeoutMs = call.options?.timeoutMs ?? this.#timeoutMs;
    const overdue = new AbortController();
    const timer = setTimeout(() => overdue.abort(), timeoutMs);
    const signal = call.options?.signal;
    try {
      const response = await this.#fetch(this.#baseUrl + prepared.url, {
        method: prepared.verb,
        headers: this.headersFor(prepared),
        signal: signal ? AbortSignal.any([signal, overdue.signal]) : overdue.signal,
        keepalive: call.keepalive === true && typeof prepared.body === 'string' && prepared.body.length < 60_000,
        ...(prepared.body === undefined ? {} : { body: prepared.body }),
      });
      if (stream && response.ok) return response;
      const hasBody = response.status !== 204 && response.status !== 304;
      return new Response(hasBody ? await response.arrayBuffer() : null, response);
    } catch (error) {
      if (!overdue.signal.aborted || signal?.aborted) throw error;
      throw new TimedOut(`${prepared.verb} ${this.#baseUrl}${prepared.url} took longer than ${timeoutMs} ms`);
    } finally {
      clearTimeout(timer);
    }
  }

  private headersFor(prepared: Prepared): Record<string, string> {
    const headers = { ...this.#headers, ...prepared.headers };
    if (this.#readYourWrites && prepared.verb === 'GET' && this.lastPosition > 0) {
      headers['X-Kindred-Min-Position'] ??= String(this.lastPosition);
    }
    return headers;
  }
}

async function parsed<T>(response: Response): Promise<T> {
  const text = await response.text();
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new KindredError(`the answer is not JSON, so perhaps not from Kindred: ${text.slice(0, 200)}`);
  }
}

function positionOf(response: Response): number {
  return Number(response.headers.get('X-Kindred-Position') ?? 0) || 0;
}

function noAnswer(prepared: Prepared, baseUrl: string, tried: number, cause: unknown): ConnectionFailed {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return new ConnectionFailed(
    `${prepared.verb} ${baseUrl}${prepared.url} got no answer (${tried} tries): ` +
      `${inner instanceof Error ? inner.message : String(inner)}. Is baseUrl right, does the server run, ` +
      `and, in a browser, may this page ask it (CORS_ALLOWED_ORIGINS)?`,
    { cause },
  );
}

function isRefusedConnection(error: unknown): boolean {
  return error instanceof Error && (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, ms);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
