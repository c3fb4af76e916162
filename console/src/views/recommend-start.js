/** What to begin with: users of whom something is known, or how to bring in the first things. */

import { get } from '../api.js';
import { copyable, empty } from '../parts.js';
import { rememberTenant } from '../items.js';
import { whileVisible } from '../poll.js';
import { go } from '../router.js';

/** @import {EntityPage, Interaction, Overview} from '../../types.d.ts' */

const LOOKED_AT = 3;
const INTERACTIONS = 40;
const USERS = 12;
const SECONDS = 3;

/**
 * Users who did something lately with what most is done with, the busiest first. The API lists no users; this is who
 * comes to mind.
 * @param {AbortSignal} signal
 * @returns {Promise<{isEmpty: boolean, ids: string[]}>}
 */
export async function suggestedUsers(signal) {
  const [page, overview] = await Promise.all([
    /** @type {Promise<EntityPage>} */ (get('/api/v1/entities', {}, { query: { limit: 1 }, signal })),
    /** @type {Promise<Overview>} */ (get('/api/v1/analytics/overview', {}, { signal })),
  ]);
  const first = page.entities[0];
  if (first) rememberTenant(first.tenant_id);
  /** @type {Interaction[][]} */
  const lately = await Promise.all(
    overview.topContent.slice(0, LOOKED_AT).map((one) =>
      get('/api/v1/interactions/entity/{entity_id}', { entity_id: one.contentId }, { query: { entity_type: one.mediaType, limit: INTERACTIONS }, signal })),
  );
  /** @type {Map<string, number>} */
  const deeds = new Map();
  for (const one of lately.flat()) deeds.set(one.user_id, (deeds.get(one.user_id) ?? 0) + 1);
  const ids = [...deeds].sort((a, b) => b[1] - a[1]).slice(0, USERS).map(([id]) => id);
  return { isEmpty: !first && !ids.length, ids };
}

/** Those who wait for the first things already. @type {WeakSet<AbortSignal>} */
const waiting = new WeakSet();

/**
 * What to send to an empty server; when something has come the view is shown anew.
 * @param {AbortSignal} signal
 */
export function firstSteps(signal) {
  if (!waiting.has(signal)) {
    waiting.add(signal);
    whileVisible(async () => {
      const now = await suggestedUsers(signal).catch(() => undefined);
      if (now && !now.isEmpty && !signal.aborted) go(location.hash);
    }, SECONDS, signal);
  }

  const send = (/** @type {string} */ path, /** @type {object} */ body) =>
    `curl -X POST '${location.origin}${path}' -H 'Content-Type: application/json' -H "X-API-Key: $API_KEY" -d '${JSON.stringify(body)}'`;
  return empty(
    'Nothing is here yet',
    'Send something that may be recommended and something that somebody did. This page notices.',
    copyable(send('/api/v1/entities', { entity_id: 'kettle-7', entity_type: 'product', attributes: { name: 'Enamel kettle', category: 'kitchen', price: 39.9 } }), 'the first entity'),
    copyable(send('/api/v1/interactions', { user_id: 'ann', entity_id: 'kettle-7', interaction_type: 'view' }), 'the first interaction'),
    copyable('./kindred import products.csv orders.csv', 'an import of files'),
  );
}
