/** How often to try again, and how long to wait in between. */
export interface RetryPolicy {
  /** Tries after the first one. 0 switches it off. */
  retries: number;
  firstWaitMs: number;
  longestWaitMs: number;
  /** When the server asks for a longer wait than this, the caller is told instead. */
  longestRetryAfterMs: number;
  /** A number in [0, 1). */
  chance: () => number;
}

export const defaultRetryPolicy: RetryPolicy = {
  retries: 3,
  firstWaitMs: 200,
  longestWaitMs: 5_000,
  longestRetryAfterMs: 30_000,
  chance: Math.random,
};

/** Statuses that may pass. */
export const retriedStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Milliseconds to wait after `tried` tries (1 or more), or undefined if that was the last one. A random part of a time
 * that doubles with each try, so that many clients do not come back at once.
 */
export function waitAfter(policy: RetryPolicy, tried: number, retryAfterMs: number | undefined): number | undefined {
  if (tried > policy.retries || (retryAfterMs ?? 0) > policy.longestRetryAfterMs) return undefined;
  const backoff = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (tried - 1)) * policy.chance();
  return (retryAfterMs ?? 0) + backoff;
}
