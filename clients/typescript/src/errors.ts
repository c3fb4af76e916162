/** Whatever this package throws on purpose. */
export class KindredError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No answer came: the server is not there, or the connection broke, after all tries. */
export class ConnectionFailed extends KindredError {}

/** No answer came in time, after all tries. */
export class TimedOut extends ConnectionFailed {}

/** More interactions are waiting than the queue may hold; nothing was added. */
export class QueueFull extends KindredError {}

/** What was wrong with a part of what was sent, and where it is. */
export interface Detail {
  pointer: string;
  code: string;
  message: string;
}

/** What a refusal says. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  requestId?: string | undefined;
  details?: Detail[] | undefined;
  retryAfterMs?: number | undefined;
}

/** The server refused. `code` is stable, the message is for people, `details` point at what was wrong. */
export class ApiError extends KindredError {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly details: readonly Detail[];
  readonly retryAfterMs: number | undefined;

  constructor(refusal: Refusal) {
    super(told(refusal));
    this.status = refusal.status;
    this.code = refusal.code;
    this.requestId = refusal.requestId;
    this.details = refusal.details ?? [];
    this.retryAfterMs = refusal.retryAfterMs;
  }
}

/** What was sent is not what the call takes (400, 405, 413, 415, 422). */
export class InvalidRequest extends ApiError {}

/** The API key is missing, unknown or revoked (401). */
export class Unauthenticated extends ApiError {}

/** The API key may not do this (403). */
export class Forbidden extends ApiError {}

/** There is no such thing (404). */
export class NotFound extends ApiError {}

/** It exists already, or an id means several entities (409). */
export class Conflict extends ApiError {}

/** Too many calls, after all tries (429). `retryAfterMs` says how long to wait. */
export class RateLimited extends ApiError {}

/** The server could not do it now, after all tries (5xx). */
export class ServerError extends ApiError {}

const byStatus: Record<number, new (refusal: Refusal) => ApiError> = {
  401: Unauthenticated,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  429: RateLimited,
};

/** The error for an answer, also for one that did not come from Kindred but from a proxy before it. */
export async function refusalOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  const seconds = response.headers.get('Retry-After') ?? '';
  const error = parsed(text)?.error;
  const kind = byStatus[response.status] ?? (response.status >= 500 ? ServerError : InvalidRequest);
  return new kind({
    status: response.status,
    code: error?.code ?? 'UNEXPECTED_ANSWER',
    message: error?.message ?? (text.slice(0, 200) || 'an empty answer'),
    requestId: error?.request_id ?? response.headers.get('X-Request-ID') ?? undefined,
    details: error?.details,
    retryAfterMs: /^\d+$/.test(seconds) ? Number(seconds) * 1000 : undefined,
  });
}

interface ErrorBody {
  error?: { code?: string; message?: string; request_id?: string; details?: Detail[] };
}

function parsed(text: string): ErrorBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function told({ status, code, message, details = [], requestId }: Refusal): string {
  const lines = [`${status} ${code}: ${message}`];
  for (const detail of details) lines.push(`  at ${detail.pointer || '/'}: ${detail.message}`);
  if (requestId) lines.push(`  (request ${requestId})`);
  return lines.join('\n');
}
