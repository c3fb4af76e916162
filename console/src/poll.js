/** Asks again every few seconds, but only while somebody looks. */

/**
 * Runs at once, and again so long after each end; never twice at a time, and not while the page is hidden.
 * @param {() => Promise<void>} ask
 * @param {number} seconds
 * @param {AbortSignal} signal ends it
 */
export function whileVisible(ask, seconds, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let isAsking = false;
  const run = async () => {
    clearTimeout(waiting);
    if (signal.aborted || isAsking || document.hidden) return;
    isAsking = true;
    try {
      await ask();
    } finally {
      isAsking = false;
      if (!signal.aborted) waiting = setTimeout(run, 1_000 * seconds);
    }
  };
  document.addEventListener('visibilitychange', run, { signal });
  signal.addEventListener('abort', () => clearTimeout(waiting));
  void run();
}
